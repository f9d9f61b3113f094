export { Aliases, storedNames, type AliasOptions } from './alias-service.ts';
export { currentOf, nameBookOf } from './name-book.ts';
