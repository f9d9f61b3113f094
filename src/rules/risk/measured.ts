// Risk once a rule runs: what the agents measured takes the place of what was guessed about reliability, cost and performance.
// What the text says about privacy and security stays: no counter measures that.
import type { RuleBounds } from '../../model/index.ts';
import type { CompiledRule, RiskReport } from '../types.ts';
import type { RiskFacts, RiskPoint } from './factors.ts';
import { pointsOf } from './points-of.ts';
import { reportOf } from './report.ts';
import { measuredSeriesWarning } from './series-warning.ts';

/** What the fleet measured of a rule (RuleStats and the effect of the API); null is not measured. Rates are per second. */
export interface MeasuredRule {
  readonly cpuShare: number | null;
  readonly matchedPerSecond: number | null; readonly removedPerSecond: number | null; readonly emittedPerSecond: number | null;
  /** Records a second that come into the rules of the whole fleet, now. */
  readonly fleetInPerSecond: number | null;
  /** Agents that run it: rates and bytes are of all of them together, bounds are of each. `cpuShare` is their mean. */
  readonly agents?: number;
  /** Totals since the deployment. */
  readonly matched: number; readonly errors: number; /** Points and records that it made. */ readonly emitted?: number;
  readonly stateBytes?: number; readonly overflowed?: number; readonly late?: number;
  readonly disabled?: { readonly kind: string; readonly reason: string } | null;
}

/** Points: share of a bound that is used, times 10; 10 % errors or more is 10; the removed share of the output times 6. */
export function measuredRisk(rule: CompiledRule, measured: MeasuredRule, facts: RiskFacts = {}): RiskReport {
  const text = pointsOf(rule, facts);
  const kept = text.filter(({ axis }) => axis === 'privacy' || axis === 'security');
  // Neither is measured by anything: the score stays that of the text, and says so.
  const unmeasured = (['privacy', 'security'] as const).map((axis) => point(axis, 0, 'From the text of the rule: no counter measures it.'));
  return reportOf([...kept, ...unmeasured, ...reliability(measured), ...cost(measured, rule.bounds), ...series(rule, measured), ...performance(measured, rule.bounds)], true);
}

const point = (axis: RiskPoint['axis'], points: number, reason: string): RiskPoint => ({ axis, points, reason });
const each = (agents: number): number => Math.max(1, agents);
const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
const perSecond = (rate: number): string => `${Number(rate.toPrecision(3)).toLocaleString('en')}/s`;

function reliability({ errors, matched, disabled, fleetInPerSecond: before, removedPerSecond: removed, late = 0 }: MeasuredRule): readonly RiskPoint[] {
  const errorShare = errors / Math.max(1, matched + errors);
  const removedShare = removed === null || before === null || before <= 0 ? null : Math.min(1, removed / before);
  return [
    ...(disabled == null ? [] : [point('reliability', 6, `It turned itself off: ${disabled.reason}`)]),
    matched + errors === 0 ? point('reliability', 0, 'No record has matched since it was deployed, so nothing is known of its failures.') : errors === 0 ? point('reliability', 0, `It failed on none of the ${matched.toLocaleString('en')} records that matched.`) : point('reliability', Math.min(10, Math.max(1, errorShare * 100)), `It failed on ${errors.toLocaleString('en')} of ${(matched + errors).toLocaleString('en')} records, ${percent(errorShare)}.`),
    ...(removedShare === null ? [] : [point('reliability', removedShare * 6, `It takes away ${percent(removedShare)} of what comes into the rules of the fleet.`)]),
    ...(late === 0 ? [] : [point('reliability', 1, `${late.toLocaleString('en')} records came after their window had closed.`)]),
  ];
}

function cost({ emittedPerSecond: emitted, removedPerSecond: removed, fleetInPerSecond: before, agents = 1 }: MeasuredRule, bounds: RuleBounds): readonly RiskPoint[] {
  const grown = before === null || emitted === null || removed === null || before <= 0 ? null : (emitted - removed) / before;
  return [
    ...(emitted === null ? [point('cost', 0, 'Its output is not measured yet.')] : [point('cost', bounds.outputPerSecond === null ? 0 : Math.min(10, (emitted / each(agents) / bounds.outputPerSecond) * 10), `It makes ${perSecond(emitted / each(agents))}${agents > 1 ? ' on each agent' : ''}${bounds.outputPerSecond === null ? ', with no bound' : ` of ${perSecond(bounds.outputPerSecond)} allowed`}.`)]),
    ...(grown === null ? [] : [point('cost', Math.max(0, Math.min(10, grown * 10)), grown > 0 ? `It adds ${percent(grown)} to what comes in.` : grown === 0 ? 'It neither adds to what comes in nor takes from it.' : `It saves ${percent(-grown)} of what comes in.`)]),
  ];
}

/** Groups past the bound, or nearly as much made as taken. */
function series(rule: CompiledRule, { matched, emitted = 0, overflowed = 0 }: MeasuredRule): readonly RiskPoint[] {
  const warning = measuredSeriesWarning({ sink: rule.kind === 'query' ? rule.plan.sink?.sink ?? '' : '', matched, emitted, overflowed });
  if (warning !== null) return [point('cost', warning.kind === 'overflow' ? 8 : 5, `${warning.strong}: ${warning.rest}`)];
  return overflowed === 0 ? [] : [point('cost', 3, `${overflowed.toLocaleString('en')} records went to the overflow group: there are too many groups.`)];
}

function performance({ cpuShare, stateBytes, agents = 1 }: MeasuredRule, bounds: RuleBounds): readonly RiskPoint[] {
  return [
    cpuShare === null ? point('performance', 0, 'Its CPU time is not measured yet.') : point('performance', Math.min(10, (cpuShare / bounds.cpuShare) * 10), `It uses ${percent(cpuShare)} of a core${agents > 1 ? ', the mean of the agents' : ''}; its budget is ${percent(bounds.cpuShare)}.`),
    ...(stateBytes === undefined ? [] : [point('performance', Math.min(10, (stateBytes / each(agents) / bounds.memoryBytes) * 10), `It holds ${(stateBytes / each(agents) / 1048576).toFixed(1)} MiB${agents > 1 ? ' on each agent' : ''} of ${(bounds.memoryBytes / 1048576).toFixed(0)} MiB.`)]),
  ];
}
