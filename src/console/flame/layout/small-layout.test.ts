// The small pieces: the tooltip's place, what was found before a box, how much rows cover.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxesOf } from '../testing/sample-boxes.ts';
import { anyFound, foundCounts } from './found-counts.ts';
import { placeTip } from './place-tip.ts';
import { rowCover, rowsIn } from './row-cover.ts';

describe('the tooltip', () => {
  const area = { width: 1000, height: 800 };
  it('stands below the row and right of the pointer where there is room, else above and left', () => {
    expect(placeTip(100, { top: 50, bottom: 72 }, { width: 200, height: 90 }, area)).toEqual({ left: 112, top: 78 });
    expect(placeTip(950, { top: 760, bottom: 782 }, { width: 200, height: 90 }, area)).toEqual({ left: 738, top: 664 });
  });
  it('stays in the page and never covers the row', () => {
    fc.assert(fc.property(fc.nat(1000), fc.integer({ min: -10, max: 790 }), fc.integer({ min: 40, max: 400 }), fc.integer({ min: 20, max: 350 }), (x, top, width, height) => {
      const place = placeTip(x, { top, bottom: top + 22 }, { width, height }, area);
      expect(place.left >= 0 && place.left + width <= area.width && place.top >= 0 && place.top + height <= area.height).toBe(true);
      expect(place.top >= top + 22 || place.top + height <= top).toBe(true);
    }));
  });
});

it('knows of any range whether something in it was found', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(0, 1, 255), { minLength: 1 }), fc.nat(), fc.nat(), (bytes, a, b) => {
    const counts = foundCounts(Uint8Array.from(bytes));
    const from = a % bytes.length;
    const to = from + b % (bytes.length - from + 1);
    expect(anyFound(counts, from, to)).toBe(bytes.slice(from, to).some(byte => byte !== 0));
  }));
});

it('knows what each row covers, and how many rows a window needs', () => {
  const boxes = boxesOf([[[0, 100]], [[0, 50]], [[10, 20]]]);
  expect([...rowCover(boxes)].map(share => Math.round(share * 100))).toEqual([100, 50, 10]);
  expect(rowsIn(boxes, { start: 0, end: 100 })).toBe(3);
  expect(rowsIn(boxes, { start: 20, end: 30 })).toBe(2);
  expect(rowsIn(boxes, { start: 60, end: 70 })).toBe(1);
});
