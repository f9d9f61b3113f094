import type { RuleStats } from '../../model/index.ts';
import type { LiveRule } from './compile-rule.ts';
import { stateOf } from './holder.ts';

/** What a rule has done so far, as agents report it. */
export function statsOf({ counters, would, holders, meter }: LiveRule): RuleStats {
  return {
    ...counters, deployment: meter.facts.deployment, cpuMs: meter.cpuMs, ...stateOf(holders),
    ...(would !== null && { would: { removed: would.removed, changed: would.changed, emitted: would.emitted, bytesRemoved: would.bytesRemoved } }),
    disabled: meter.disabled, overBudget: meter.overBudget,
  };
}
