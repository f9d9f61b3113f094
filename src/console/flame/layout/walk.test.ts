import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allBoxes, nested } from '../testing/arbitrary-boxes.ts';
import { boxesOf } from '../testing/sample-boxes.ts';
import { rowOf } from './bisect.ts';
import { childrenOf, parentOf, placeOf, stepFrom } from './walk.ts';
import { WidestBoxes } from './widest-boxes.ts';

//  0: [0 ............ 100]
//  1: [0 .... 60][60 . 90]
//  2: [0 20][20 55] [70 90]
const boxes = boxesOf([[[0, 100]], [[0, 60], [60, 90]], [[0, 20], [20, 55], [70, 90]]]);
const widest = new WidestBoxes(boxes);

describe('walking', () => {
  it('goes to the parent, the widest child, along the row and to its ends', () => {
    expect(stepFrom(boxes, widest, 0, 'child')).toBe(1);
    expect(stepFrom(boxes, widest, 1, 'child')).toBe(4);
    expect(stepFrom(boxes, widest, 4, 'parent')).toBe(1);
    expect(stepFrom(boxes, widest, 4, 'next')).toBe(5);
    expect(stepFrom(boxes, widest, 5, 'parent')).toBe(2);
    expect(stepFrom(boxes, widest, 5, 'first')).toBe(3);
    expect(stepFrom(boxes, widest, 3, 'last')).toBe(5);
    expect(stepFrom(boxes, widest, 5, 'root')).toBe(0);
  });
  it('stays where there is nothing that way', () => {
    expect(stepFrom(boxes, widest, 0, 'parent')).toBeNull();
    expect(stepFrom(boxes, widest, 4, 'child')).toBeNull();
    expect(stepFrom(boxes, widest, 3, 'previous')).toBeNull();
    expect(stepFrom(boxes, widest, 5, 'next')).toBeNull();
  });
  it('says the place among the siblings', () => {
    expect(placeOf(boxes, 0)).toEqual({ level: 1, position: 1, siblings: 1 });
    expect(placeOf(boxes, 4)).toEqual({ level: 3, position: 2, siblings: 2 });
    expect(placeOf(boxes, 5)).toEqual({ level: 3, position: 1, siblings: 1 });
  });
  it('finds each box among the children of its parent', () => {
    fc.assert(fc.property(nested, some => {
      for (const box of allBoxes(some)) {
        const parent = parentOf(some, box);
        if (parent === null) { expect(rowOf(some, box)).toBe(0); continue; }
        expect(some.start[parent]! <= some.start[box]! && some.end[parent]! >= some.end[box]!).toBe(true);
        if (some.end[box]! === some.start[box]!) continue;
        const [from, to] = childrenOf(some, parent);
        expect(box >= from && box < to).toBe(true);
      }
    }));
  });
  it('finds the parent of a box of no width at its end', () => {
    const thin = boxesOf([[[0, 10]], [[0, 4], [4, 10]], [[4, 4], [10, 10]]]);
    expect(parentOf(thin, 3)).toBe(2);
    expect(parentOf(thin, 4)).toBe(2);
  });
});
