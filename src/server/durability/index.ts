export { Aliases, storedNames } from './aliases/index.ts';
export { Renames } from './rename/index.ts';
export { durabilityRoutes } from './routes.ts';
export { NameUsers, storedSources, UserBook, usersOf, type EventKey, type NameSources } from './users/index.ts';
export { Views } from './views/index.ts';
