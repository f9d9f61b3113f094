import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Aggregate, Expr, NamedExpr, Operator } from '../../kql/index.ts';
import { codec } from '../../otlp/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';

const at = (second: number): bigint => BigInt(Date.UTC(2026, 0, 1, 10, 0, second)) * 1_000_000n;
const timestamp = col('Timestamp', 'datetime');
const binned: NamedExpr = { name: 'Timestamp', expr: { k: 'call', fn: 'bin', type: 'datetime', args: [timestamp, lit('10000000000', 'timespan')] } };
const byService: NamedExpr = { name: 'ServiceName', expr: col('ServiceName') };
const count: Aggregate = { name: 'Launches', fn: 'count', args: [], type: 'long' };
const launches = (by: readonly NamedExpr[], aggregates: readonly Aggregate[] = [count], keep = false, after: readonly Operator[] = []) =>
  rule('m', plan('Logs', [where(call('==', col('EventName'), lit('Launch'))), { op: 'summarize', aggregates, by }, ...after], { sink: 'to_metric', name: 'app.launches', unit: '', keep }));

function metricsPipeline(of: ReturnType<typeof launches>, maxGroups = 10, clock = new ManualClock(at(9))) {
  const pipeline = createPipeline({ clock, resource: { 'service.name': 'weir-agent' }, recorderBytes: 1000, maxGroups });
  const result = pipeline.replaceRules([of]);
  if (!result.ok) throw new Error(result.error.message);
  const send = (table: string) => { const sent = pipeline.process('logs', logRequest(table), { in: false, out: false }); if (!sent.ok) throw new Error(sent.error.message); return sent.value; };
  const points = (now: bigint, all = false): readonly string[] => pipeline.flush(now, all).flatMap((batch) => pointsOf(batch.bytes));
  return { pipeline, clock, send, points };
}

/** `name kind/temporality value @seconds {attributes}` of each point. */
function pointsOf(bytes: Uint8Array): readonly string[] {
  const walked = codec.walk('metrics', bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  return Array.from({ length: walked.value.recordCount }, (_, i) => {
    cursor.moveTo(i);
    const column = (name: string) => cursor.column(codec.columnId('metrics', name));
    const seconds = (name: string): number => Number(((column(name) as bigint) - at(0)) / 1_000_000_000n);
    return `${String(column('MetricName'))} ${String(column('Kind'))}/${String(column('Temporality'))} ${String(column('Value'))} @${seconds('StartTimestamp')}-${seconds('Timestamp')} ${JSON.stringify(column('Attributes'))}`;
  });
}

const lines = (...rows: string[]): string => ['time | service | event | attributes', ...rows].join('\n');

test('counts per window and group, closing two seconds after the end of a window', () => {
  const { send, points, pipeline } = metricsPipeline(launches([byService, binned]));
  const result = send(lines('10:00:01 | a | Launch', '10:00:09 | a | Launch', '10:00:02 | b | Launch', '10:00:11 | a | Launch', '10:00:12 | a | Other'));
  expect(result).toMatchObject({ received: 5, removed: { toMetric: 4 } });
  expect(points(at(11))).toEqual([]);
  expect(points(at(12))).toEqual([
    'app.launches Sum/Delta 2 @0-10 {"ServiceName":"a"}', 'app.launches Sum/Delta 1 @0-10 {"ServiceName":"b"}',
  ]);
  expect(points(at(13))).toEqual([]);
  expect(points(at(13), true)).toEqual(['app.launches Sum/Delta 1 @10-20 {"ServiceName":"a"}']);
  expect(pipeline.stats()[0]).toMatchObject({ matched: 4, removed: 4, emitted: 3, late: 0 });
});

test('a late record counts in the next window', () => {
  const { send, points, pipeline, clock } = metricsPipeline(launches([binned]));
  send(lines('10:00:01 | a | Launch'));
  clock.advanceMs(16_000);
  send(lines('10:00:12 | a | Launch'));
  expect(points(at(12))).toEqual(['app.launches Sum/Delta 1 @0-10 {}']);
  send(lines('10:00:03 | a | Launch'));
  expect(points(at(0), true)).toEqual(['app.launches Sum/Delta 2 @10-20 {}']);
  expect(pipeline.stats()[0]!.late).toBe(1);
});

test('a sender whose clock is fast closes no window of the others', () => {
  const { send, points, pipeline } = metricsPipeline(launches([byService, binned]));
  send(lines('10:00:05 | a | Launch', '10:00:58 | fast | Launch'));
  expect(points(at(10))).toEqual([]);
  send(lines('10:00:06 | a | Launch', '10:00:09 | a | Launch'));
  expect(points(at(12))).toEqual(['app.launches Sum/Delta 3 @0-10 {"ServiceName":"a"}']);
  expect(points(at(62))).toEqual(['app.launches Sum/Delta 1 @50-60 {"ServiceName":"fast"}']);
  expect(pipeline.stats()[0]!.late).toBe(0);
});

test('a wall clock that is set back holds no window up', () => {
  const { send, points, pipeline, clock } = metricsPipeline(launches([binned]));
  clock.advanceMs(3_600_000);
  send(lines('11:00:01 | a | Launch'));
  expect(points(at(3612))).toEqual(['app.launches Sum/Delta 1 @3600-3610 {}']);
  send(lines('11:00:13 | a | Launch'));
  clock.advanceMs(-3_600_000);
  send(lines('10:00:05 | a | Launch'));
  expect(points(at(12))).toEqual(['app.launches Sum/Delta 1 @0-10 {}', 'app.launches Sum/Delta 1 @3610-3620 {}']);
  send(lines('10:00:13 | a | Launch'));
  expect(points(at(22))).toEqual(['app.launches Sum/Delta 1 @10-20 {}']);
  expect(pipeline.stats()[0]!.late).toBe(0);
});

test('a rule that is taken away and given back at once has one point for its window', () => {
  const same = launches([]);
  const { pipeline, send, points } = metricsPipeline(same);
  send(lines('10:00:01 | a | Launch'));
  pipeline.replaceRules([]);
  pipeline.replaceRules([same]);
  send(lines('10:00:02 | a | Launch'));
  expect(points(at(12))).toEqual(['app.launches Sum/Delta 2 @0-10 {}']);
});

test('a record from the far future does not close the present', () => {
  const { send, points } = metricsPipeline(launches([binned]));
  send(lines('10:59:59 | a | Launch', '10:00:08 | a | Launch'));
  expect(points(at(5))).toEqual([]);
  expect(points(at(12))).toEqual(['app.launches Sum/Delta 2 @0-10 {}']);
});

test('several aggregates have names of their own; counts and sums are sums, the rest gauges', () => {
  const n: Expr = { k: 'call', fn: 'tolong', type: 'long', args: [attr('n')] };
  const of = (name: string, fn: string, ...args: Expr[]): Aggregate => ({ name, fn, args, type: fn === 'avg' ? 'real' : 'long' });
  const { send, points } = metricsPipeline(launches([], [of('Total', 'sum', n), of('Mean', 'avg', n), of('Worst', 'max', n), of('P50', 'percentile', n, lit(50)), of('Kinds', 'dcount', n), of('Big', 'countif', call('>', n, lit(2)))], true));
  const result = send(lines('10:00:01 | a | Launch | n:=1', '10:00:01 | a | Launch | n:=2', '10:00:01 | a | Launch | n:=6', '10:00:01 | a | Launch |'));
  expect(result).toMatchObject({ out: [{ records: 4 }], removed: { toMetric: 0 } });
  expect(points(at(0), true)).toEqual([
    'app.launches.Total Sum/Delta 9 @0-10 {}', 'app.launches.Mean Gauge/null 3 @0-10 {}', 'app.launches.Worst Gauge/null 6 @0-10 {}',
    'app.launches.P50 Gauge/null 2 @0-10 {}', 'app.launches.Kinds Gauge/null 3 @0-10 {}', 'app.launches.Big Sum/Delta 1 @0-10 {}',
  ]);
});

test('groups are bounded; the rest share one overflow point and none is lost', () => {
  const { send, points } = metricsPipeline(launches([byService]), 2);
  send(lines('10:00:01 | a | Launch', '10:00:01 | b | Launch', '10:00:01 | c | Launch', '10:00:01 | d | Launch', '10:00:01 | a | Launch'));
  expect(points(at(0), true)).toEqual([
    'app.launches Sum/Delta 2 @0-10 {"ServiceName":"a"}', 'app.launches Sum/Delta 1 @0-10 {"ServiceName":"b"}', 'app.launches Sum/Delta 2 @0-10 {"otel.metric.overflow":true}',
  ]);
});

test('operators behind summarize work on the closed window', () => {
  const { send, points } = metricsPipeline(launches([byService], [count], false, [where(call('>', col('Launches', 'long'), lit(1)))]));
  send(lines('10:00:01 | a | Launch', '10:00:01 | b | Launch', '10:00:01 | a | Launch'));
  expect(points(at(0), true)).toEqual(['app.launches Sum/Delta 2 @0-10 {"ServiceName":"a"}']);
});

test('windows outlive a reload of other rules, and those of a removed rule are handed over', () => {
  const same = launches([]);
  const { pipeline, send, points } = metricsPipeline(same);
  send(lines('10:00:01 | a | Launch'));
  pipeline.replaceRules([rule('x', plan('Logs', [where(call('==', col('EventName'), lit('Other')))], { sink: 'drop' })), same]);
  send(lines('10:00:01 | a | Launch'));
  pipeline.replaceRules([]);
  expect(points(at(0))).toEqual(['app.launches Sum/Delta 2 @0-10 {}']);
  expect(points(at(60), true)).toEqual([]);
});

const oneSecond: NamedExpr = { name: 'Timestamp', expr: { k: 'call', fn: 'bin', type: 'datetime', args: [timestamp, lit('1000000000', 'timespan')] } };
const minutesAgo = (count: number): string => lines(...Array.from({ length: count }, (_, i) => `${String(9 - Math.floor(i / 60)).padStart(2, '0')}:${String(59 - (i % 60)).padStart(2, '0')}:00 | a | Launch`));

test('times that senders make up open few windows: a record from before joins the oldest that may open, and is counted', () => {
  const { send, points, pipeline } = metricsPipeline(launches([oneSecond]));
  const result = send(minutesAgo(300));
  expect(result.removed.toMetric).toBe(300);
  expect(pipeline.stats()[0]).toMatchObject({ groups: 1, late: 300, overflowed: 0 });
  expect(points(at(9))).toEqual(['app.launches Sum/Delta 300 @6-7 {}']);
  send(lines('10:00:08 | a | Launch', '10:00:07 | a | Launch', '10:00:06 | a | Launch'));
  expect(points(at(20))).toEqual(['app.launches Sum/Delta 2 @7-8 {}', 'app.launches Sum/Delta 1 @8-9 {}']);
  expect(pipeline.stats()[0]!.late).toBe(301);
});

test('recorded telemetry opens the windows of its own times', () => {
  const pipeline = createPipeline({ clock: new ManualClock(at(9)), resource: {}, recorderBytes: 1000, maxGroups: 1000, recorded: true });
  pipeline.replaceRules([launches([oneSecond])]);
  pipeline.process('logs', logRequest(minutesAgo(300)), { in: false, out: false });
  expect(pipeline.stats()[0]).toMatchObject({ groups: 300, late: 0 });
});

test('all open windows share the bound on groups, and one that closes gives its room back', () => {
  const { send, points, pipeline, clock } = metricsPipeline(launches([byService, oneSecond]), 3);
  send(lines(...['10:00:08', '10:00:09'].flatMap((time) => ['a', 'b', 'c'].map((service) => `${time} | ${service} | Launch`))));
  expect(pipeline.stats()[0]).toMatchObject({ groups: 3, overflowed: 3 });
  expect(points(at(13))).toEqual(['a', 'b', 'c'].map((name) => `app.launches Sum/Delta 1 @8-9 {"ServiceName":"${name}"}`).concat('app.launches Sum/Delta 3 @9-10 {"otel.metric.overflow":true}'));
  clock.advanceMs(5000);
  send(lines('10:00:14 | a | Launch', '10:00:14 | b | Launch'));
  expect(pipeline.stats()[0]).toMatchObject({ groups: 2, overflowed: 3 });
});

test.each(['0', '999999', '86400000000001'])('a window of %s ns is refused', (size) => {
  const odd: NamedExpr = { name: 'Timestamp', expr: { k: 'call', fn: 'bin', type: 'datetime', args: [timestamp, lit(size, 'timespan')] } };
  const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1000, maxGroups: 10 });
  expect(pipeline.replaceRules([launches([odd])])).toMatchObject({ ok: false, error: { message: expect.stringContaining('between 1 ms and 1 day') } });
});
