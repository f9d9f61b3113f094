// A valve lets verbose logs past the rules that would take them, never past redaction, and says how many went.
import { beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { codec, columnId } from '../../otlp/index.ts';
import { logRequest, plan, rule } from '../../testing/index.ts';
import { createPipeline, type Pipeline } from '../index.ts';

const second = 1_000_000_000n;
let clock: ManualClock;
let pipeline: Pipeline;
let watched: number[];
beforeEach(() => {
  clock = new ManualClock(1_700_000_000n * second);
  watched = [];
  pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1e6, maxGroups: 10, watch: (view) => { watched.push(view.recordCount); } });
  const replaced = pipeline.replaceRules([rule('hide', plan('Logs', [], { sink: 'redact', detectors: ['*'], mode: 'mask' }), 1), rule('drop', plan('Logs', [], { sink: 'drop' }), 100)]);
  if (!replaced.ok) throw new Error(replaced.error.message);
});

const request = logRequest(`
  service | severity | event | body
  cart    | DEBUG    | A     | mail to someone@example.com
  cart    | TRACE    | B     | b
  pay     | DEBUG    | C     | c
`);
const untilUnixMs = 1_700_000_060_000;

function leaving(): string[] {
  const result = pipeline.process('logs', request.slice(), { in: false, out: false });
  if (!result.ok) throw new Error(result.error.message);
  return result.value.out.flatMap(({ bytes }) => {
    const walked = codec.walk('logs', bytes);
    if (!walked.ok) throw new Error(walked.error.message);
    const cursor = codec.cursor();
    cursor.reset(walked.value);
    return Array.from({ length: walked.value.recordCount }, (_, i) => { cursor.moveTo(i); return String(cursor.column(columnId('logs', 'Body'))); });
  });
}

test('without one everything is dropped; with one the records of its service leave, redacted', () => {
  expect(leaving()).toEqual([]);
  pipeline.openValve({ id: 'v', service: 'cart', pid: null, severityNumber: 5, untilUnixMs });
  expect(leaving()).toEqual([expect.stringMatching(/^mail to (?!someone)/)]);
  pipeline.openValve({ id: 'w', service: null, pid: null, severityNumber: 1, untilUnixMs });
  expect(leaving()).toHaveLength(3);
  expect(pipeline.closeValve('v')).toBe(2);
  expect(pipeline.closeValve('w')).toBe(2);
  expect(leaving()).toEqual([]);
  expect(pipeline.closeValve('v')).toBe(0);
});

test('it closes by itself', () => {
  pipeline.openValve({ id: 'v', service: null, pid: null, severityNumber: 1, untilUnixMs });
  clock.advanceMs(61_000);
  expect(leaving()).toEqual([]);
});

test('numbers add up: what goes through is received and neither removed nor lost', () => {
  pipeline.openValve({ id: 'v', service: 'cart', pid: null, severityNumber: 1, untilUnixMs });
  const result = pipeline.process('logs', request.slice(), { in: false, out: true });
  if (!result.ok) throw new Error(result.error.message);
  expect(result.value).toMatchObject({ received: 3, removed: { dropped: 1 } });
  expect(result.value.out.reduce((sum, { records }) => sum + records, 0)).toBe(2);
  expect(result.value.tapOut).not.toBeNull();
  expect(watched).toEqual([3]);
});
