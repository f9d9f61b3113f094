export type { GateVerdict } from './gate.ts';
export { Rewriter, type Rewritten } from './rewriter.ts';
export { RuleBook } from './rule-book.ts';
