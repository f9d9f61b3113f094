import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Sink } from '../../kql/index.ts';
import { codec } from '../../otlp/index.ts';
import { logRequest, plan, rule } from '../../testing/index.ts';
import { createPipeline, type OutBatch } from '../index.ts';

const start = BigInt(Date.UTC(2026, 0, 1, 10, 0, 0)) * 1_000_000n;
const second = 1_000_000_000n;
const dedup = (key: readonly string[] = [], seconds = 10): Sink => ({ sink: 'dedup', windowNanos: String(BigInt(seconds) * second), key });

function setUp(sink: Sink, maxGroups = 100, more = {}) {
  const clock = new ManualClock(start);
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1000, maxGroups });
  const of = { ...rule('d', plan('Logs', [], sink)), ...more };
  const deployed = pipeline.replaceRules([of]);
  if (!deployed.ok) throw new Error(deployed.error.message);
  const send = (...lines: string[]) => {
    const result = pipeline.process('logs', logRequest(['service | event | body | attributes', ...lines].join('\n')), { in: false, out: false });
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  };
  return { clock, pipeline, send, of };
}

const left = (batches: readonly OutBatch[]): readonly string[] => batches.flatMap(({ bytes, records, signal }) => {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  expect(walked.value.recordCount).toBe(records);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  return Array.from({ length: records }, (_, i) => {
    cursor.moveTo(i);
    const attributes = cursor.column(codec.columnId('logs', 'Attributes')) as Readonly<Record<string, unknown>>;
    const time = (key: string): string => String(attributes[key]).slice(11, 19);
    return `${String(cursor.column(codec.columnId('logs', 'ServiceName')))} ${String(cursor.column(codec.columnId('logs', 'Body')))} x${String(attributes['dedup.count'])} ${time('dedup.first_observed')}-${time('dedup.last_observed')}`;
  });
});

test('the first of equal records is held, and leaves with the count when its window closes', () => {
  const { clock, pipeline, send } = setUp(dedup());
  expect(send('web | E | hello | n:=1', 'web | E | hello | n:=2', 'web | E | other |', 'cart | E | hello |')).toMatchObject({ received: 4, out: [], removed: { deduped: 4 } });
  clock.advanceMs(9000);
  expect(send('web | E | hello |').removed.deduped).toBe(1);
  expect(pipeline.heldRecords()).toBe(3);
  expect(pipeline.flush(clock.nowUnixNano())).toEqual([]);
  clock.advanceMs(1000);
  expect(left(pipeline.flush(clock.nowUnixNano()))).toEqual(['web hello x3 10:00:00-10:00:09', 'web other x1 10:00:00-10:00:00', 'cart hello x1 10:00:00-10:00:00']);
  expect(pipeline.heldRecords()).toBe(0);
  expect(pipeline.stats()[0]).toMatchObject({ matched: 5, removed: 5, emitted: 3, overflowed: 0, groups: 0, stateBytes: 0 });
});

test('the next window starts anew, and what an earlier agent has counted adds up', () => {
  const { clock, pipeline, send } = setUp(dedup(['EventName']));
  send('web | E | a | dedup.count:=40', 'web | E | b | dedup.count:=2', 'web | E | c |');
  clock.advanceMs(10_000);
  send('web | E | d |');
  expect(left(pipeline.flush(clock.nowUnixNano()))).toEqual(['web a x43 10:00:00-10:00:00']);
  expect(left(pipeline.flush(clock.nowUnixNano(), true))).toEqual(['web d x1 10:00:10-10:00:10']);
});

test('a key names columns and attributes', () => {
  const { pipeline, send } = setUp(dedup(['n', 'ServiceName']));
  send('web | E | a | n:=1', 'web | F | b | n:=1', 'web | E | c | n:=2', 'web | E | d |', 'web | F | e |');
  expect(left(pipeline.flush(0n, true)).map((one) => one.slice(0, 8))).toEqual(['web a x2', 'web c x1', 'web d x2']);
});

test('past its bounds records pass as they are and are counted', () => {
  const { pipeline, send } = setUp(dedup(), 2);
  const result = send('web | E | a |', 'web | E | b |', 'web | E | c |', 'web | E | a |', 'web | E | c |');
  expect(result).toMatchObject({ removed: { deduped: 3 }, out: [{ records: 2 }] });
  expect(pipeline.stats()[0]).toMatchObject({ overflowed: 2, groups: 2 });
  const small = setUp(dedup(), 100, { bounds: { cpuShare: 1, memoryBytes: 1000, outputPerSecond: null } });
  expect(small.send('web | E | a |', 'web | E | b |', 'web | E | c |', 'web | E | d |').out[0]!.records).toBeGreaterThan(0);
});

test('a rule that is taken away hands over what it holds, and one that comes back goes on', () => {
  const { pipeline, send, of } = setUp(dedup());
  send('web | E | a |');
  pipeline.replaceRules([]);
  pipeline.replaceRules([of]);
  send('web | E | a |');
  pipeline.replaceRules([]);
  expect(pipeline.heldRecords()).toBe(1);
  expect(left(pipeline.flush(start))).toEqual(['web a x2 10:00:00-10:00:00']);
  expect(pipeline.heldRecords()).toBe(0);
});

test('a wall clock that is set back closes the window', () => {
  const { clock, pipeline, send } = setUp(dedup());
  send('web | E | a |');
  clock.advanceMs(-3_600_000);
  send('web | E | a |');
  expect(left(pipeline.flush(clock.nowUnixNano()))).toEqual(['web a x1 10:00:00-10:00:00']);
  expect(pipeline.heldRecords()).toBe(1);
});
