// Public face: the action runs of the mock backend and their routes.
export { actionHandlers } from './handlers.ts';
export { seedActions } from './seed.ts';
export { MockActions } from './store.ts';
