// What a machine may take: memory by long keys and long counts, timers that chain, plans from outside; and its clock.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attr, call, lit } from '../../testing/index.ts';
import { act, after, deep, limits, machine, named, on, requestOf, state, startNano, stuck, viewOf } from '../nets/testing/nets-for-tests.ts';
import { createMachine, MachineClock, maxLagNanos, maxLeadNanos, parseMachine, type Machine } from './index.ts';
import { TrainedBound } from './trained-bound.ts';

const made = (plan: Parameters<typeof createMachine>[0], maxBytes?: number): Machine => {
  const one = createMachine(plan, undefined, maxBytes);
  if (!one.ok) throw new Error(one.error.message);
  return one.value;
};
const second = 1_000_000_000n;

describe('a machine', () => {
  it('stays within its memory, whatever its keys and counts', () => {
    const counting = made(machine([state('a', { on: [on('b', deep, 10_000, 60_000)] }), state('b', { on: [on('a', named('never'))] })], { limits: { ...limits, maxKeys: 100_000 } }), 1_000_000);
    let most = 0;
    for (let i = 0; i < 1200; i++) {
      const view = viewOf(requestOf(Array.from({ length: 4 }, () => ({ name: 'QueueDepth', attributes: { depth: 250, queue: `${i % 2000} ${'x'.repeat(5000)}` } }))));
      for (let n = 0; n < 4; n++) counting.feed(view, n, startNano + BigInt(i) * 1_000_000n);
      most = Math.max(most, counting.bytes);
    }
    expect(most).toBeLessThan(1_100_000);
    expect(counting.instances).toBeLessThan(600);
    expect(counting.figures().evicted).toBeGreaterThan(100);
  });

  it('tells long keys apart by all of them, and keeps little of them', () => {
    const keyed = made(stuck);
    const long = 'x'.repeat(100_000);
    const queues = [`${long}a`, `${long}b`, `${long}a`, '\ud83d\ude00'.repeat(400), 'short'];
    const view = viewOf(requestOf(queues.map((queue) => ({ name: 'QueueDepth', attributes: { depth: 250, queue } }))));
    queues.forEach((_, i) => keyed.feed(view, i, startNano));
    expect(keyed.instances).toBe(4);
    expect(keyed.bytes).toBeLessThan(4 * 4000);
    for (const { key } of keyed.keys()) expect([key.length <= 500, key.isWellFormed()]).toEqual([true, true]);
  });

  it('fires timers in slices where it is asked to, each at its own time, and those of a record\'s key before the record', () => {
    const timed = made(machine([state('a', { on: [on('b', named('go'))] }), state('b', { after: [after(1000, 'c')] }), state('c', { on: [on('a', named('back'))] })], { limits: { ...limits, maxKeys: 1000 } }));
    const queues = Array.from({ length: 500 }, (_, i) => ({ name: 'go', attributes: { queue: `q${i}` } }));
    const view = viewOf(requestOf(queues));
    queues.forEach((_, i) => timed.feed(view, i, startNano + BigInt(i)));
    const later = startNano + 10n * second;
    const fired = timed.advance(later, null, 100);
    expect([fired.length, timed.isBehind, timed.nowUnixNano]).toEqual([100, true, later]);
    const back = timed.feed(viewOf(requestOf([{ name: 'back', attributes: { queue: 'q499' } }])), 0, later, later, null, 50);
    expect(back).toHaveLength(52);
    expect(back.slice(-2)).toMatchObject([{ key: 'q499', from: 'b', to: 'c', atUnixNano: startNano + second + 499n }, { key: 'q499', from: 'c', to: 'a', atUnixNano: later }]);
    const rest = timed.advance(later, null);
    expect([rest.length, timed.isBehind]).toEqual([349, false]);
    expect(rest.at(-1)).toMatchObject({ key: 'q498', atUnixNano: startNano + second + 498n });
  });

  it('fires ten thousand timers in one go, and the rest of a chain at once', () => {
    const spins = made(machine([state('a', { on: [on('b', named('go'))] }), state('b', { after: [after(1, 'b')], enter: [act('cpu-sample')] })]));
    spins.feed(viewOf(requestOf([{ name: 'go' }])), 0, startNano);
    const events = spins.advance(startNano + 3600n * second);
    expect(events.filter(({ event }) => event === 'transition').length).toBe(10_001);
    expect(spins.limits().usedInWindow).toBe(5);
    expect(spins.advance(startNano + 3600n * second + 5_000_000n)).toHaveLength(10);
  });

  it('takes no plan from outside that is not one', () => {
    const plain = JSON.parse(JSON.stringify(stuck)) as Record<string, unknown>;
    expect(parseMachine(plain)).toEqual({ ok: true, value: plain });
    const deepGuard = Array.from({ length: 5000 }).reduce<unknown>((inner) => ({ k: 'call', type: 'bool', fn: 'not', args: [inner] }), lit(true));
    const wrong: unknown[] = [null, 'x', {}, { ...plain, version: 2 }, { ...plain, states: [] }, { ...plain, limits: { ...limits, maxKeys: 1e9 } }, { ...plain, key: [{ text: 'k', expr: { k: 'eval' } }] }, { ...plain, states: [{ name: 'idle', enter: [], after: [], on: [{ ...on('idle', deep), when: deepGuard }] }] }, { ...plain, key: [{ text: 'k'.repeat(100_000), expr: attr('x') }] }];
    for (const one of wrong) expect(parseMachine(one)).toMatchObject({ ok: false });
    expect(createMachine(machine([state('a', { on: [on('a', call('>', attr('x'), { k: 'call', type: 'real', fn: 'trained', args: [lit('nowhere'), lit(1)] }))] })]))).toMatchObject({ ok: false, error: { message: 'trained("nowhere") has nothing to go by.' } });
  });
});

describe('its clock', () => {
  it('never goes back, leads the wall clock by little, and lags it by little', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.option(fc.integer({ min: -100_000, max: 100_000 }))), { maxLength: 100 }), (steps) => {
      const clock = new MachineClock();
      let wall = startNano;
      let before = 0n;
      for (const [gapMs, skewMs] of steps) {
        wall += BigInt(gapMs) * 1_000_000n;
        const now = skewMs === null ? clock.wall(wall) : clock.record(wall + BigInt(skewMs) * 1_000_000n, wall);
        expect(now >= before).toBe(true);
        expect(now <= wall + maxLeadNanos).toBe(true);
        expect(now >= wall - maxLagNanos).toBe(true);
        expect(clock.atUnixNano <= now).toBe(true);
        before = clock.nowUnixNano;
      }
    }));
  });
});

describe('a measured bound', () => {
  it('is the percentile of what lies in the time, and needs enough of it', () => {
    const bound = new TrainedBound(99, 800n * second);
    for (let i = 0; i < 99; i++) bound.learn('k', 'k', i, BigInt(i) * second);
    expect(bound.value('k', 99n * second)).toBeNull();
    for (let i = 0; i < 1000; i++) bound.learn('k', 'k', i % 100, 110n * second);
    expect(bound.value('k', 120n * second)).toBeGreaterThan(90);
    for (let i = 0; i < 1000; i++) bound.learn('k', 'k', 5, 1500n * second);
    expect(bound.value('k', 1510n * second)).toBe(5);
  });

  it('keeps its size, and goes on from what was written down', () => {
    const bound = new TrainedBound(50, 800n * second);
    for (let i = 0; i < 20_000; i++) bound.learn(`k${i % 500}`, 'k', i % 10, BigInt(i) * second / 10n);
    const state = JSON.parse(JSON.stringify(bound.state())) as ReturnType<TrainedBound['state']>;
    expect(state.length).toBe(128);
    const next = new TrainedBound(50, 800n * second);
    next.restore(state);
    expect(next.values(2000n * second, 500)).toEqual(bound.values(2000n * second, 500));
  });
});
