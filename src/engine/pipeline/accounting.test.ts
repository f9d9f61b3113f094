// Whatever rules run over whatever records: received = out + removed, what leaves still walks, and order holds.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Operator, Sink } from '../../kql/index.ts';
import { codec } from '../../otlp/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';

const events = ['A', 'B', 'C', ''];
const services = ['web', 'cart', ''];
const trace = fc.integer({ min: 0, max: 2 ** 30 }).map((n) => (n * 2654435761).toString(16).slice(-14).padStart(32, '7'));
const line = fc.record({
  service: fc.constantFrom(...services), scope: fc.constant(''), resource: fc.constant({}),
  record: fc.record({ eventName: fc.constantFrom(...events), body: fc.oneof(fc.string(), fc.constant('token ghp_abcdefghijklmnopqrstuvwxyz0123456789')), severityNumber: fc.integer({ min: 0, max: 24 }), attributes: fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(fc.string(), fc.integer()), { maxKeys: 2 }), traceId: trace }),
}).map((one) => ({ ...one, resource: (one.service === '' ? {} : { 'service.name': one.service }) as Readonly<Record<string, string>> }));

const predicate = fc.oneof(
  fc.constantFrom(...events).map((name) => call('==', col('EventName'), lit(name))),
  fc.constantFrom(...services).map((name) => call('==', col('ServiceName'), lit(name))),
  fc.integer({ min: 0, max: 24 }).map((n) => call('>=', col('SeverityNumber', 'int'), lit(n))),
  fc.constant(call('==', attr('team'), lit('x'))),
  fc.tuple(fc.constantFrom(...events), fc.constantFrom(...services)).map(([name, service]) => call('and', call('==', col('EventName'), lit(name)), call('==', col('ServiceName'), lit(service)))),
);
const team: Operator = { op: 'extend', columns: [{ name: 'team', expr: lit('x') }] };
const rename: Operator = { op: 'extend', columns: [{ name: 'EventName', expr: lit('B') }] };
const summarize: Operator = { op: 'summarize', aggregates: [{ name: 'N', fn: 'count', args: [], type: 'long' }], by: [{ name: 'ServiceName', expr: col('ServiceName') }] };
const ending: fc.Arbitrary<readonly [Sink, ...Operator[]]> = fc.constantFrom(
  [{ sink: 'drop' }], [{ sink: 'sample', ratio: 0.5 }], [{ sink: 'sample', ratio: 1 }], [{ sink: 'update' }, team], [{ sink: 'update' }, rename],
  [{ sink: 'redact', detectors: ['*'], mode: 'mask' }], [{ sink: 'record', recorder: 'x', tee: false }], [{ sink: 'record', recorder: 'y', tee: true }], [{ sink: 'route', exporter: 'archive' }],
  [{ sink: 'dedup', windowNanos: '1000000000', key: ['EventName'] }],
  [{ sink: 'to_metric', name: 'm', unit: '', keep: false }, summarize], [{ sink: 'to_metric', name: 'm', unit: '', keep: true }, summarize],
);
const rules = fc.array(fc.tuple(predicate, ending, fc.integer({ min: 0, max: 5 })), { maxLength: 7 }).map((list) =>
  list.map(([test, [sink, ...operators], order], i) => rule(`r${i}`, plan('Logs', [where(test), ...operators], sink), order)));

function count(bytes: Uint8Array): number {
  const walked = codec.walk('logs', bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value.recordCount;
}

test('received = out + removed for any rules over any request, and metrics count what to_metric took', () => {
  fc.assert(fc.property(rules, fc.array(line, { minLength: 1, maxLength: 12 }), (deployed, lines) => {
    const pipeline = createPipeline({ clock: new ManualClock(1_700_000_000_000_000_000n), resource: {}, recorderBytes: 1e6, maxGroups: 2 });
    expect(pipeline.replaceRules(deployed).ok).toBe(true);
    const result = pipeline.process('logs', logRequest(lines), { in: true, out: true });
    if (!result.ok) throw new Error(result.error.message);
    const { received, out, removed, tapIn, tapOut } = result.value;
    const gone = removed.dropped + removed.sampled + removed.toMetric + removed.recorded + removed.deduped;
    expect(received).toBe(lines.length);
    expect(out.reduce((sum, batch) => sum + batch.records, 0) + gone).toBe(received);
    for (const batch of out) expect(count(batch.bytes)).toBe(batch.records);
    expect(count(tapIn!)).toBe(received);
    expect(tapOut === null ? 0 : count(tapOut)).toBe(received - gone);
    const stats = pipeline.stats();
    expect(stats.reduce((sum, one) => sum + one.removed, 0)).toBe(gone);
    expect(stats.reduce((sum, one) => sum + one.errors, 0)).toBe(0);
    const { talkers, otherRecords } = pipeline.talkers(2);
    expect(talkers.reduce((sum, one) => sum + one.records, otherRecords)).toBe(received);
    const held = pipeline.heldRecords();
    const flushed = pipeline.flush(0n, true);
    const released = flushed.filter((batch) => batch.signal === 'logs').reduce((sum, batch) => sum + batch.records, 0);
    expect(dedupTotal(flushed)).toBe(removed.deduped);
    expect(released).toBeLessThanOrEqual(held);
    expect(pipeline.heldRecords()).toBe(0);
    expect(metricTotal(flushed.filter((batch) => batch.signal === 'metrics'))).toBe(stats.reduce((sum, one) => sum + (isMetric(deployed, one.id) ? one.matched : 0), 0));
  }), { numRuns: 150 });
});

const isMetric = (deployed: ReturnType<typeof rule>[], id: string): boolean => (deployed.find((one) => one.id === id)!.plan as { sink: Sink }).sink.sink === 'to_metric';

/** How many records those that dedup held stand for. */
function dedupTotal(batches: readonly { readonly signal: string; readonly bytes: Uint8Array }[]): number {
  let total = 0;
  for (const { bytes } of batches.filter(({ signal }) => signal === 'logs')) {
    const walked = codec.walk('logs', bytes);
    if (!walked.ok) throw new Error(walked.error.message);
    const cursor = codec.cursor();
    cursor.reset(walked.value);
    for (let i = 0; i < walked.value.recordCount; i++) { cursor.moveTo(i); total += Number((cursor.column(codec.columnId('logs', 'Attributes')) as Readonly<Record<string, unknown>>)['dedup.count']); }
  }
  return total;
}

function metricTotal(batches: readonly { readonly bytes: Uint8Array }[]): number {
  let total = 0;
  for (const { bytes } of batches) {
    const walked = codec.walk('metrics', bytes);
    if (!walked.ok) throw new Error(walked.error.message);
    const cursor = codec.cursor();
    cursor.reset(walked.value);
    for (let i = 0; i < walked.value.recordCount; i++) { cursor.moveTo(i); total += Number(cursor.column(codec.columnId('metrics', 'Value'))); }
  }
  return total;
}

test('stages and the rule index change nothing: one rule at a time over its own pipeline gives the same records', () => {
  fc.assert(fc.property(rules, fc.array(line, { minLength: 1, maxLength: 8 }), (deployed, lines) => {
    const pass = (list: typeof deployed, bytes: Uint8Array): Uint8Array | null => {
      const pipeline = createPipeline({ clock: new ManualClock(1_700_000_000_000_000_000n), resource: {}, recorderBytes: 1e6, maxGroups: 9 });
      pipeline.replaceRules(list);
      const result = pipeline.process('logs', bytes, { in: false, out: false });
      if (!result.ok) throw new Error(result.error.message);
      return result.value.out.find((batch) => batch.exporter === 'default')?.bytes ?? null;
    };
    const sinkOf = (one: (typeof deployed)[number]): string => (one.plan as { sink: Sink }).sink.sink;
    const ordered = deployed.toSorted((a, b) => Number(sinkOf(b) === 'redact') - Number(sinkOf(a) === 'redact') || a.order - b.order || (a.id < b.id ? -1 : 1));
    let bytes: Uint8Array | null = logRequest(lines);
    const together = pass(deployed, bytes);
    for (const one of ordered) if (bytes !== null) bytes = pass([one], bytes);
    expect(rowsOf(together)).toEqual(rowsOf(bytes));
  }), { numRuns: 120 });
});

function rowsOf(bytes: Uint8Array | null): readonly unknown[] {
  if (bytes === null) return [];
  const walked = codec.walk('logs', bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  return Array.from({ length: walked.value.recordCount }, (_, i) => { cursor.moveTo(i); return ['EventName', 'ServiceName', 'Body', 'Attributes', 'TraceId'].map((name) => cursor.column(codec.columnId('logs', name))); });
}
