// For callers that have no clock: a query that asks for the time does not compile.
import type { Clock } from '../../base/index.ts';
import { CompileError } from './frame.ts';

export const noClock: Clock = {
  nowUnixNano() { throw new CompileError('This query uses now() or ago(), but there is no clock here.', 'Compare with a datetime literal.'); },
  monotonicMs: () => 0,
};
