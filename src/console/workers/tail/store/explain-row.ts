// Which rule does what to one row of the buffer, and why.
import { compileExplanation, type RuleOutcome } from '../../../../engine/index.ts';
import type { AgentRuleInput } from '../../../../model/index.ts';
import type { TailStore } from './tail-store.ts';

/** Null when the row has left the ring. The wall clock stands still at the moment the record came. */
export function explainRow(store: TailStore, id: number, rules: readonly AgentRuleInput[], agent: Readonly<Record<string, string>> = {}): readonly RuleOutcome[] | null {
  const segment = store.segmentOf(id);
  if (segment === undefined || id < store.ring.firstId) return null;
  const at = BigInt(Math.round(segment.sentUnixMs)) * 1_000_000n;
  return compileExplanation(rules, { clock: { nowUnixNano: () => at, monotonicMs: () => performance.now() }, agent }).explain(segment.view, id - segment.firstId);
}
