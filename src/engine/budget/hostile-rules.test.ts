// Rules made to hurt, in the real pipeline: each is refused or turned off, its records pass, the other rules go on, and every
// record is accounted for. The clock is this thread's CPU time, so that a busy machine changes nothing.
import { describe, expect, it } from 'vitest';
import type { Operator, Sink } from '../../kql/index.ts';
import type { AgentRuleInput, RuleBounds } from '../../model/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import { ManualClock, type Clock } from '../../base/index.ts';
import { createPipeline } from '../index.ts';
import type { Pipeline, ProcessResult } from '../types.ts';

const startUnixNano = 1_767_225_600_000_000_000n;
const cpuMs = (): number => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
/** Starts at a fixed date and moves with this thread's CPU time. */
function cpuClock(): Clock {
  const startMs = cpuMs();
  return { nowUnixNano: () => startUnixNano + BigInt(Math.round((cpuMs() - startMs) * 1e6)), monotonicMs: () => cpuMs() - startMs };
}

const bounds = (changed: Partial<RuleBounds> = {}): RuleBounds => ({ cpuShare: 0.05, memoryBytes: 1 << 25, outputPerSecond: null, ...changed });
const hostile = (operators: readonly Operator[], sink: Sink, changed?: Partial<RuleBounds>): AgentRuleInput => ({ ...rule('hostile', plan('Logs', operators, sink)), bounds: bounds(changed) });
const bystander: AgentRuleInput = { ...rule('bystander', plan('Logs', [where(call('==', col('EventName'), lit('Noise')))], { sink: 'drop' }), 200), bounds: bounds({ cpuShare: 1 }) };

function pipelineWith(clock: Clock, ...rules: AgentRuleInput[]): Pipeline {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1e6, maxGroups: 1_000_000, budgets: { ceiling: { cpuShare: 100, rssBytes: 1e15 } } });
  const deployed = pipeline.replaceRules(rules);
  if (!deployed.ok) throw new Error(deployed.error.message);
  return pipeline;
}
function run(pipeline: Pipeline, bytes: Uint8Array): ProcessResult {
  const result = pipeline.process('logs', bytes, { in: true, out: true });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const logs = (count: number, of: (i: number) => { readonly eventName: string; readonly body: string; readonly attributes?: Record<string, string | number> }): Uint8Array =>
  logRequest(Array.from({ length: count }, (_, i) => ({ service: 's', resource: { 'service.name': 's' }, scope: '', record: of(i) })));

/** Sends requests until the rule is off; gives the totals. Fails after `most` requests. */
function untilOff(pipeline: Pipeline, request: (i: number) => Uint8Array, most: number): { received: number; out: number; removed: number } {
  const total = { received: 0, out: 0, removed: 0 };
  for (let i = 0; pipeline.stats()[0]!.disabled === null; i++) {
    if (i === most) throw new Error(`The rule still runs after ${most} requests: ${JSON.stringify(pipeline.stats()[0])}`);
    const { received, out, removed } = run(pipeline, request(i));
    total.received += received;
    total.out += out.reduce((sum, batch) => sum + batch.records, 0);
    total.removed += Object.values(removed).reduce((a, b) => a + b, 0);
  }
  return total;
}

const mixed = (eventName: string, body: string): Uint8Array => logs(100, (i) => (i % 2 === 0 ? { eventName, body } : { eventName: 'Noise', body: 'n' }));

describe('an expensive pattern over large bodies', () => {
  const slow = Array.from({ length: 8 }, (_, i) => where(call('matches regex', col('Body', 'dynamic'), lit(`^(([a-z])+.)+[A-Z]([a-z${i}])+$`))));

  it('is turned off within two seconds, even within a request; its records pass, and every one is accounted for', () => {
    const pipeline = pipelineWith(cpuClock(), hostile([where(call('==', col('EventName'), lit('Big'))), ...slow], { sink: 'drop' }), bystander);
    const request = mixed('Big', 'a'.repeat(60_000));
    const { received, out, removed } = untilOff(pipeline, () => request, 100);
    const [off, other] = pipeline.stats();
    expect(off!.disabled).toMatchObject({ kind: 'cpu', reason: expect.stringMatching(/^(Used|Took) [\d.,]+ (%|ms) of /) });
    expect(off!.disabled!.atUnixMs - Number(startUnixNano / 1_000_000n)).toBeLessThan(2000);
    expect([received - out, removed, off!.removed]).toEqual([removed, received / 2, 0]);
    expect([other!.removed, other!.disabled]).toEqual([received / 2, null]);
    expect(run(pipeline, request)).toMatchObject({ out: [{ records: 50 }], removed: { dropped: 50 } });
    expect(pipeline.takeNewlyDisabled().map(({ id }) => id)).toEqual(['hostile']);
  });
});

describe('a rule that becomes slow after a second of a million records', () => {
  const slow = [where(call('==', col('EventName'), lit('Big'))), where(call('matches regex', col('Body', 'dynamic'), lit('^(([a-z])+.)+[A-Z]([a-z])+$')))];

  it('is turned off within two seconds, in small requests', () => {
    const clock = cpuClock();
    const pipeline = pipelineWith(clock, hostile(slow, { sink: 'drop' }));
    run(pipeline, logs(50, () => ({ eventName: 'Big', body: 'ok' })));
    const other = logs(1000, () => ({ eventName: 'Other', body: 'ok' }));
    for (let i = 0; i < 1000; i++) pipeline.process('logs', other, { in: false, out: false });
    pipeline.flush(clock.nowUnixNano());
    expect(pipeline.stats()[0]!.disabled).toBeNull();
    const [request, from] = [logs(10, () => ({ eventName: 'Big', body: 'a'.repeat(8000) })), clock.monotonicMs()];
    untilOff(pipeline, () => request, 50_000);
    expect(pipeline.stats()[0]!.disabled).toMatchObject({ kind: 'cpu' });
    expect(clock.monotonicMs() - from).toBeLessThan(2000);
  });
});

describe('a group for every record', () => {
  const byId: Operator = { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [{ name: 'id', expr: attr('id') }] };

  it('is turned off for its memory, and what it had gathered is handed over', () => {
    const clock = new ManualClock(startUnixNano);
    const pipeline = pipelineWith(clock, hostile([byId], { sink: 'to_metric', name: 'ids', unit: '', keep: false }, { memoryBytes: 1 << 20 }), bystander);
    let sent = 0;
    const { received, out, removed } = untilOff(pipeline, () => { clock.advanceMs(100); return logs(1000, () => ({ eventName: 'Id', body: 'b', attributes: { id: `order-${sent++}` } })); }, 100);
    expect(pipeline.stats()[0]).toMatchObject({ disabled: { kind: 'memory', reason: expect.stringMatching(/^Held 1\.\d MiB in [\d,]+ groups; its budget is 1 MiB\.$/) } });
    expect([removed + out, pipeline.heldRecords()]).toEqual([received, removed]);
    const points = pipeline.flush(clock.nowUnixNano()).reduce((sum, batch) => sum + batch.records, 0);
    expect([points, pipeline.heldRecords(), pipeline.stats()[0]!.stateBytes, pipeline.stats()[0]!.emitted]).toEqual([removed, 0, 0, removed]);
    expect(run(pipeline, logs(10, () => ({ eventName: 'Id', body: 'b' }))).out[0]!.records).toBe(10);
  });
});

describe('an endless output', () => {
  it.each([
    ['record', { sink: 'record', recorder: 'all', tee: true }], ['route', { sink: 'route', exporter: 'archive' }],
  ] as const)('of %s is turned off within two seconds', (_, sink) => {
    const clock = new ManualClock(startUnixNano);
    const pipeline = pipelineWith(clock, hostile([], sink, { outputPerSecond: 500 }));
    const request = logs(100, () => ({ eventName: 'E', body: 'b' }));
    const { received, out } = untilOff(pipeline, () => { clock.advanceMs(100); return request; }, 19);
    expect(pipeline.stats()[0]!.disabled).toMatchObject({ kind: 'output', reason: expect.stringContaining('its budget is 500 a second') });
    expect(out).toBe(received);
    expect(run(pipeline, request).out).toMatchObject([{ exporter: 'default', records: 100 }]);
  });
  it('of points is turned off with the first window that is past the rate', () => {
    const clock = new ManualClock(startUnixNano);
    const byId: Operator = { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [{ name: 'id', expr: attr('id') }] };
    const pipeline = pipelineWith(clock, hostile([byId], { sink: 'to_metric', name: 'ids', unit: '', keep: true }, { outputPerSecond: 50 }));
    run(pipeline, logs(1000, (i) => ({ eventName: 'Id', body: 'b', attributes: { id: `order-${i}` } })));
    clock.advanceMs(30_000);
    pipeline.flush(clock.nowUnixNano());
    expect(pipeline.stats()[0]!.disabled).toMatchObject({ kind: 'output', reason: 'Made 1,000 points of a window of 10.0 s; its budget is 50 records and points a second.' });
  });
});

it('a literal of a megabyte is refused with a reason, and the rules in force stay', () => {
  const pipeline = pipelineWith(new ManualClock(startUnixNano), bystander);
  const huge = hostile([where(call('contains', col('Body', 'dynamic'), lit('x'.repeat(1_048_576))))], { sink: 'drop' });
  expect(pipeline.replaceRules([huge])).toMatchObject({ ok: false, error: { code: 'plan-invalid', message: 'Rule hostile: A text in it has 1,048,576 characters; one may have 65,536.' } });
  expect(pipeline.stats().map(({ id }) => id)).toEqual(['bystander']);
});

/** Once it ticks, each look at the clock finds it 5 ms further: every visit seems to take that long. */
class TickingClock extends ManualClock {
  ticks = false;
  override monotonicMs(): number { if (this.ticks) this.advanceMs(5); return super.monotonicMs(); }
}

describe('a redact rule that takes too long', () => {
  const secret = 'someone@shop.example';
  const request = logs(2000, (i) => ({ eventName: 'Mail', body: `${i} to ${secret}` }));

  it('masks what it has no time for wholesale, stays on, and says so', () => {
    const clock = new TickingClock(startUnixNano);
    const pipeline = pipelineWith(clock, hostile([], { sink: 'redact', detectors: ['*'], mode: 'mask' }, { cpuShare: 0.9 }));
    clock.ticks = true;
    for (let i = 0; i < 2; i++) {
      const { out, tapIn, tapOut } = run(pipeline, request);
      expect(out).toMatchObject([{ records: 2000 }]);
      for (const bytes of [out[0]!.bytes, tapIn!, tapOut!]) expect(Buffer.from(bytes).includes('shop.example')).toBe(false);
    }
    expect(pipeline.stats()[0]).toMatchObject({ disabled: null, overBudget: { kind: 'cpu' } });
    expect(pipeline.takeNewlyDisabled()).toEqual([]);
  });
  it('runs on where another rule, as slow, is turned off, and the agent is past its ceiling', () => {
    const clock = new TickingClock(startUnixNano);
    const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1e6, maxGroups: 10, budgets: { ceiling: { cpuShare: 0.01, rssBytes: 1e15 } } });
    pipeline.replaceRules([hostile([], { sink: 'redact', detectors: ['*'], mode: 'mask' }, { cpuShare: 1 }), { ...bystander, plan: plan('Logs', [where(call('==', attr('n'), lit(1)))], { sink: 'drop' }) }]);
    clock.ticks = true;
    for (let i = 0; i < 5; i++) expect(Buffer.from(run(pipeline, request).out[0]!.bytes).includes('shop.example')).toBe(false);
    expect(pipeline.stats().map(({ disabled }) => disabled?.kind ?? null)).toEqual([null, 'cpu']);
  });
});

describe('a deployment that turned itself off', () => {
  const drop = hostile([], { sink: 'drop' });
  const known = { id: 'hostile', version: 1, deployment: 4, disabled: { kind: 'cpu' as const, reason: 'Used too much.', atUnixMs: 1 } };
  const one = logs(1, () => ({ eventName: 'E', body: 'b' }));

  it('stays off after a restart and across other changes, until it is deployed again', () => {
    const pipeline = pipelineWith(new ManualClock(startUnixNano));
    pipeline.replaceRules([{ ...drop, deployment: 4 }, bystander], [known]);
    expect([run(pipeline, one).out.length, pipeline.stats()[0]!.disabled, pipeline.takeNewlyDisabled()]).toEqual([1, known.disabled, []]);
    pipeline.replaceRules([{ ...drop, deployment: 4, order: 7 }], [known]);
    expect(run(pipeline, one).out).toHaveLength(1);
    pipeline.replaceRules([{ ...drop, deployment: 5 }], [known]);
    expect([run(pipeline, one).out.length, pipeline.stats()[0]!.disabled]).toEqual([0, null]);
  });
  it('keeps what it had counted, and its date ends it without a server', () => {
    const clock = new ManualClock(startUnixNano);
    const pipeline = pipelineWith(clock, { ...drop, expiresAtUnixMs: Number(startUnixNano / 1_000_000n) + 60_000 });
    run(pipeline, one);
    clock.advanceMs(60_000);
    pipeline.flush(clock.nowUnixNano());
    expect(run(pipeline, one).out).toHaveLength(1);
    expect(pipeline.stats()[0]).toMatchObject({ matched: 1, disabled: { kind: 'expired' } });
    expect(pipeline.takeNewlyDisabled()).toMatchObject([{ id: 'hostile', disabled: { kind: 'expired' } }]);
  });
});
