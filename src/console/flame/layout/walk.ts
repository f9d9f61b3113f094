// From box to box, as the keyboard walks: to the parent, to the widest child, along the row.
import type { FlameBoxes } from '../../../profiles/index.ts';
import { firstEndingAfter, firstStartingFrom, rowOf, rowRange } from './bisect.ts';
import type { WidestBoxes } from './widest-boxes.ts';

export type FlameStep = 'parent' | 'child' | 'previous' | 'next' | 'first' | 'last' | 'root';

/** The box that `box` stands on; null in row 0. */
export function parentOf(boxes: FlameBoxes, box: number): number | null {
  const [from, to] = rowRange(boxes, rowOf(boxes, box) - 1);
  if (to === from) return null;
  const [start, end] = [boxes.start[box]!, boxes.end[box]!];
  const after = firstEndingAfter(boxes, from, to, start);
  const holds = (candidate: number) => candidate >= from && candidate < to && boxes.start[candidate]! <= start && boxes.end[candidate]! >= end;
  // One without width may stand at the very end of its parent.
  return holds(after) ? after : holds(after - 1) ? after - 1 : null;
}

/** The boxes that stand on `box`: `from .. to`, both the same when none does. */
export function childrenOf(boxes: FlameBoxes, box: number): readonly [from: number, to: number] {
  const [from, to] = rowRange(boxes, rowOf(boxes, box) + 1);
  const first = firstStartingFrom(boxes, from, to, boxes.start[box]!);
  return [first, firstStartingFrom(boxes, first, to, boxes.end[box]!)];
}

/** Where a step leads; null when there is nothing that way. Boxes along a row may have different parents. */
export function stepFrom(boxes: FlameBoxes, widest: WidestBoxes, box: number, step: FlameStep): number | null {
  const [from, to] = rowRange(boxes, rowOf(boxes, box));
  switch (step) {
    case 'parent': return parentOf(boxes, box);
    case 'child': { const [first, end] = childrenOf(boxes, box); return end > first ? widest.of(first, end) : null; }
    case 'previous': return box > from ? box - 1 : null;
    case 'next': return box + 1 < to ? box + 1 : null;
    case 'first': return from;
    case 'last': return to - 1;
    case 'root': return 0;
  }
}

/** A box's place in the tree, as a screen reader says it; level, place and number of siblings count from 1. */
export function placeOf(boxes: FlameBoxes, box: number): { readonly level: number; readonly position: number; readonly siblings: number } {
  const row = rowOf(boxes, box);
  const parent = parentOf(boxes, box);
  const [from, to] = parent === null ? rowRange(boxes, row) : childrenOf(boxes, parent);
  return { level: row + 1, position: box - from + 1, siblings: Math.max(to - from, box - from + 1) };
}
