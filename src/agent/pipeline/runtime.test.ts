// The runtime over the real engine: what rules make reaches exporters, counts and the tail alike.
import { expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { createPipeline, type OutBatch } from '../../engine/index.ts';
import type { AgentRuleInput, Signal } from '../../model/index.ts';
import type { Operator } from '../../kql/index.ts';
import { codec, encodeLogs } from '../../otlp/index.ts';
import { call, col, lit, plan, rule, where } from '../../testing/index.ts';
import { PipelineRuntime, zeroCounts } from './index.ts';

const startUnixNano = 1_700_000_000_000_000_000n;
const launchesToMetric: AgentRuleInput = {
  id: 'r', name: 'launches', version: 1, order: 100,
  plan: { version: 1, table: 'Logs', operators: [{ op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [] }], sink: { sink: 'to_metric', name: 'app.launches', unit: '', keep: false } },
};

const drops = (event: string): AgentRuleInput => rule(`drop ${event}`, plan('Logs', [isEvent(event)], { sink: 'drop' }));
const routes = (event: string): AgentRuleInput => rule(`route ${event}`, plan('Logs', [isEvent(event)], { sink: 'route', exporter: 'archive' }));
const isEvent = (event: string): Operator => where(call('==', col('EventName'), lit(event)));

function runtimeWith(rules: readonly AgentRuleInput[], isTapped = true) {
  const clock = new ManualClock(startUnixNano);
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1 << 20, maxGroups: 100 });
  const replaced = pipeline.replaceRules(rules);
  if (!replaced.ok) throw new Error(replaced.error.message);
  const sent: (OutBatch & { readonly isSole: boolean })[] = [];
  const tapped: { signal: Signal; stage: string; records: number }[] = [];
  const counts = zeroCounts();
  const held: number[] = [];
  const runtime = new PipelineRuntime({
    pipeline, clock, counts, onHeld: (delta) => held.push(delta), send: (batch) => { sent.push(batch); return null; },
    taps: {
      wants: () => ({ in: false, out: isTapped }),
      offer: (signal, stage, bytes) => { const view = codec.walk(signal, bytes); tapped.push({ signal, stage, records: view.ok ? view.value.recordCount : -1 }); },
    },
  });
  return { runtime, sent, tapped, counts, held };
}

it('shows the metric that a rule makes in the tail after rules, once, as it goes to the exporter', () => {
  const { runtime, sent, tapped, counts } = runtimeWith([launchesToMetric]);
  runtime.accept('logs', encodeLogs({ 'service.name': 'shop' }, '', [{ timeUnixNano: startUnixNano, body: 'a' }, { timeUnixNano: startUnixNano, body: 'b' }]));
  runtime.flush(true);
  expect(sent.map(({ signal, records }) => ({ signal, records }))).toEqual([{ signal: 'metrics', records: 1 }]);
  expect(tapped.filter(({ records }) => records > 0)).toEqual([{ signal: 'metrics', stage: 'out', records: 1 }]);
  expect([counts.received.logs, counts.removed.toMetric, counts.emitted]).toEqual([2, 2, 1]);
});

it('gives the tail every record when no rule takes any', () => {
  const { runtime, tapped, sent } = runtimeWith([]);
  runtime.accept('logs', encodeLogs({}, '', [{ body: 'a' }]));
  runtime.flush(false);
  expect([sent.length, tapped]).toEqual([1, [{ signal: 'logs', stage: 'out', records: 1 }]]);
});

it('tells how many records only an open window holds, so that a crash can be counted', () => {
  const { runtime, held } = runtimeWith([launchesToMetric]);
  const launch = encodeLogs({}, '', [{ timeUnixNano: startUnixNano, body: 'a' }]);
  runtime.accept('logs', launch);
  runtime.accept('logs', launch);
  runtime.flush(false);
  expect(held).toEqual([1, 1]);
  runtime.flush(true);
  expect(held).toEqual([1, 1, -2]);
});

it('leaves the memory of a batch to its exporter only when nobody else has it', () => {
  const request = (): Uint8Array => encodeLogs({}, '', [{ eventName: 'a', body: '1' }, { eventName: 'b', body: '2' }, { eventName: 'c', body: '3' }]);
  const sole = (rules: readonly AgentRuleInput[], isTapped: boolean, how: 'accept' | 'emit' = 'accept'): boolean[] => {
    const { runtime, sent } = runtimeWith(rules, isTapped);
    runtime[how]('logs', request());
    return sent.map(({ isSole }) => isSole);
  };
  expect(sole([], false)).toEqual([true]);
  expect(sole([drops('a'), routes('b')], false)).toEqual([true, true]);
  // The tail has the one batch itself; several it has in memory of its own.
  expect(sole([], true)).toEqual([false]);
  expect(sole([drops('a')], true)).toEqual([false]);
  expect(sole([drops('a'), routes('b')], true)).toEqual([true, true]);
  // Who emits may still read what was emitted.
  expect(sole([drops('a')], false, 'emit')).toEqual([false]);
});
