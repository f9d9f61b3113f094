export { ActionService, isOver } from './action-service.ts';
export type { Asks } from './asks.ts';
export { readJson } from './read-json.ts';
export { actionRoutes } from './routes.ts';
