// One rule on one record: its steps, its sink, and what a failure means.
import { clearShortfall, shortfall } from '../../base/index.ts';
import type { Batch } from './batch.ts';
import { noteError, type SignalRule } from './live-rule.ts';

/** Writes a sampled record's adjusted count, unless another effect already did. */
export function settle(batch: Batch, index: number): void {
  if (batch.adjustedCount !== 1 && batch.outcome[index] === null) batch.replace(index, batch.edited({}));
}

/** True when the record is settled. A rule that throws lets it pass, unless it redacts. */
export function runRule(batch: Batch, rule: SignalRule, index: number): boolean {
  // Redaction once more is for rules that change records; a shadow has seen this one already.
  if (batch.again && !rule.changes) return false;
  try {
    clearShortfall();
    const meant = rule.steps(batch.frame);
    // Nobody knows whether the record is meant: what a rule that drops lets pass, a rule that redacts masks.
    const short = shortfall();
    if (short !== null) throw new Error(short);
    if (!meant) return false;
    const done = rule.effect(batch, index);
    if (!batch.again) rule.counters.matched++;
    return done;
  } catch (error) {
    noteError(rule.counters, error);
    rule.onError?.(batch, index);
    return batch.outcome[index] === false;
  }
}

/** A rule that does not run: the record passes it as it is, unless the rule covers secrets and is closed for this request. */
export function passBy(batch: Batch, rule: SignalRule, index: number): boolean {
  if (rule.meter.isOff) return false;
  rule.onError?.(batch, index);
  return batch.outcome[index] === false;
}
