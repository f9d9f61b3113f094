export { Aliases, storedNames } from './aliases/index.ts';
export { Renames } from './rename/index.ts';
export { durabilityRoutes } from './routes.ts';
export type { KnownEvent } from './metrics/index.ts';
export { UserBook, type EventKey, type KnownUsers, type NameSources } from './users/index.ts';
export { Views } from './views/index.ts';
