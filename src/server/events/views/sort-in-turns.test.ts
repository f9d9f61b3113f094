import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mapInTurns, sortedPart } from './sort-in-turns.ts';

it('gives the part of all items in order that a plain sort does', async () => {
  const numbers = fc.tuple(fc.integer({ min: 0, max: 12_000 }), fc.integer()).map(([count, seed]) => Array.from({ length: count }, (_, i) => Math.imul(i ^ seed, 0x9e3779b1) >> 20));
  await fc.assert(fc.asyncProperty(numbers, fc.nat(13_000), fc.nat(5000), async (items, from, count) => {
    expect(await sortedPart(items, (a, b) => a - b, from, from + count)).toEqual(items.toSorted((a, b) => a - b).slice(from, from + count));
  }), { numRuns: 30 });
});

it('others have their turn while many items are gone through', async () => {
  let turns = 0;
  let isDone = false;
  const count = (): void => { turns++; if (!isDone) setImmediate(count); };
  setImmediate(count);
  const items = Array.from({ length: 20_000 }, (_, i) => i);
  const kept = await mapInTurns(items, (i) => (i % 2 === 0 ? { i } : null));
  await sortedPart(kept, (a, b) => b.i - a.i, 0, 10);
  isDone = true;
  expect(kept).toHaveLength(10_000);
  expect(turns).toBeGreaterThan(2);
});
