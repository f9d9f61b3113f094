import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Operator, Sink } from '../../kql/index.ts';
import type { AgentRuleInput } from '../../model/index.ts';
import { codec } from '../../otlp/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import { createPipeline, defaultExporter } from '../index.ts';
import { randomText } from '../redaction/testing/places.ts';

const at = (second: number): bigint => BigInt(Date.UTC(2026, 0, 1, 10, 0, second)) * 1_000_000n;
const pipelineWith = (...rules: AgentRuleInput[]) => {
  const pipeline = createPipeline({ clock: new ManualClock(at(30)), resource: { 'service.name': 'weir-agent' }, recorderBytes: 100_000, maxGroups: 3 });
  const result = pipeline.replaceRules(rules);
  if (!result.ok) throw new Error(result.error.message);
  return pipeline;
};
const noTap = { in: false, out: false };
const run = (pipeline: ReturnType<typeof pipelineWith>, bytes: Uint8Array, tap = noTap) => {
  const result = pipeline.process('logs', bytes, tap);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const columnsOf = (bytes: Uint8Array, ...names: string[]) => {
  const walked = codec.walk('logs', bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  return Array.from({ length: walked.value.recordCount }, (_, i) => { cursor.moveTo(i); return names.map((name) => cursor.column(codec.columnId('logs', name))); });
};
const isEvent = (name: string): Operator => where(call('==', col('EventName'), lit(name)));
const logs = (sink: Sink, ...operators: Operator[]) => plan('Logs', operators, sink);

const request = logRequest(`
  time     | service  | severity | event  | body                 | attributes
  10:00:01 | frontend | INFO     | Launch | launched 1           | n:=1
  10:00:02 | frontend | INFO     | Launch | launched 2           | n:=2
  10:00:03 | frontend | WARN     | Slow   | took 300 ms          | n:=3
  10:00:04 | cart     | INFO     | Launch | launched 4           | n:=4
  10:00:11 | cart     | ERROR    | Failed | payment 17 failed    | n:=5`);

test('what no rule touches leaves as the very bytes it came in', () => {
  const pipeline = pipelineWith(rule('drop-other', logs({ sink: 'drop' }, isEvent('Other'))));
  const result = run(pipeline, request);
  expect(result.out).toEqual([{ exporter: defaultExporter, signal: 'logs', bytes: request, records: 5 }]);
  expect(result.out[0]!.bytes).toBe(request);
  expect(result.removed).toEqual({ dropped: 0, sampled: 0, toMetric: 0, recorded: 0, deduped: 0 });
});

test('drop takes matched records and counts them', () => {
  const pipeline = pipelineWith(rule('r', logs({ sink: 'drop' }, where(call('and', call('==', col('EventName'), lit('Launch')), call('==', col('ServiceName'), lit('frontend')))))));
  const result = run(pipeline, request);
  expect(result.removed.dropped).toBe(2);
  expect(columnsOf(result.out[0]!.bytes, 'Body').flat()).toEqual(['took 300 ms', 'launched 4', 'payment 17 failed']);
  expect(pipeline.stats()[0]).toMatchObject({ id: 'r', matched: 2, removed: 2, errors: 0 });
  expect(pipeline.stats()[0]!.bytesRemoved).toBeGreaterThan(20);
});

test('a request of which nothing is left has no batch', () => {
  const result = run(pipelineWith(rule('r', logs({ sink: 'drop' }))), request);
  expect(result).toMatchObject({ received: 5, out: [], removed: { dropped: 5 } });
});

test('update writes columns, new attributes and removals, and later rules see them', () => {
  const change = logs({ sink: 'update' }, isEvent('Slow'), { op: 'extend', columns: [{ name: 'Body', expr: lit('slow') }, { name: 'team', expr: lit('web') }] }, { op: 'project-away', columns: ['n'] });
  const seen = logs({ sink: 'drop' }, where(call('==', attr('team'), lit('web'))));
  expect(columnsOf(run(pipelineWith(rule('a', change, 1)), request).out[0]!.bytes, 'Body', 'Attributes')[2]).toEqual(['slow', { team: 'web' }]);
  expect(run(pipelineWith(rule('a', change, 1), rule('b', seen, 2)), request)).toMatchObject({ changed: 1, removed: { dropped: 1 } });
  expect(run(pipelineWith(rule('a', change, 2), rule('b', seen, 1)), request)).toMatchObject({ changed: 1, removed: { dropped: 0 } });
});

test('an update that changes nothing leaves the bytes alone', () => {
  const result = run(pipelineWith(rule('r', logs({ sink: 'update' }, { op: 'extend', columns: [{ name: 'SeverityText', expr: col('SeverityText') }, { name: 'n', expr: attr('n') }] }))), request);
  expect(result.out[0]!.bytes).toBe(request);
  expect(result.changed).toBe(0);
});

test('a read-only column cannot be written', () => {
  const pipeline = pipelineWith();
  const result = pipeline.replaceRules([rule('bad', logs({ sink: 'update' }, { op: 'extend', columns: [{ name: 'ServiceName', expr: lit('x') }] }))]);
  expect(result).toMatchObject({ ok: false, error: { code: 'plan-invalid', message: 'Rule bad: ServiceName cannot be written.' } });
});

test('redaction runs before everything, whatever its order, and tapIn is what it left', () => {
  const body = randomText(3, 36);
  const secret = logRequest(`
    time     | service  | event | body                                                        | attributes
    10:00:01 | frontend | Auth  | using ghp_${body} here         | password=hunter2hunter2 other=fine
    10:00:01 | frontend | Auth  | {"nested":{"list":["postgres://u:s3cretpassw0rd@db/x"]}}     |
    10:00:01 | frontend | Auth  | nothing to see                                              |`);
  const keep = logs({ sink: 'record', recorder: 'all', tee: true });
  const pipeline = pipelineWith(rule('first', keep, 1), rule('mask', logs({ sink: 'redact', detectors: ['*'], mode: 'mask' }), 900));
  const result = run(pipeline, secret, { in: true, out: true });
  for (const bytes of [result.tapIn!, result.tapOut!, result.out[0]!.bytes, [...pipeline.recorder('all') ?? []][0]!.bytes]) {
    const text = JSON.stringify(columnsOf(bytes, 'Body', 'Attributes'));
    for (const hidden of [body, 'hunter2', 's3cretpassw0rd']) expect(text).not.toContain(hidden);
    expect(text).toContain('nothing to see');
    expect(text).toContain('fine');
  }
  expect(result.changed).toBe(2);
  expect(pipeline.stats().find((one) => one.id === 'mask')).toMatchObject({ matched: 3, changed: 2 });
});

test('sample keeps whole traces, marks what it kept, and is consistent', () => {
  const lines = Array.from({ length: 400 }, (_, i) => `10:00:00 | s | E | ${(i >> 1).toString(16).padStart(4, '0').repeat(8).split('').reverse().join('').replace(/0/g, () => ((i >> 1) * 7 % 16).toString(16))} | x`).join('\n');
  const bytes = logRequest(`time | service | event | trace | body\n${lines}`);
  const pipeline = pipelineWith(rule('r', logs({ sink: 'sample', ratio: 0.25 })));
  const result = run(pipeline, bytes);
  const kept = columnsOf(result.out[0]!.bytes, 'TraceId', 'Attributes');
  expect(kept.length + result.removed.sampled).toBe(400);
  const counts = new Map<unknown, number>();
  for (const [trace, attributes] of kept) { counts.set(trace, (counts.get(trace) ?? 0) + 1); expect(attributes).toEqual({ 'sampling.adjusted_count': 4 }); }
  expect([...counts.values()].every((count) => count % 2 === 0)).toBe(true);
  expect(run(pipeline, bytes).removed.sampled).toBe(result.removed.sampled);
});

test('samplers multiply their adjusted counts', () => {
  const half: Sink = { sink: 'sample', ratio: 0.5 };
  const bytes = logRequest(`time | service | trace | body\n10:00:00 | s | ${'f'.repeat(32)} | x`);
  const kept = columnsOf(run(pipelineWith(rule('a', logs(half)), rule('b', logs(half))), bytes).out[0]!.bytes, 'Attributes');
  expect(kept).toEqual([[{ 'sampling.adjusted_count': 4 }]]);
});

test('records without a trace id are sampled by their bytes, near the ratio', () => {
  const bytes = logRequest(`time | service | body\n${Array.from({ length: 2000 }, (_, i) => `10:00:00 | s | line ${i}`).join('\n')}`);
  const { sampled } = run(pipelineWith(rule('r', logs({ sink: 'sample', ratio: 0.1 }))), bytes).removed;
  expect(sampled).toBeGreaterThan(1720);
  expect(sampled).toBeLessThan(1880);
});

test('route sends elsewhere, record diverts, and the numbers add up', () => {
  const pipeline = pipelineWith(
    rule('route', logs({ sink: 'route', exporter: 'archive' }, isEvent('Slow'))), rule('record', logs({ sink: 'record', recorder: 'box', tee: false }, isEvent('Failed'))),
  );
  const result = run(pipeline, request, { in: false, out: true });
  expect(result.out.map(({ exporter, records }) => ({ exporter, records }))).toEqual([{ exporter: 'default', records: 3 }, { exporter: 'archive', records: 1 }]);
  expect(result.removed.recorded).toBe(1);
  expect(columnsOf(result.tapOut!, 'EventName').flat().sort()).toEqual(['Launch', 'Launch', 'Launch', 'Slow']);
  expect(pipeline.recorders().states).toMatchObject([{ name: 'box', records: 1, evicted: 0 }]);
  expect(columnsOf([...pipeline.recorder('box') ?? []][0]!.bytes, 'Body')).toEqual([['payment 17 failed']]);
});

test('a recorder is bounded in bytes and counts what it lets go', () => {
  const pipeline = createPipeline({ clock: new ManualClock(at(0)), resource: {}, recorderBytes: (request.length + 896) * 2 + 640 + 10, maxGroups: 10 });
  pipeline.replaceRules([rule('r', logs({ sink: 'record', recorder: 'box', tee: true }))]);
  for (let i = 0; i < 5; i++) run(pipeline, request);
  expect(pipeline.recorders().states[0]).toMatchObject({ records: 10, evicted: 15 });
});

test('a rule that throws lets the record pass and says so', () => {
  let calls = -100;
  const clock = { nowUnixNano: () => { if (++calls > 4) throw new Error('the clock broke'); return at(0); }, monotonicMs: () => 0 };
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1000, maxGroups: 3 });
  pipeline.replaceRules([rule('r', logs({ sink: 'drop' }, where(call('<', col('Timestamp', 'datetime'), call('now')))))]);
  calls = 3;
  const result = run(pipeline, request);
  expect(result.out[0]!.bytes).toBe(request);
  expect(pipeline.stats()[0]).toMatchObject({ errors: 5, lastError: 'the clock broke', removed: 0 });
});

test('a column takes its own type only', () => {
  const writing = (name: string, expr: ReturnType<typeof lit>) => logs({ sink: 'update' }, { op: 'extend', columns: [{ name, expr }] });
  expect(pipelineWith().replaceRules([rule('r', writing('Timestamp', lit('soon')))])).toMatchObject({ ok: false, error: { message: 'Rule r: Timestamp holds datetime, not string.' } });
  expect(run(pipelineWith(rule('r', writing('SeverityNumber', attr('missing-or-text')))), request).changed).toBe(5);
  expect(run(pipelineWith(rule('r', writing('Attributes', col('Body', 'dynamic')))), request).out[0]!.bytes).toBe(request);
});

test('malformed bytes are an error and change nothing', () => {
  const pipeline = pipelineWith(rule('r', logs({ sink: 'drop' })));
  expect(pipeline.process('logs', Uint8Array.of(0x0a, 0x7f, 1), noTap)).toMatchObject({ ok: false, error: { code: 'otlp-malformed' } });
  expect(pipeline.talkers(10)).toEqual({ talkers: [], otherRecords: 0 });
});

test('talkers by durable id and service, nameless records by the template of their body', () => {
  const pipeline = pipelineWith();
  run(pipeline, request);
  run(pipeline, logRequest('time | service | body\n10:00:00 | s | job 17 done in 3ms\n10:00:00 | s | job 18 done in 4ms'));
  const { talkers, otherRecords } = pipeline.talkers(2);
  expect(talkers.map(({ durableId, label, service, records }) => `${label ?? durableId}/${service} ${records}`).sort()).toEqual(['Launch/frontend 2', 'job <*> done in <*>/s 2']);
  expect(otherRecords).toBe(3);
});

test('replacing rules is all or nothing and keeps the counters of those unchanged', () => {
  const [a, b] = [rule('a', logs({ sink: 'drop' }, isEvent('Slow'))), rule('b', logs({ sink: 'drop' }, isEvent('Launch')))];
  const pipeline = pipelineWith(a, b);
  run(pipeline, request);
  expect(pipeline.replaceRules([a, rule('c', plan('Logs', []))])).toMatchObject({ ok: false });
  expect(pipeline.stats().map((one) => [one.id, one.removed])).toEqual([['a', 1], ['b', 3]]);
  expect(pipeline.replaceRules([a])).toMatchObject({ ok: true });
  expect(pipeline.stats().map((one) => [one.id, one.removed])).toEqual([['a', 1]]);
});
