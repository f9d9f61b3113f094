// What is known of the traffic and of the running rule, in the words of src/rules/risk.
import type { RuleDetail } from '../../../../model/index.ts';
import type { MeasuredRule, RiskFacts } from '../../../../rules/index.ts';
import { rateSpanMs, type DryRun } from '../dry-run/index.ts';

/** From the dry run; nothing when it covered no time. `share` of the records that came at all, 0 to 1. */
export function factsOf(dryRun: Pick<DryRun, 'result' | 'coveredMs'> | null, share: number): RiskFacts {
  const result = dryRun?.result ?? null;
  if (dryRun === null || result === null || result.reached === 0 || dryRun.coveredMs <= 0 || share <= 0) return {};
  return { ...(dryRun.coveredMs >= rateSpanMs && { recordsPerSecond: (result.reached * 1000) / dryRun.coveredMs / share }), matchedShare: result.matched / result.reached, series: result };
}

export function measuredOf({ effect, breaches, appliedAgents }: Pick<RuleDetail, 'effect' | 'breaches' | 'appliedAgents'>): MeasuredRule {
  const { stateBytes, overflowed, cpuShare, matchedPerSecond, removedPerSecond, emittedPerSecond, fleetInPerSecond, matched, errors } = effect;
  const { emitted } = effect.would ?? effect;
  const [breach] = breaches;
  return { cpuShare, matchedPerSecond, removedPerSecond, emittedPerSecond, fleetInPerSecond, matched, emitted, errors, agents: appliedAgents, ...(stateBytes !== undefined && { stateBytes }), ...(overflowed !== undefined && { overflowed }), disabled: breach === undefined ? null : { kind: breach.kind, reason: breach.reason } };
}
