import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allBoxes, nested, oneRow } from '../testing/arbitrary-boxes.ts';
import { boxAt, firstEndingAfter, firstStartingFrom, rowOf, rowRange } from './bisect.ts';

describe('bisection', () => {
  it('finds the box that a walk over the row finds', () => {
    fc.assert(fc.property(oneRow, fc.double({ min: -5, max: 5000, noNaN: true }), (boxes, x) => {
      const walked = allBoxes(boxes).find(box => boxes.start[box]! <= x && boxes.end[box]! > x) ?? null;
      expect(boxAt(boxes, 0, x)).toBe(walked);
    }));
  });
  it('finds the first box after a position', () => {
    fc.assert(fc.property(oneRow, fc.nat(4000), (boxes, x) => {
      const all = allBoxes(boxes);
      expect(firstEndingAfter(boxes, 0, all.length, x)).toBe(all.find(box => boxes.end[box]! > x) ?? all.length);
      expect(firstStartingFrom(boxes, 0, all.length, x)).toBe(all.find(box => boxes.start[box]! >= x) ?? all.length);
    }));
  });
  it('knows the row of every box, and no boxes where there is no row', () => {
    fc.assert(fc.property(nested, boxes => {
      for (let row = 0; row < boxes.rows; row++) for (let box = boxes.rowStart[row]!; box < boxes.rowStart[row + 1]!; box++) expect(rowOf(boxes, box)).toBe(row);
      for (const row of [-1, boxes.rows]) { const [from, to] = rowRange(boxes, row); expect(to).toBe(from); expect(boxAt(boxes, row, 0)).toBeNull(); }
    }));
  });
});
