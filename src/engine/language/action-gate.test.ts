import { expect, it } from 'vitest';
import { ActionGate } from './action-gate.ts';

const bounds = { actions: 2, perMs: 10_000, cooldownMs: 1000 };

it('lets so many start in any window, with a pause between two of a kind, and goes on from what was', () => {
  const gate = new ActionGate(bounds);
  expect([gate.start('a', 0), gate.start('a', 500), gate.start('b', 500), gate.start('a', 9999), gate.start('a', 10_000)]).toEqual([null, 'in cooldown for another 0.5 s', null, 'the limit of 2 actions per 10 s is used up', null]);
  const later = new ActionGate(bounds, gate.starts());
  expect(later.start('c', 10_400)).toBe('the limit of 2 actions per 10 s is used up');
  expect(later.start('c', 10_500)).toBeNull();
});

it('time never goes back', () => {
  const gate = new ActionGate(bounds);
  expect([gate.start('a', 5000), gate.start('a', 0), gate.start('a', 6000)]).toEqual([null, 'in cooldown for another 1 s', null]);
});
