// Shadow mode: whatever the rule, records leave as if it were not there, and its tally says what it does when it is live.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Operator, Plan, Sink } from '../../kql/index.ts';
import type { AgentRuleInput } from '../../model/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';
import type { Pipeline, ProcessResult } from '../types.ts';

const start = BigInt(Date.UTC(2026, 0, 1, 10)) * 1_000_000n;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function pipelineWith(...rules: AgentRuleInput[]): { readonly pipeline: Pipeline; readonly clock: ManualClock } {
  const clock = new ManualClock(start);
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 100_000, maxGroups: 20, budgets: { measure: false } });
  const deployed = pipeline.replaceRules(rules);
  if (!deployed.ok) throw new Error(deployed.error.message);
  return { pipeline, clock };
}
function run(pipeline: Pipeline, bytes: Uint8Array): ProcessResult {
  const result = pipeline.process('logs', bytes, { in: true, out: true });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const counted: Operator = { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [{ name: 'EventName', expr: col('EventName') }] };
const marked: Operator = { op: 'extend', columns: [{ name: 'mark', expr: lit('seen') }, { name: 'Body', expr: lit('gone') }] };
const sinks: readonly { readonly name: string; readonly sink: Sink; readonly operators: readonly Operator[] }[] = [
  { name: 'drop', sink: { sink: 'drop' }, operators: [] },
  { name: 'sample', sink: { sink: 'sample', ratio: 0.5 }, operators: [] },
  { name: 'update', sink: { sink: 'update' }, operators: [marked] },
  { name: 'redact', sink: { sink: 'redact', detectors: ['*'], mode: 'mask' }, operators: [] },
  { name: 'to_metric', sink: { sink: 'to_metric', name: 'events', unit: '', keep: false }, operators: [counted] },
  { name: 'to_metric, kept', sink: { sink: 'to_metric', name: 'events', unit: '', keep: true }, operators: [counted] },
  { name: 'dedup', sink: { sink: 'dedup', windowNanos: '10000000000', key: ['EventName'] }, operators: [] },
  { name: 'record', sink: { sink: 'record', recorder: 'ring', tee: false }, operators: [] },
  { name: 'record, tee', sink: { sink: 'record', recorder: 'ring', tee: true }, operators: [] },
  { name: 'route', sink: { sink: 'route', exporter: 'archive' }, operators: [] },
];
const isEvent = (name: string): Operator => where(call('==', col('EventName'), lit(name)));

const record = fc.record({ event: fc.constantFrom('Launch', 'Slow', 'Failed'), body: fc.constantFrom('all is well', 'mail to someone@shop.example', 'x'.repeat(300)), trace: fc.integer({ min: 0, max: 0xffffff }), n: fc.nat(5) });
const request = fc.array(record, { minLength: 1, maxLength: 60 }).map((records) => logRequest(records.map(({ event, body, trace, n }) =>
  ({ service: 'shop', resource: { 'service.name': 'shop' }, scope: '', record: { eventName: event, body, timeUnixNano: start, traceId: trace.toString(16).padStart(32, '7'), attributes: { n } } }))));

describe.each(sinks)('$name in shadow', ({ sink, operators }) => {
  const shown: Plan = plan('Logs', [where(call('!=', col('EventName'), lit('Failed'))), ...operators], sink);
  const shadow: AgentRuleInput = { ...rule('shadow', shown, 1), mode: 'shadow' };
  const others = [rule('later', plan('Logs', [isEvent('Slow'), where(call('>', attr('n'), lit(2)))], { sink: 'drop' }), 200), rule('mask', plan('Logs', [isEvent('Failed')], { sink: 'redact', detectors: ['*'], mode: 'mask' }), 300)];

  it('changes nothing that leaves, nor what other rules see and count', () => {
    fc.assert(fc.property(fc.array(request, { minLength: 1, maxLength: 3 }), (requests) => {
      const [with_, without] = [pipelineWith(shadow, ...others), pipelineWith(...others)];
      for (const bytes of requests) expect(readable(run(with_.pipeline, bytes))).toEqual(readable(run(without.pipeline, bytes)));
      expect(with_.pipeline.heldRecords()).toBe(0);
      expect(with_.pipeline.flush(start + 60_000_000_000n, true)).toEqual(without.pipeline.flush(start + 60_000_000_000n, true));
      expect(with_.pipeline.recorders().states).toEqual([]);
      expect(with_.pipeline.stats().filter(({ id }) => id !== 'shadow')).toEqual(without.pipeline.stats());
    }), { numRuns: 30 });
  });

  it('counts what it would have done: just what it does when it is live', () => {
    fc.assert(fc.property(fc.array(request, { minLength: 1, maxLength: 3 }), (requests) => {
      const [live, dry] = [pipelineWith(rule('shadow', shown, 1)), pipelineWith(shadow)];
      for (const bytes of requests) { run(live.pipeline, bytes); run(dry.pipeline, bytes); }
      for (const { pipeline } of [live, dry]) pipeline.flush(start + 60_000_000_000n, true);
      const [did, would] = [live.pipeline.stats()[0]!, dry.pipeline.stats()[0]!];
      expect(would.would).toEqual({ removed: did.removed, changed: did.changed, emitted: did.emitted, bytesRemoved: did.bytesRemoved });
      expect([would.removed, would.changed, would.emitted, would.bytesRemoved]).toEqual([0, 0, 0, 0]);
      expect([would.matched, would.errors]).toEqual([did.matched, did.errors]);
    }), { numRuns: 30 });
  });
});

const readable = ({ received, out, removed, changed, tapIn, tapOut }: ProcessResult): unknown =>
  ({ received, removed, changed, out: out.map(({ exporter, records, bytes }) => [exporter, records, hex(bytes)]), tapIn: hex(tapIn!), tapOut: tapOut === null ? null : hex(tapOut) });

it('a rule that goes from shadow to live starts anew, in force', () => {
  const drop = rule('r', plan('Logs', [], { sink: 'drop' }));
  const { pipeline } = pipelineWith({ ...drop, mode: 'shadow' });
  const bytes = logRequest([{ service: 's', resource: {}, scope: '', record: { body: 'a' } }]);
  run(pipeline, bytes);
  expect(pipeline.stats()[0]).toMatchObject({ matched: 1, would: { removed: 1 } });
  pipeline.replaceRules([drop]);
  expect(run(pipeline, bytes).removed.dropped).toBe(1);
  expect(pipeline.stats()[0]).toMatchObject({ matched: 1, removed: 1 });
  expect(pipeline.stats()[0]!.would).toBeUndefined();
});
