// What deployed rules save, measured, beside what was predicted of them. Pure.
import { agreement, predictedAt, savingOf, type Rate, type RuleDelta } from '../../cost/index.ts';
import type { Plan, PlanTable } from '../../kql/index.ts';
import type { PriceTable, Saving, Signal } from '../../model/index.ts';
import type { StoredRule } from '../store/index.ts';
import type { Prediction } from './predictions.ts';
import type { MeterReading } from './saving-meter.ts';

const signals: Readonly<Record<PlanTable, Signal>> = { Logs: 'logs', Spans: 'spans', Metrics: 'metrics', source: 'logs' };

/** Whether a rule takes records away from the exporters. */
export function takesAway({ sink }: Plan): boolean {
  switch (sink?.sink) {
    case 'drop': case 'sample': case 'dedup': return true;
    case 'to_metric': return !sink.keep;
    case 'record': return !sink.tee;
    default: return false;
  }
}

export interface Measured {
  /** Null while nothing was measured, and of a rule that does not run live. */
  readonly reading: MeterReading | null;
  /** What came in of the predicted event in the seconds of the reading; null while that is not known. */
  readonly traffic: Rate | null;
}

export function savingOfRule(rule: StoredRule, plan: Plan | null, prediction: Prediction | null, { reading, traffic }: Measured, prices: PriceTable): Saving {
  const net = plan === null || reading === null ? null : savingOf(deltaOf(plan, reading, prediction), prices, reading.seconds, prediction?.expected);
  const measured = { measuredPerMonth: net?.perMonth ?? null, measuredBytesPerSecond: net?.bytesPerSecond ?? null };
  const now = prediction?.basis == null || traffic === null || net === null ? null : predictedAt(prediction.basis, traffic, prediction.signal, prices);
  const atTraffic = { atTrafficPerMonth: now?.perMonth ?? null, atTrafficBytesPerSecond: now?.bytesPerSecond ?? null };
  const predicted = { predictedPerMonth: prediction?.perMonth ?? null, predictedBytesPerSecond: prediction?.bytesPerSecond ?? null };
  return {
    ruleId: rule.id, ruleName: rule.name, suggestionId: prediction?.suggestionId ?? null, kind: prediction?.kind ?? null, deployedAt: rule.deployedAt, state: rule.state, ...predicted, ...atTraffic, ...measured,
    measuredRecordsPerSecond: net?.recordsPerSecond ?? null, measuredSeconds: reading?.seconds ?? 0, agreement: agreement({ ...atTraffic, ...measured }),
  };
}

function deltaOf({ table, sink }: Plan, { removed, bytesRemoved, changed, emitted, groups, bytesMade, bytesShortened }: MeterReading, prediction: Prediction | null): RuleDelta {
  const signal = prediction?.signal ?? signals[table];
  const isMetric = sink?.sink === 'to_metric';
  // Groups held at one moment are less than the series over time: a prediction knows better.
  const series = isMetric && prediction === null ? groups : null;
  return { signal, makes: isMetric ? 'metrics' : signal, removed, bytesRemoved, changed, made: emitted, bytesMade, bytesShortened, series };
}
