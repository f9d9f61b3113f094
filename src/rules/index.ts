// Public face of rules/: everything about rule documents that programs share.
export type * from './types.ts';
export { riskAxes } from './types.ts';
