// What is known of the traffic and of the running rule, in the words of src/rules/risk.
import type { RuleDetail } from '../../../../model/index.ts';
import type { MeasuredRule, RiskFacts } from '../../../../rules/index.ts';
import type { DryRun } from '../dry-run/index.ts';

/** From the dry run; nothing when it covered no time. */
export function factsOf(dryRun: Pick<DryRun, 'result' | 'coveredMs'> | null): RiskFacts {
  const result = dryRun?.result ?? null;
  if (dryRun === null || result === null || result.reached === 0 || dryRun.coveredMs <= 0) return {};
  return { recordsPerSecond: (result.reached * 1000) / dryRun.coveredMs, matchedShare: result.matched / result.reached };
}

export function measuredOf({ effect, breaches }: Pick<RuleDetail, 'effect' | 'breaches'>): MeasuredRule {
  const { cpuShare, matchedPerSecond, removedPerSecond, emittedPerSecond, outBeforePerSecond, outAfterPerSecond, matched, errors } = effect;
  const [breach] = breaches;
  return { cpuShare, matchedPerSecond, removedPerSecond, emittedPerSecond, outBeforePerSecond, outAfterPerSecond, matched, errors, disabled: breach === undefined ? null : { kind: breach.kind, reason: breach.reason } };
}
