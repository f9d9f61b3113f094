export { conventionFor, conventions, type Convention } from './conventions.ts';
export { deprecated, type Replacement } from './deprecated.ts';
export { lint } from './lint.ts';
