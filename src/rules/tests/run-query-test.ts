// One test of a query rule or a redaction policy, by the agent's own pipeline: records in, one request each, at the times the test says.
import { failure, ManualClock, ok, type Failure, type Result } from '../../base/index.ts';
import { createPipeline, defaultExporter, type OutBatch, type Pipeline } from '../../engine/index.ts';
import type { Plan } from '../../kql/index.ts';
import { defaultBounds, type QueryTest, type RuleStats, type Signal } from '../../model/index.ts';
import { agentRuleOf, planOf, type RecordRule } from '../dry-run/index.ts';
import { KeyRing } from '../../redaction/index.ts';
import { bagOf, decodeRecords, equal, firstDifference, show, showRecord, shorten, type DecodedRecord } from './compare.ts';
import { encodeRecord, type ColumnRecord } from './encode-records.ts';
import { timed, testStartUnixNano } from './timing.ts';

/** What a rule made of the records of one test. */
interface Outcome { readonly records: readonly DecodedRecord[]; readonly points: readonly DecodedRecord[]; readonly stats: RuleStats }

/** The differences, one readable block each; none when the test passes. */
export function runQueryTest(rule: RecordRule, test: QueryTest, redactionKey: Uint8Array, nowMs: () => number): readonly string[] {
  const ran = run(rule, test, redactionKey, nowMs);
  if (!ran.ok) return [ran.error.help === undefined ? ran.error.message : `${ran.error.message} ${ran.error.help}`];
  const { expect } = test;
  const { records, points, stats } = ran.value;
  return [
    ...(stats.errors > 0 ? [`the rule failed on ${stats.errors} of the records: ${stats.lastError ?? 'it does not say why'}`] : []),
    ...(expect.records === undefined ? [] : recordDifferences(expect.records, records)),
    ...(expect.metrics === undefined ? [] : pointDifferences(expect.metrics, points)),
    ...countDifferences(expect, stats),
  ];
}

const signalOf: Readonly<Record<string, Signal>> = { Logs: 'logs', Spans: 'spans', Metrics: 'metrics', source: 'logs' };

function run(rule: RecordRule, test: QueryTest, redactionKey: Uint8Array, nowMs: () => number): Result<Outcome, Failure> {
  const given = timed(test.given);
  if (!given.ok) return given;
  const clock = new ManualClock(testStartUnixNano);
  // Budgets are for fleets: a test of a thousand records in no time at all is no flood.
  const pipeline = createPipeline({ clock: { nowUnixNano: () => clock.nowUnixNano(), monotonicMs: nowMs }, budgets: { clock }, resource: {}, recorderBytes: 16 << 20, maxGroups: 10_000, redactionKeys: new KeyRing(redactionKey, 'test') });
  const taken = pipeline.replaceRules([{ ...agentRuleOf(rule, 'rule'), bounds: defaultBounds }]);
  const plan = planOf(rule);
  if (!taken.ok) return taken;
  const out: { readonly batch: OutBatch; readonly flushed: boolean }[] = [];
  for (const [index, { record, atUnixNano, isPause }] of given.value.entries()) {
    clock.advanceMs(Number(atUnixNano - clock.nowUnixNano()) / 1e6);
    out.push(...pipeline.flush(atUnixNano).map((batch) => ({ batch, flushed: true })));
    if (isPause) continue;
    const passed = passOne(pipeline, plan, record, atUnixNano);
    if (!passed.ok) return failure(passed.error.code, `given ${index + 1}: ${passed.error.message}`, passed.error.help);
    out.push(...passed.value.map((batch) => ({ batch, flushed: false })));
  }
  out.push(...pipeline.flush(clock.nowUnixNano(), true).map((batch) => ({ batch, flushed: true })));
  const made = ({ batch, flushed }: (typeof out)[number]): boolean => flushed && batch.signal === 'metrics' && plan.sink?.sink === 'to_metric';
  const decode = (some: typeof out): DecodedRecord[] => some.filter(({ batch }) => batch.exporter === defaultExporter).flatMap(({ batch }) => decodeRecords(batch.signal, batch.bytes));
  return ok({ records: decode(out.filter((one) => !made(one))), points: decode(out.filter(made)), stats: pipeline.stats()[0]! });
}

function passOne(pipeline: Pipeline, plan: Plan, record: ColumnRecord, nowUnixNano: bigint): Result<readonly OutBatch[], Failure> {
  const table = record['table'] ?? plan.table;
  const signal = typeof table === 'string' ? signalOf[table] : undefined;
  if (signal === undefined) return failure('rule.test-record', `table is Logs, Spans or Metrics, not ${show(table)}.`);
  const bytes = encodeRecord(signal, record, nowUnixNano);
  if (!bytes.ok) return bytes;
  const done = pipeline.process(signal, bytes.value, { in: false, out: false });
  return done.ok ? ok(done.value.out) : done;
}

function recordDifferences(expected: readonly ColumnRecord[], came: readonly DecodedRecord[]): readonly string[] {
  const wrong = expected.slice(0, came.length).flatMap((record, i) => {
    const difference = firstDifference(record, came[i]!);
    return difference === null ? [] : [`record ${i + 1}: ${difference}\n  expected ${shorten(show(record))}\n  came     ${showRecord(came[i]!, Object.keys(record))}`];
  });
  if (expected.length === came.length) return wrong;
  const more = came.length > expected.length;
  const first = more ? `\n  the first too many: ${showRecord(came[expected.length]!)}` : `\n  the first that is missing: ${shorten(show(expected[came.length]))}`;
  return [`expected ${count(expected.length, 'record')}, ${came.length === 0 ? 'none' : came.length} came out${first}`, ...wrong.slice(0, 5)];
}

/** What the rule makes of given records, as a test would expect it: how many matched, and the points when it makes any. */
export function expectedOfQuery(rule: RecordRule, given: QueryTest['given'], redactionKey: Uint8Array): Result<QueryTest['expect'], Failure> {
  const ran = run(rule, { name: 'new', given: [...given], expect: {} }, redactionKey, () => 0);
  if (!ran.ok) return ran;
  const { points, stats } = ran.value;
  if (stats.errors > 0) return failure('rule.test-record', `The rule failed on the record: ${stats.lastError ?? 'it does not say why'}`);
  return ok({ matched: stats.matched, dropped: stats.removed, changed: stats.changed, ...(planOf(rule).sink?.sink === 'to_metric' && { metrics: points.map(expectedPoint) }) });
}

function expectedPoint(point: DecodedRecord): ExpectedPoint {
  const { MetricName, Value, Count, Sum } = point.columns;
  const value = Value ?? Sum;
  const attributes = labels(point);
  return { name: String(MetricName), ...(value !== undefined && { value: Number(value) }), ...(Count !== undefined && { count: Number(Count) }), ...(Object.keys(attributes).length > 0 && { attributes }) };
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

type ExpectedPoint = NonNullable<QueryTest['expect']['metrics']>[number];

function pointDifferences(expected: readonly ExpectedPoint[], came: readonly DecodedRecord[]): readonly string[] {
  const left = [...came];
  const missing = expected.filter((point) => {
    const at = left.findIndex((one) => pointMatches(point, one));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((point) => `no data point ${show(point)} came out${left.length === 0 ? '' : `\n  came     ${left.slice(0, 3).map(showPoint).join('\n           ')}`}`),
    ...(missing.length === 0 && left.length > 0 ? [`expected ${count(expected.length, 'data point')}, ${came.length} came out\n  the first too many: ${showPoint(left[0]!)}`] : []),
  ];
}

/** Attributes of a point and of its resource: the keys of a group are on either. */
const labels = ({ columns }: DecodedRecord): Readonly<Record<string, unknown>> => ({ ...bagOf(columns['Resource']), ...bagOf(columns['Attributes']) });

function pointMatches({ name, value, count: observations, attributes = {} }: ExpectedPoint, point: DecodedRecord): boolean {
  const { columns } = point;
  const all = labels(point);
  return (name === undefined || columns['MetricName'] === name) && (value === undefined || equal(value, columns['Value'] ?? columns['Sum'] ?? null))
    && (observations === undefined || equal(observations, columns['Count'] ?? null)) && Object.entries(attributes).every(([key, one]) => equal(one, (all[key] ?? null) as never));
}

function showPoint(point: DecodedRecord): string {
  const { MetricName, Value, Count, Sum } = point.columns;
  return show({ name: MetricName, ...(Value !== undefined && { value: Value }), ...(Count !== undefined && { count: Count, sum: Sum ?? null }), attributes: labels(point) });
}

function countDifferences({ matched, dropped, changed }: QueryTest['expect'], stats: RuleStats): readonly string[] {
  const compare = (what: string, expected: number | undefined, came: number): string[] => (expected === undefined || expected === came ? [] : [`${what}: expected ${expected}, came ${came}`]);
  return [...compare('matched', matched, stats.matched), ...compare('dropped', dropped, stats.removed), ...compare('changed', changed, stats.changed)];
}
