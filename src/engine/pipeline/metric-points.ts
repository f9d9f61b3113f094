// Rows of a closed window as OTLP points: aggregates become sums (counts and sums, delta) or gauges, group keys attributes.
import type { Clock } from '../../base/index.ts';
import type { KqlType, Operator, Sink } from '../../kql/index.ts';
import type { MetricPoint, Value } from '../../otlp/index.ts';
import { CompileError, type Row } from '../expr/index.ts';
import { compileRowStep, type RowStep } from '../table/row-steps.ts';
import { isNumeric, toText } from '../values/index.ts';
import type { WindowPlan, WindowResult } from './windows.ts';

type MetricSink = Extract<Sink, { sink: 'to_metric' }>;

const sums: ReadonlySet<string> = new Set(['count', 'countif', 'sum', 'sumif']);
const monotonic: ReadonlySet<string> = new Set(['count', 'countif']);
/** A point of the overflow group, named by OpenTelemetry's cardinality limits. */
export const overflowKey = 'otel.metric.overflow';

const perUnit: Readonly<Record<string, number>> = { s: 1e9, ms: 1e6, us: 1e3, ns: 1, min: 60e9, h: 3600e9, d: 86400e9 };

export interface PointMaker { points(window: WindowResult): readonly MetricPoint[] }

/** Throws CompileError when an operator behind summarize does not work row by row. */
export function compilePoints(sink: MetricSink, plan: WindowPlan, after: readonly Operator[], clock: Clock): PointMaker {
  const steps = after.map((operator) => compileRowStep(operator, clock) ?? notRowByRow(operator));
  const fnOf = new Map(plan.aggregates.map((aggregate) => [aggregate.name, aggregate]));
  const typeOf = typesOf(plan, after);
  const keys = new Set(plan.keyNames);
  return { points: (window) => window.rows.flatMap(({ row, overflow }) => pointsOf(row, overflow, window)) };

  function pointsOf(start: Row, overflow: boolean, window: WindowResult): readonly MetricPoint[] {
    const row = run(steps, start);
    if (row === null) return [];
    const names = Object.keys(row).filter((name) => name !== plan.binName && !keys.has(name));
    const measured = names.filter((name) => fnOf.has(name) || isNumeric(row[name]));
    const attributes = attributesOf(row, Object.keys(row).filter((name) => name !== plan.binName && !measured.includes(name)), overflow);
    return measured.flatMap((name) => {
      const type = typeOf.get(name) ?? 'real';
      const value = measure(row[name] ?? null, type, sink.unit);
      if (value === null) return [];
      const fn = fnOf.get(name)?.fn ?? '';
      return [{
        name: measured.length === 1 ? sink.name : `${sink.name}.${name}`, unit: sink.unit, kind: sums.has(fn) ? 'sum' as const : 'gauge' as const, monotonic: monotonic.has(fn),
        value, isInt: type === 'long' || type === 'int', startUnixNano: window.startUnixNano, timeUnixNano: window.endUnixNano, attributes,
      }];
    });
  }
}

/** Types of the columns of a closed window: of a metric, all points must be integers or none. */
function typesOf(plan: WindowPlan, after: readonly Operator[]): ReadonlyMap<string, KqlType> {
  const types = new Map(plan.aggregates.map(({ name, type }) => [name, type]));
  for (const operator of after) {
    if (operator.op === 'extend' || operator.op === 'project') for (const { name, expr } of operator.columns) types.set(name, expr.k === 'column' ? types.get(expr.name) ?? expr.type : expr.type);
    if (operator.op === 'project-rename') for (const { from, to } of operator.columns) types.set(to, types.get(from) ?? 'real');
  }
  return types;
}

const run = (steps: readonly RowStep[], row: Row): Row | null => steps.reduce<Row | null>((at, step) => (at === null ? null : step(at)), row);

function notRowByRow(operator: Operator): never {
  throw new CompileError(`${operator.op} cannot stand between summarize and to_metric.`, 'Use where, extend and project there.');
}

/** Spans of time are given in the metric's unit where it is one of time, else in nanoseconds. */
function measure(value: Value, type: KqlType, unit: string): number | null {
  if (typeof value === 'bigint' && type === 'timespan') return Number(value) / (Object.hasOwn(perUnit, unit) ? perUnit[unit]! : 1);
  const number = isNumeric(value) ? Number(value) : NaN;
  return Number.isFinite(number) ? number : null;
}

function attributesOf(row: Row, names: readonly string[], overflow: boolean): Readonly<Record<string, Value>> {
  const entries: [string, Value][] = [];
  for (const name of names) {
    const value = row[name] ?? null;
    if (value !== null) entries.push([name, typeof value === 'bigint' ? toText(value, 'long') : value]);
  }
  if (overflow) entries.push([overflowKey, true]);
  return Object.fromEntries(entries);
}
