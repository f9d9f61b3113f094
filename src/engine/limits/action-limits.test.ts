// Limits of starts: windows, cooldowns, giving back, and what is taken up from a file.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActionLimits, isUnused, type LimitsState } from './index.ts';

const second = 1_000_000_000n;
const bounds = { actions: 2, perNanos: 10n * second, cooldownNanos: second };
const at = (seconds: number): bigint => BigInt(Math.round(seconds * 1000)) * 1_000_000n;

describe('limits', () => {
  it('let so many start in any window, with a pause between two of a kind', () => {
    const limits = new ActionLimits(bounds);
    expect([limits.start('a', at(0)), limits.start('a', at(0.5)), limits.start('b', at(0.5)), limits.start('a', at(9.999)), limits.start('a', at(10))]).toEqual([null, 'in cooldown for another 500 ms', null, 'the limit of 2 actions per 10 s is used up', null]);
  });

  it('go by a time that never goes back', () => {
    const limits = new ActionLimits(bounds);
    expect([limits.start('a', at(5)), limits.start('a', at(0)), limits.start('a', at(6))]).toEqual([null, 'in cooldown for another 1 s', null]);
  });

  it('show how much is used without moving their time', () => {
    const limits = new ActionLimits(bounds);
    limits.start('a', at(5));
    expect([limits.figures(at(99)).usedInWindow, limits.figures(at(5)).usedInWindow]).toEqual([0, 1]);
    expect(limits.start('a', at(5.5))).toContain('in cooldown');
    expect([limits.start('a', at(6)), limits.start('a', at(7))]).toEqual([null, 'the limit of 2 actions per 10 s is used up']);
  });

  it('go on from what was written down, also from one that knows no kinds', () => {
    const limits = new ActionLimits(bounds);
    limits.start('a', at(1));
    limits.start('b', at(2));
    const state = JSON.parse(JSON.stringify(limits.state())) as LimitsState;
    expect(state).toEqual({ starts: ['1000000000', '2000000000'], last: { a: '1000000000', b: '2000000000' } });
    const later = new ActionLimits(bounds);
    later.restore(state, at(3));
    expect([later.start('c', at(3)), later.start('c', at(11)), later.lastStart('a'), later.lastStart('z')]).toEqual(['the limit of 2 actions per 10 s is used up', null, at(1), null]);
    expect([isUnused(state), isUnused(new ActionLimits(bounds).state())]).toEqual([false, true]);
  });

  it('give back a start as if it had never been, whatever else started', () => {
    const action = fc.constantFrom('a', 'b', 'c');
    fc.assert(fc.property(fc.array(fc.record({ action, gapMs: fc.integer({ min: 0, max: 4000 }), back: fc.boolean() }), { maxLength: 40 }), (steps) => {
      const [some, all] = [new ActionLimits(bounds), new ActionLimits(bounds)];
      let now = 0n;
      for (const { action: kind, gapMs, back } of steps) {
        now += BigInt(gapMs) * 1_000_000n;
        const why = some.start(kind, now);
        if (why !== null) expect(all.start(kind, now)).toBe(why);
        else if (back) some.giveBack(kind, now);
        else expect(all.start(kind, now)).toBeNull();
      }
      expect(some.figures(now)).toEqual(all.figures(now));
      // One more, with which both forget what is too old to count.
      expect(some.start('d', now)).toBe(all.start('d', now));
      expect(some.state()).toEqual(all.state());
    }));
  });

  it('that cannot be read count as used up until nothing from before can count', () => {
    const limits = new ActionLimits(bounds);
    limits.restore({ starts: [], last: {}, unknownAt: String(at(100)) }, at(100));
    expect(limits.start('a', at(103))).toContain('it may start actions again in 7 s');
    expect(limits.figures(at(103))).toMatchObject({ usedInWindow: 2, ofWindow: 2 });
    const next = new ActionLimits(bounds);
    next.restore(JSON.parse(JSON.stringify(limits.state())) as LimitsState, at(104));
    expect([next.start('a', at(109.9)) === null, next.start('a', at(110))]).toEqual([false, null]);
    expect(next.state()).not.toHaveProperty('unknownAt');
  });
});
