import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleBoxes } from '../testing/sample-boxes.ts';
import { nested } from '../testing/arbitrary-boxes.ts';
import { WidestBoxes } from './widest-boxes.ts';

const widthOf = (boxes: { readonly start: Float64Array; readonly end: Float64Array }, box: number): number => boxes.end[box]! - boxes.start[box]!;

it('is as wide as the widest of any range', () => {
  fc.assert(fc.property(nested, fc.nat(), fc.nat(), (boxes, a, b) => {
    const count = boxes.start.length;
    const from = a % count;
    const to = from + 1 + b % (count - from);
    const widest = new WidestBoxes(boxes).of(from, to);
    expect(widest >= from && widest < to).toBe(true);
    for (let box = from; box < to; box++) expect(widthOf(boxes, box)).toBeLessThanOrEqual(widthOf(boxes, widest));
  }));
});

it('is the first of equals, over several levels', () => {
  const boxes = sampleBoxes({ rows: 1, boxes: 1, seed: 1 });
  const same = { ...boxes, start: new Float64Array(10_000), end: new Float64Array(10_000).fill(1) };
  expect(new WidestBoxes(same).of(17, 9_990)).toBe(17);
  same.end[5_555] = 2;
  expect(new WidestBoxes(same).of(17, 9_990)).toBe(5_555);
});
