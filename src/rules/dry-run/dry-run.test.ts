import { describe, expect, it } from 'vitest';
import type { Operator, Sink } from '../../kql/index.ts';
import { defaultBounds, type AgentRuleInput } from '../../model/index.ts';
import { createPipeline } from '../../engine/index.ts';
import { codec, columnId, encodeLogs } from '../../otlp/index.ts';
import { attr, call, col, lit, plan, rule as deployed, where } from '../../testing/index.ts';
import type { CompiledQuery } from '../types.ts';
import { createDryRun, dailySaving, type DryRunOptions, type DryRunRequest, type MachineDryRunResult, type QueryDryRunResult } from './index.ts';

const startMs = 1_767_261_600_000;
const compiled = (operators: readonly Operator[], sink: Sink, more: Partial<CompiledQuery> = {}): CompiledQuery =>
  ({ kind: 'query', name: 'mine', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null, plan: plan('Logs', operators, sink), ...more });

/** Ten requests, one a second, of 20 records: every fourth an error; names A and B in turn. */
const requests: readonly DryRunRequest[] = Array.from({ length: 10 }, (_, r) => ({
  signal: 'logs', sentAtMs: startMs + r * 1000, idOf: (i) => r * 20 + i,
  bytes: encodeLogs({ 'service.name': r % 2 === 0 ? 'cart' : 'checkout' }, 's', Array.from({ length: 20 }, (__, i) => ({
    timeUnixNano: BigInt(startMs + r * 1000 + i) * 1_000_000n, severityNumber: i % 4 === 0 ? 17 : 9, eventName: i % 2 === 0 ? 'A' : 'B', body: `m${r}.${i} ada@example.org`, attributes: { depth: i, route: `/r${i % 3}` },
  }))),
}));

function run(rule: DryRunOptions['rule'], more: Partial<DryRunOptions> = {}, given = requests) {
  let ms = 0;
  const dry = createDryRun({ rule, maxSamples: 6, now: () => (ms += 0.5), ...more });
  if (!dry.ok) throw new Error(dry.error.message);
  for (const request of given) dry.value.feed(request);
  while (!dry.value.settle(0));
  return dry.value.result();
}
const query = (...args: Parameters<typeof run>) => run(...args) as QueryDryRunResult;
const errors = where(call('>=', col('SeverityNumber', 'int'), lit(17)));
const named = (name: string) => where(call('==', col('EventName'), lit(name)));

describe('a dry run of a query', () => {
  it('beside rules of its own order matches what the agent would, whoever has the smaller id', () => {
    const mine = compiled([errors], { sink: 'drop' });
    const twin = { ...deployed('m', mine.plan), name: 'mine' };
    for (const id of ['a', 'z']) {
      const agent = createPipeline({ clock: { nowUnixNano: () => 1n, monotonicMs: () => 0 }, resource: {}, recorderBytes: 1, maxGroups: 10 });
      expect(agent.replaceRules([twin, deployed(id, mine.plan)]).ok).toBe(true);
      for (const { signal, bytes } of requests) agent.process(signal, bytes, { in: false, out: false });
      const matched = agent.stats().find((one) => one.id === id)!.matched;
      expect(query(mine, { others: [twin, { ...deployed(id, mine.plan, 1), name: 'before it was renamed' }], ruleId: id }).matched).toBe(matched);
      expect(matched).toBe(id === 'a' ? 50 : 0);
    }
    expect(query(mine, { others: [twin] }).matched).toBe(0);
  });

  it('counts what a drop takes, and shows it', () => {
    const result = query(compiled([errors], { sink: 'drop' }));
    expect(result).toMatchObject({ kind: 'query', scanned: 200, reached: 200, matched: 50, removed: 50, changed: 0, emitted: 0, error: null, fromMs: startMs, toMs: startMs + 9019 });
    expect(result.removedBy['dropped']).toBe(50);
    expect(result.bytesAfter).toBeLessThan(result.bytesBefore);
    expect(result.saved).toEqual({ logs: { records: 50, bytes: result.bytesBefore - result.bytesAfter }, spans: { records: 0, bytes: 0 }, metrics: { records: 0, bytes: 0 } });
    expect(result.flow).toMatchObject({ seen: 200, reached: 50, operators: [{ op: 'where', in: 200, out: 50 }] });
    expect(result.samples.map((sample) => sample.kind)).toEqual([...Array.from({ length: 6 }, () => 'removed'), 'unchanged', 'unchanged', 'unchanged']);
    expect(result.samples[0]!.before).toMatchObject({ id: 196, severity: 17, service: 'checkout', durableId: 'A' });
  });

  it('shows a changed record field by field, secrets masked', () => {
    const result = query(compiled([named('A'), { op: 'extend', columns: [{ name: 'SeverityText', expr: lit('LOUD') }] }], { sink: 'update' }));
    expect(result).toMatchObject({ matched: 100, changed: 100, removed: 0 });
    expect(result.samples[0]).toMatchObject({ kind: 'changed', changes: [{ field: 'SeverityText', before: null, after: 'LOUD' }] });
    const redacted = query(compiled([], { sink: 'redact', detectors: ['*'], mode: 'mask' }));
    expect(JSON.stringify(redacted.samples[0]!.changes)).not.toContain('ada@');
  });

  it('tells windows over all series, however many there are, and points of each window', () => {
    // Each record of 30 s makes its own series, in one of three windows of ten seconds.
    const many = Array.from({ length: 31 }, (_, r): DryRunRequest => ({ signal: 'logs', sentAtMs: startMs + r * 1000, bytes: encodeLogs({ 'service.name': 'cart' }, 's', Array.from({ length: 20 }, (__, i) => ({ timeUnixNano: BigInt(startMs + r * 1000) * 1_000_000n, severityNumber: 9, eventName: 'A', body: 'x', attributes: { session: `s${r}.${i}` } }))) }));
    const by = [{ name: 'Session', expr: attr('session') }, { name: 'Time', expr: call('bin', col('Timestamp', 'datetime'), { k: 'literal', type: 'timespan', value: '10000000000' }) }];
    const result = query(compiled([{ op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by }], { sink: 'to_metric', name: 'app.n', unit: '1', keep: false }), {}, many);
    expect(result.groups).toBe(620);
    expect(result.windows.map(({ startMs: at, value, series, whole }) => [(at - startMs) / 1000, value, series, whole])).toEqual([[0, 200, 200, true], [10, 200, 200, true], [20, 200, 200, true], [30, 20, 20, false]]);
    expect(new Set(result.metrics.map((point) => point.startUnixNano)).size).toBe(4);
    expect(result.metrics.length).toBeLessThanOrEqual(200);
  });

  it('makes series of points whose values add up', () => {
    const count: Operator = { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [{ name: 'Route', expr: attr('route') }] };
    const result = query(compiled([named('A'), count], { sink: 'to_metric', name: 'seen', unit: '', keep: false }));
    expect(result).toMatchObject({ removed: 100, groups: 3, seriesLeftOut: 0, late: 0, overflowed: 0, breach: null });
    expect(result.series.map((series) => series.attributes['Route']).sort()).toEqual(['/r0', '/r1', '/r2']);
    expect(result.series.reduce((sum, series) => sum + series.total, 0)).toBe(100);
    expect(result.emitted).toBe(result.series.reduce((sum, series) => sum + series.points.length, 0));
  });

  it('stamps windows as the agent does, and tells which are whole', () => {
    const count: Operator = { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [{ name: 'Time', expr: call('bin', col('Timestamp', 'datetime'), { k: 'literal', type: 'timespan', value: '4000000000' }) }] };
    const rule = compiled([count], { sink: 'to_metric', name: 'seen', unit: '', keep: false });
    const result = query(rule);
    // The records span 10 s from a full minute on: two windows of 4 s are whole, the third would have grown.
    expect(result.series[0]!.points).toEqual([
      { startMs: startMs, endMs: startMs + 4000, value: 80, whole: true }, { startMs: startMs + 4000, endMs: startMs + 8000, value: 80, whole: true }, { startMs: startMs + 8000, endMs: startMs + 12_000, value: 40, whole: false },
    ]);
    expect(result.series[0]!.kind).toBe('sum');
    // The agent's own pipeline over the same records.
    const agent = createPipeline({ clock: { nowUnixNano: () => BigInt(startMs) * 1_000_000n, monotonicMs: () => 0 }, resource: {}, recorderBytes: 1 << 20, maxGroups: 100 });
    agent.replaceRules([deployed('mine', rule.plan, 1)]);
    for (const { bytes } of requests) agent.process('logs', bytes, { in: false, out: false });
    const [batch] = agent.flush(BigInt(startMs + 60_000) * 1_000_000n, true);
    const sent = Array.from({ length: 3 }, (_, i) => { const cursor = codec.cursor(); const walked = codec.walk('metrics', batch!.bytes); if (!walked.ok) throw new Error(walked.error.message); cursor.reset(walked.value); cursor.moveTo(i); return [cursor.column(columnId('metrics', 'StartTimestamp')), cursor.column(columnId('metrics', 'Timestamp')), cursor.column(columnId('metrics', 'Value'))]; });
    expect(result.metrics.map((point) => [point.startUnixNano, point.timeUnixNano, point.value])).toEqual(sent);
  });

  it('a window that began before the records is not whole', () => {
    const count: Operator = { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [{ name: 'Time', expr: call('bin', col('Timestamp', 'datetime'), { k: 'literal', type: 'timespan', value: '4000000000' }) }] };
    const result = query(compiled([count], { sink: 'to_metric', name: 'seen', unit: '', keep: false }), {}, requests.slice(2));
    expect(result.series[0]!.points.map(({ value, whole }) => [value, whole])).toEqual([[40, false], [80, true], [40, false]]);
  });

  it('says which condition is to blame when nothing matched', () => {
    const result = query(compiled([named('LogLaunch'), errors], { sink: 'drop' }));
    expect(result).toMatchObject({ matched: 0, removed: 0, bytesAfter: result.bytesBefore });
    expect(result.clauses[0]).toMatchObject({ text: 'EventName == "LogLaunch"', isFalse: 200, blamed: true, reads: [{ name: 'EventName', values: [{ value: 'A', count: 100 }, { value: 'B', count: 100 }] }] });
    expect(result.samples.every((sample) => sample.kind === 'unchanged')).toBe(true);
  });

  it('sees only what deployed rules before it leave', () => {
    const others: AgentRuleInput[] = [deployed('drops-a', plan('Logs', [named('A')], { sink: 'drop' }), 50), deployed('later', plan('Logs', [], { sink: 'drop' }), 500), { ...deployed('shadow', plan('Logs', [], { sink: 'drop' }), 1), mode: 'shadow' }];
    const result = query(compiled([], { sink: 'drop' }), { others });
    expect(result).toMatchObject({ scanned: 200, reached: 100, matched: 100 });
    expect(result.samples.every((sample) => sample.before.durableId === 'B')).toBe(true);
    const redactsFirst = query(compiled([], { sink: 'redact', detectors: ['*'], mode: 'mask' }, { order: 900 }), { others });
    expect(redactsFirst.reached).toBe(200);
    expect(query(compiled([named('A')], { sink: 'drop' }), { others, ruleId: 'drops-a' }).matched).toBe(100);
  });

  it('keeps to its targets', () => {
    const targets = plan('source', [where(call('==', col('ServiceName'), lit('cart')))]);
    expect(query(compiled([errors], { sink: 'drop' }, { targets }))).toMatchObject({ matched: 25, flow: { seen: 200, targeted: 100, reached: 25 } });
  });

  it('measures CPU apart, and says when records are too few for that', () => {
    const few = [{ ...requests[0]!, bytes: encodeLogs({}, 's', [{ body: 'one', timeUnixNano: 1n }]) }];
    expect(query(compiled([errors], { sink: 'drop' }), {}, few).cpu).toBeNull();
    const result = query(compiled([errors], { sink: 'drop' }), {}, requests.slice(0, 2));
    expect(result.cpu).toEqual({ median: 0, low: 0, high: 0 });
    expect(result.matched).toBe(10);
  });

  it('counts requests that are no OTLP and goes on', () => {
    const result = query(compiled([], { sink: 'drop' }), {}, [{ signal: 'logs', sentAtMs: 0, bytes: Uint8Array.of(255, 255) }, requests[0]!]);
    expect(result).toMatchObject({ malformed: 1, scanned: 20, matched: 20 });
    expect(result.error).not.toBeNull();
  });

  it('refuses a rule that no agent would take', () => {
    const dry = createDryRun({ rule: compiled([where(call('no_such', lit(1)))], { sink: 'drop' }), maxSamples: 1, now: () => 0 });
    expect(dry.ok ? '' : dry.error.message).toMatch(/no_such/);
  });
});

describe('a dry run of a state machine', () => {
  it('tells transitions and the actions that it would start', () => {
    const nanos = (seconds: number) => `${seconds}000000000`;
    const result = run({
      kind: 'state-machine', name: 'net', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null,
      machine: {
        version: 1, key: [{ text: 'ServiceName', expr: col('ServiceName') }], initial: 'idle', limits: { actions: 5, perNanos: nanos(3600), cooldownNanos: '0', maxKeys: 10 },
        states: [
          { name: 'idle', enter: [], after: [], on: [{ when: call('>=', col('SeverityNumber', 'int'), lit(17)), text: 'SeverityNumber >= 17', count: 3, withinNanos: nanos(1), to: 'bad' }] },
          { name: 'bad', on: [], after: [{ nanos: nanos(3), to: 'idle' }], enter: [{ action: 'cpu-sample', as: 'cpu', if: null, ifText: null, parameters: {} }] },
        ],
      },
    }) as MachineDryRunResult;
    expect(result).toMatchObject({ kind: 'state-machine', scanned: 200, reached: 200, error: null, keys: 2 });
    expect(result.transitions).toBeGreaterThan(1);
    expect(result.actions).toBeGreaterThan(0);
    const moved = result.steps.find((step) => step.cause === 'record' && step.to === 'bad')!;
    expect(moved).toMatchObject({ key: 'cart', from: 'idle', via: 0, because: 'SeverityNumber >= 17, 3 times within 1 s', guards: [{ outcome: true, have: 2, need: 3, said: { outcome: true, reads: [{ name: 'SeverityNumber', value: 17 }] } }] });
    expect(result.steps.find((step) => step.cause === 'timer')).toMatchObject({ from: 'bad', to: 'idle', record: null, because: '3 s in bad' });
    expect(result.steps.reduce((sum, { cause, passedOver }) => sum + passedOver + (cause === 'record' ? 1 : 0), result.passedOver)).toBe(200);
    expect(result.events.find((event) => event.event === 'action')).toMatchObject({ action: 'cpu-sample', key: 'cart' });
  });
});

describe('dailySaving', () => {
  const nothing = { records: 0, bytes: 0 };
  it('scales to a day and to the whole stream, signal by signal', () => {
    const result = { saved: { logs: { records: 500, bytes: 3000 }, spans: nothing, metrics: { records: -10, bytes: -1000 } }, groups: 4 };
    expect(dailySaving(result, 10_000, 0.5)).toEqual({ bytesPerDay: 400 * 86_400, rates: [{ signal: 'logs', recordsPerSecond: 100, bytesPerSecond: 600, series: 0 }, { signal: 'metrics', recordsPerSecond: -2, bytesPerSecond: -200, series: -4 }] });
    expect(dailySaving({ saved: { logs: nothing, spans: nothing, metrics: nothing }, groups: 0 }, 1000, 1)).toEqual({ bytesPerDay: 0, rates: [] });
    expect(dailySaving(result, 0, 1)).toBeNull();
  });
});
