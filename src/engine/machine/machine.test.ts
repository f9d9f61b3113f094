// The machine over records in time: counts within a window, timers, limits, since() and last(), keys and their bound.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expr } from '../../kql/index.ts';
import { codec, type RequestView } from '../../otlp/index.ts';
import { attr, call, col, lit, logRequest } from '../../testing/index.ts';
import { createMachine, machinePlanVersion, type Machine, type MachineEvent, type MachinePlan, type MachinePlanState } from './index.ts';

const second = 1_000_000_000n;
const deep = call('and', call('==', col('EventName'), lit('QueueDepth')), call('>', call('toint', attr('depth')), lit(200)));
const to = (name: string, when: Expr, count = 1, withinSeconds: number | null = null) => ({ when, text: 'guard', count, withinNanos: withinSeconds === null ? null : String(BigInt(withinSeconds) * second), to: name });
const state = (name: string, more: Partial<MachinePlanState> = {}): MachinePlanState => ({ name, enter: [], on: [], after: [], ...more });
const after = (seconds: number, name: string) => ({ nanos: String(BigInt(seconds) * second), to: name });
const action = (name: string, condition: Expr | null = null) => ({ action: name, as: null, if: condition, ifText: condition === null ? null : 'last("memory-dump") > 1h', parameters: {} });
const limits = { actions: 5, perNanos: String(3600n * second), cooldownNanos: '0', maxKeys: 100 };
const plan = (states: readonly MachinePlanState[], more: Partial<MachinePlan> = {}): MachinePlan =>
  ({ version: machinePlanVersion, key: [{ text: 'queue', expr: attr('queue') }], initial: states[0]!.name, states, limits, ...more });

function machineOf(given: MachinePlan): Machine {
  const made = createMachine(given);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** A record of this name, for the queue `orders` unless said otherwise. */
function view(eventName: string, attributes: Record<string, string | number> = {}): RequestView {
  const walked = codec.walk('logs', logRequest([{ service: 'shop', scope: 's', resource: { 'service.name': 'shop' }, record: { eventName, attributes: { queue: 'orders', ...attributes } } }]));
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
}
/** It comes at a second. */
const at = (machine: Machine, seconds: number, eventName: string, attributes: Record<string, string | number> = {}): readonly MachineEvent[] => machine.feed(view(eventName, attributes), 0, BigInt(Math.round(seconds * 1000)) * 1_000_000n);
const told = (events: readonly MachineEvent[]): readonly string[] => events.map((one) => (one.event === 'transition' ? `${one.from} -> ${one.to}` : one.event === 'key-evicted' ? `evicted ${one.key}` : `${one.event === 'action' ? 'run' : 'not run'} ${one.action}`));

describe('a machine', () => {
  const stuck = plan([
    state('idle', { on: [to('growing', deep)] }),
    state('growing', { after: [after(60, 'idle')], on: [to('stuck', deep, 5, 30)] }),
    state('stuck', { enter: [action('cpu-sample'), action('memory-dump', call('>', call('last', lit('memory-dump')), lit(String(3600n * second), 'timespan')))], after: [after(300, 'idle')] }),
  ]);

  it('takes a counted transition when so many matches fall within the time', () => {
    const machine = machineOf(stuck);
    expect(told(at(machine, 0, 'QueueDepth', { depth: 250 }))).toEqual(['idle -> growing']);
    for (const seconds of [1, 2, 3, 4]) expect(at(machine, seconds, 'QueueDepth', { depth: 250 })).toEqual([]);
    expect(machine.keys()[0]!.waits[0]).toMatchObject({ on: 'matches', have: 4, need: 5 });
    expect(told(at(machine, 5, 'QueueDepth', { depth: 250 }))).toEqual(['growing -> stuck', 'run cpu-sample', 'run memory-dump']);
  });

  it('lets matches leave the window, and says how many it still has', () => {
    const machine = machineOf(stuck);
    for (const seconds of [0, 1, 11, 21, 31]) at(machine, seconds, 'QueueDepth', { depth: 250 });
    expect(at(machine, 41, 'QueueDepth', { depth: 250 })).toEqual([]);
    expect(machine.keys()[0]!.waits[0]).toMatchObject({ have: 4, oldestUnixNano: 11n * second });
  });

  it('goes back when its time is over, at that time, whenever it is asked', () => {
    const machine = machineOf(stuck);
    at(machine, 0, 'QueueDepth', { depth: 250 });
    expect(machine.advance(59n * second)).toEqual([]);
    expect(machine.advance(500n * second)).toMatchObject([{ event: 'transition', from: 'growing', to: 'idle', atUnixNano: 60n * second, because: '1 m in growing' }]);
  });

  it('runs an action again only when its condition and the limits allow it', () => {
    const machine = machineOf({ ...stuck, limits: { ...limits, cooldownNanos: String(600n * second) } });
    const run = (from: number) => [0, 1, 2, 3, 4, 5].flatMap((seconds) => at(machine, from + seconds, 'QueueDepth', { depth: 250 }));
    expect(told(run(0))).toContain('run memory-dump');
    const again = run(400);
    expect(told(again)).toEqual(['stuck -> idle', 'idle -> growing', 'growing -> stuck', 'not run cpu-sample', 'not run memory-dump']);
    expect(again.filter((one) => one.event === 'action-not-run').map((one) => one.because)).toEqual(['in cooldown for another 3 m 20 s', 'its condition did not hold: last("memory-dump") > 1h']);
  });

  it('counts actions over a sliding time', () => {
    const pulse = plan([state('a', { on: [to('a', call('==', col('EventName'), lit('Tick')))], enter: [action('cpu-sample')] })], { limits: { ...limits, actions: 2, perNanos: String(10n * second) } });
    const machine = machineOf(pulse);
    expect([0, 1, 2, 9, 10, 11].flatMap((seconds) => told(at(machine, seconds, 'Tick')).slice(1))).toEqual(['run cpu-sample', 'run cpu-sample', 'not run cpu-sample', 'not run cpu-sample', 'run cpu-sample', 'run cpu-sample']);
  });

  it('measures the gap since a record of a name, per key, null before the first', () => {
    const slow = call('and', call('==', col('EventName'), lit('QueueEnd')), call('>', call('since', lit('QueueStart')), lit(String(second / 5n), 'timespan')));
    const machine = machineOf(plan([state('ok', { on: [to('slow', slow)] }), state('slow')]));
    expect(at(machine, 0, 'QueueEnd')).toEqual([]);
    at(machine, 1, 'QueueStart');
    expect(at(machine, 1.1, 'QueueEnd')).toEqual([]);
    expect(at(machine, 1.3, 'QueueEnd', { queue: 'refunds' })).toEqual([]);
    expect(told(at(machine, 1.3, 'QueueEnd'))).toEqual(['ok -> slow']);
  });

  it('drops the least recently used key past its bound and says so', () => {
    const machine = machineOf({ ...stuck, limits: { ...limits, maxKeys: 2 } });
    at(machine, 0, 'QueueDepth', { depth: 250, queue: 'a' });
    at(machine, 1, 'QueueDepth', { depth: 250, queue: 'b' });
    at(machine, 2, 'QueueDepth', { depth: 250, queue: 'a' });
    expect(told(at(machine, 3, 'QueueDepth', { depth: 250, queue: 'c' }))).toEqual(['evicted b', 'idle -> growing']);
    expect(machine.keys().map(({ key }) => key)).toEqual(['a', 'c']);
  });

  it('counts what each guard gave, null apart from false', () => {
    const machine = machineOf(stuck);
    at(machine, 0, 'QueueDepth');
    at(machine, 0, 'QueueDepth', { depth: 3 });
    at(machine, 0, 'Other', { depth: 300 });
    expect(machine.guardCounts()[0]).toMatchObject({ state: 'idle', to: 'growing', isTrue: 0, isFalse: 2, isNull: 1 });
  });

  it('refuses a plan that leads nowhere', () => {
    const made = createMachine(plan([state('idle', { on: [to('gone', deep)] })]));
    expect(made).toMatchObject({ ok: false, error: { code: 'machine-invalid', message: 'There is no state gone.' } });
  });

  it('counts matches of a late batch at the times of their records, and says which came too late', () => {
    const machine = machineOf(stuck);
    const late = (now: number, seconds: number, name = 'QueueDepth') => machine.feed(view(name, { depth: 250 }), 0, BigInt(now) * second, BigInt(seconds) * second);
    expect(told(late(700, 0))).toEqual(['idle -> growing']);
    for (const seconds of [120, 240, 360, 480, 600]) expect(late(700, seconds)).toEqual([]);
    expect(machine.keys()[0]!.waits[0]).toMatchObject({ have: 0, need: 5, late: 5 });
    expect(machine.guardCounts()[1]).toMatchObject({ isTrue: 5, late: 5 });
    for (const seconds of [699, 675, 671, 690]) expect(late(700, seconds)).toEqual([]);
    expect(late(704, 673)).toEqual([]);
    expect(machine.keys()[0]!.waits[0]).toMatchObject({ have: 3, late: 6, oldestUnixNano: 675n * second });
    expect(told([...late(704, 700), ...late(704, 704)])).toContain('growing -> stuck');
  });

  it('measures the gap between two records of a late batch by their own times', () => {
    const slow = call('and', call('==', col('EventName'), lit('QueueEnd')), call('>', call('since', lit('QueueStart')), lit(String(second / 5n), 'timespan')));
    const gap = (start: number, end: number): number => {
      const machine = machineOf(plan([state('ok', { on: [to('slow', slow)] }), state('slow')]));
      machine.feed(view('QueueStart'), 0, 700n * second, BigInt(start) * second);
      return machine.feed(view('QueueEnd'), 0, 700n * second, BigInt(end) * second).length;
    };
    expect([gap(600, 601), gap(600, 600), gap(601, 600)]).toEqual([1, 0, 0]);
  });

  it('lets actions start by the wall clock, where there is one', () => {
    const pulse = plan([state('a', { on: [to('a', call('==', col('EventName'), lit('Tick')))], enter: [action('cpu-sample', call('>', call('last', lit('cpu-sample')), lit(String(5n * second), 'timespan')))] })], { limits: { ...limits, cooldownNanos: String(10n * second) } });
    const machine = machineOf(pulse);
    const fed = (now: number, wall: number) => machine.feed(view('Tick'), 0, BigInt(now) * second, BigInt(now) * second, BigInt(wall) * second).slice(1);
    expect(told(fed(985, 1000))).toEqual(['run cpu-sample']);
    expect(fed(1000, 1001)).toMatchObject([{ because: 'its condition did not hold: last("memory-dump") > 1h' }]);
    expect(fed(1008, 1007)).toMatchObject([{ because: 'in cooldown for another 3 s' }]);
    expect(told(fed(1009, 1010))).toEqual(['run cpu-sample']);
    machine.giveBack('cpu-sample', 1010n * second);
    expect(told(fed(1010, 1011))).toEqual(['run cpu-sample']);
    expect(machine.limits()).toMatchObject({ usedInWindow: 2, readyUnixMs: { 'cpu-sample': 1_021_000 } });
  });

  it('agrees with a count by hand of matches that come out of order', () => {
    const step = fc.record({ gap: fc.integer({ min: 0, max: 9 }), late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })) });
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 30 }), (steps, count, within) => {
      const machine = machineOf(plan([state('a', { on: [to('b', deep, count, within)] }), state('b', { on: [to('a', call('==', col('EventName'), lit('never')))] })]));
      let [now, kept, taken]: [number, number[], boolean] = [1000, [], false];
      for (const { gap, late } of steps) {
        now += gap;
        const when = now - late;
        const newest = Math.max(when, ...kept);
        kept = kept.filter((one) => now - one <= within);
        if (now - when <= within && newest - when <= within) kept = [...kept, when].filter((one) => newest - one <= within);
        if (!taken) expect(machine.feed(view('QueueDepth', { depth: 250 }), 0, BigInt(now) * second, BigInt(when) * second).length).toBe(kept.length >= count ? 1 : 0);
        taken ||= kept.length >= count;
      }
    }));
  });

  it('agrees with a count of matches by hand, whatever the times', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }), (gaps, count, within) => {
      const machine = machineOf(plan([state('a', { on: [to('b', deep, count, within)] }), state('b', { on: [to('a', call('==', col('EventName'), lit('never')))] })]));
      const times = gaps.map(((sum) => (gap: number) => (sum += gap))(0));
      const first = times.findIndex((time, i) => i + 1 >= count && time - times[i + 1 - count]! <= within);
      const taken = times.findIndex((time) => at(machine, time, 'QueueDepth', { depth: 250 }).length > 0);
      expect(taken).toBe(first);
    }));
  });
});
