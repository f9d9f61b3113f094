export { declaredLater, type Later } from './declared-later.ts';
export { completionsOf, namesNear } from './names-near.ts';
