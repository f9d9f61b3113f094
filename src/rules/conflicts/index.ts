// Public face of conflicts/.
export { conflictsOf, type ConflictRule } from './conflicts-of.ts';
