export { BookLock } from './book-lock.ts';
export { ActionBook, type Leftover, type Owner, type OwnedLeftover } from './book.ts';
export { adoptBook, bookPlace, type BookPlace } from './machine-book.ts';
export { sharedFiles } from './shared-files.ts';
export { usedInWindow, withinLimits, words } from './check.ts';
export { defaultPolicy, policyFileName, readPolicy, writePolicyExample, type ActionPolicy } from './policy.ts';
