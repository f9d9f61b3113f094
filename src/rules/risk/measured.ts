// Risk once a rule runs: what the agents measured takes the place of what was guessed about reliability, cost and performance.
// What the text says about privacy and security stays: no counter measures that.
import type { RuleBounds } from '../../model/index.ts';
import type { CompiledRule, RiskReport } from '../types.ts';
import { machinePoints, queryPoints, type RiskFacts, type RiskPoint } from './factors.ts';
import { reportOf } from './report.ts';

/** What the fleet measured of a rule (RuleStats and the effect of the API); null is not measured. Rates are per second. */
export interface MeasuredRule {
  readonly cpuShare: number | null;
  readonly matchedPerSecond: number | null; readonly removedPerSecond: number | null; readonly emittedPerSecond: number | null;
  /** Records a second behind all rules, before the deployment and now. */
  readonly outBeforePerSecond: number | null; readonly outAfterPerSecond: number | null;
  /** Totals since the deployment. */
  readonly matched: number; readonly errors: number;
  readonly stateBytes?: number; readonly overflowed?: number; readonly late?: number;
  readonly disabled?: { readonly kind: string; readonly reason: string } | null;
}

/** Points: share of a bound that is used, times 10; 10 % errors or more is 10; the removed share of the output times 6. */
export function measuredRisk(rule: CompiledRule, measured: MeasuredRule, facts: RiskFacts = {}): RiskReport {
  const text = rule.kind === 'query' ? queryPoints(rule, facts) : machinePoints(rule, facts);
  const kept = text.filter(({ axis }) => axis === 'privacy' || axis === 'security');
  return reportOf([...kept, ...reliability(measured), ...cost(measured, rule.bounds), ...performance(measured, rule.bounds)], true);
}

const point = (axis: RiskPoint['axis'], points: number, reason: string): RiskPoint => ({ axis, points, reason });
const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
const perSecond = (rate: number): string => `${Number(rate.toPrecision(3)).toLocaleString('en')}/s`;

function reliability({ errors, matched, disabled, outBeforePerSecond: before, removedPerSecond: removed, late = 0 }: MeasuredRule): readonly RiskPoint[] {
  const errorShare = errors / Math.max(1, matched + errors);
  const removedShare = removed === null || before === null || before <= 0 ? null : Math.min(1, removed / before);
  return [
    ...(disabled == null ? [] : [point('reliability', 6, `It turned itself off: ${disabled.reason}`)]),
    errors === 0 ? point('reliability', 0, `It failed on none of ${matched.toLocaleString('en')} records.`) : point('reliability', Math.min(10, Math.max(1, errorShare * 100)), `It failed on ${errors.toLocaleString('en')} of ${(matched + errors).toLocaleString('en')} records, ${percent(errorShare)}.`),
    ...(removedShare === null ? [] : [point('reliability', removedShare * 6, `It takes away ${percent(removedShare)} of what left before it.`)]),
    ...(late === 0 ? [] : [point('reliability', 1, `${late.toLocaleString('en')} records came after their window had closed.`)]),
  ];
}

function cost({ emittedPerSecond: emitted, outBeforePerSecond: before, outAfterPerSecond: after, overflowed = 0 }: MeasuredRule, bounds: RuleBounds): readonly RiskPoint[] {
  const grown = before === null || after === null || before <= 0 ? null : (after - before) / before;
  return [
    ...(emitted === null ? [] : [point('cost', bounds.outputPerSecond === null ? 0 : Math.min(10, (emitted / bounds.outputPerSecond) * 10), `It makes ${perSecond(emitted)}${bounds.outputPerSecond === null ? '' : ` of ${perSecond(bounds.outputPerSecond)} allowed`}.`)]),
    ...(grown === null ? [] : [point('cost', Math.max(0, Math.min(10, grown * 10)), grown > 0 ? `${percent(grown)} more leaves than before it.` : `${percent(-grown)} less leaves than before it.`)]),
    ...(overflowed === 0 ? [] : [point('cost', 3, `${overflowed.toLocaleString('en')} records went to the overflow group: there are too many groups.`)]),
  ];
}

function performance({ cpuShare, stateBytes }: MeasuredRule, bounds: RuleBounds): readonly RiskPoint[] {
  return [
    cpuShare === null ? point('performance', 0, 'Its CPU time is not measured yet.') : point('performance', Math.min(10, (cpuShare / bounds.cpuShare) * 10), `It uses ${percent(cpuShare)} of a core; its budget is ${percent(bounds.cpuShare)}.`),
    ...(stateBytes === undefined ? [] : [point('performance', Math.min(10, (stateBytes / bounds.memoryBytes) * 10), `It holds ${(stateBytes / 1048576).toFixed(1)} MiB of ${(bounds.memoryBytes / 1048576).toFixed(0)} MiB.`)]),
  ];
}
