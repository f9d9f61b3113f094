export { NameUsers, usersOf, type EventKey } from './users-of.ts';
export { storedSources, type NameSources, type RuleUser } from './sources.ts';
export { UserBook, type KnownUsers } from './user-book.ts';
