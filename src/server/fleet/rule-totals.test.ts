import { expect, it } from 'vitest';
import { addTotals, noTotals, totalsOf } from './rule-totals.ts';

it('records that a redact rule could not rule out add up over agents, and are not told of where there are none', () => {
  const stats = { id: 'r', version: 1, matched: 3, removed: 0, changed: 3, emitted: 0, errors: 0, cpuMs: 0, bytesRemoved: 0, lastError: null };
  const [doubted, sure] = [totalsOf({ ...stats, noIdYet: 2 }), totalsOf(stats)];
  expect(addTotals(addTotals(doubted, sure), doubted).noIdYet).toBe(4);
  expect(addTotals(noTotals, sure)).not.toHaveProperty('noIdYet');
});
