import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Operator, Plan } from '../../kql/index.ts';
import { codec, encodeLogs, type LogInput } from '../../otlp/index.ts';
import { attr, call, col, lit, plan, where } from '../../testing/index.ts';
import { createClauseCounter } from './clause-counter.ts';

function count(of: Plan, records: readonly LogInput[], targets: Plan | null = null) {
  const counter = createClauseCounter({ plan: of, targets, clock: new ManualClock(0n) });
  if (!counter.ok) throw new Error(counter.error.message);
  const walked = codec.walk('logs', encodeLogs({ 'service.name': 'cart' }, 's', records));
  if (!walked.ok) throw new Error(walked.error.message);
  counter.value.add(walked.value);
  return { counts: counter.value.counts(), flow: counter.value.flow() };
}

const depth = (n: number): LogInput => ({ eventName: 'QueueDepth', attributes: { depth: n } });
const records = [...Array.from({ length: 40 }, (_, i) => depth(i)), ...Array.from({ length: 7 }, () => ({ eventName: 'CartItemAdded' }))];
const named = (name: string) => call('==', col('EventName'), lit(name));
const deep = (than: number) => call('>', call('toint', attr('depth')), lit(than));

describe('ClauseCounter', () => {
  it('blames the clause that is never true, with what was there instead', () => {
    const { counts } = count(plan('Logs', [where(call('and', named('LogLaunch'), deep(3)))], { sink: 'drop' }), records);
    expect(counts[0]).toMatchObject({ text: 'EventName == "LogLaunch"', seen: 47, isFalse: 47, isNull: 0, reached: 47, passed: 0, blamed: true });
    expect(counts[0]!.reads).toEqual([{ name: 'EventName', values: [{ value: 'QueueDepth', count: 40 }, { value: 'CartItemAdded', count: 7 }], other: 0, least: null, most: null }]);
    expect(counts[1]).toMatchObject({ isFalse: 4, isNull: 7, reached: 0, passed: 0, blamed: false });
  });

  it('blames the second when both hold, but never together, and tells the bounds of numbers', () => {
    const { counts } = count(plan('Logs', [where(named('QueueDepth')), where(deep(200))], { sink: 'drop' }), records);
    expect(counts.map(({ operator, reached, passed, blamed }) => [operator, reached, passed, blamed])).toEqual([[0, 47, 40, false], [1, 40, 0, true]]);
    expect(counts[1]!.reads[0]).toMatchObject({ name: 'Attributes["depth"]', least: 0, most: 39, other: 35 });
  });

  it('guesses what a text that nearly equals one was meant to be', () => {
    const near = (expr: Parameters<typeof where>[0]) => count(plan('Logs', [where(expr)], { sink: 'drop' }), records).counts[0]!.near;
    expect(near(named('QueueDepht'))).toEqual({ name: 'EventName', wrote: 'QueueDepht', saw: 'QueueDepth' });
    expect(near(named('queuedepth'))?.saw).toBe('QueueDepth');
    expect(near(call('in', col('EventName'), lit('Zebra'), lit('CartItemAded')))).toEqual({ name: 'EventName', wrote: 'CartItemAded', saw: 'CartItemAdded' });
    expect(near(named('LogLaunch'))).toBeNull();
    expect(count(plan('Logs', [where(named('QueueDepth')), where(deep(500))], { sink: 'drop' }), records).counts.map(({ near: guess }) => guess)).toEqual([null, null]);
    expect(count(plan('Logs', [where(call('==', col('Body', 'dynamic'), lit('ada@example.com')))], { sink: 'drop' }), [{ body: 'ada@example.org' }]).counts[0]!.near).toBeNull();
  });

  it('blames nobody when something matched', () => {
    expect(count(plan('Logs', [where(deep(38))], { sink: 'drop' }), records).counts.map(({ passed, blamed }) => [passed, blamed])).toEqual([[1, false]]);
  });

  it('follows records through the operators', () => {
    const operators: Operator[] = [where(named('QueueDepth')), { op: 'extend', columns: [{ name: 'D', expr: call('toint', attr('depth')) }] }, where(call('>=', col('D', 'int'), lit(30))), { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [] }];
    const { flow } = count(plan('Logs', operators, { sink: 'to_metric', name: 'm', unit: '', keep: false }), records);
    expect(flow).toEqual({ seen: 47, targeted: 47, reached: 10, operators: [{ operator: 0, op: 'where', in: 47, out: 40 }, { operator: 1, op: 'extend', in: 40, out: 40 }, { operator: 2, op: 'where', in: 40, out: 10 }] });
  });

  it('counts targets before the query', () => {
    const targets = plan('source', [where(call('==', call('tostring', { k: 'member', type: 'dynamic', base: col('Agent', 'dynamic'), key: lit('ring') }), lit('canary')))]);
    const { counts, flow } = count(plan('Logs', [where(named('QueueDepth'))], { sink: 'drop' }), records, targets);
    expect(counts[0]).toMatchObject({ operator: -1, passed: 0, blamed: true });
    expect(flow).toMatchObject({ seen: 47, targeted: 0, reached: 0 });
  });

  it('shows no secret among the values', () => {
    const { counts } = count(plan('Logs', [where(call('==', col('Body', 'dynamic'), lit('x')))], { sink: 'drop' }), [{ body: 'mail ada@example.org' }, { body: 4_111_111_111_111_111 }]);
    expect(JSON.stringify(counts)).not.toMatch(/ada@example|4111/);
  });
});
