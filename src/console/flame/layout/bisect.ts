// Where in a row an axis position lies. Boxes of a row ascend and never overlap, so starts and ends are each in order.
import type { FlameBoxes } from '../../../profiles/index.ts';

/** The first box of `from .. to` that ends after `x`; `to` when none does. */
export function firstEndingAfter(boxes: FlameBoxes, from: number, to: number, x: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (boxes.end[middle]! > x) high = middle; else low = middle + 1;
  }
  return low;
}

/** The first box of `from .. to` that starts at `x` or later; `to` when none does. */
export function firstStartingFrom(boxes: FlameBoxes, from: number, to: number, x: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (boxes.start[middle]! >= x) high = middle; else low = middle + 1;
  }
  return low;
}

/** The boxes of a row are `from .. to`; both are the same where there is no such row. */
export const rowRange = (boxes: FlameBoxes, row: number): readonly [from: number, to: number] => row < 0 || row >= boxes.rows ? [0, 0] : [boxes.rowStart[row]!, boxes.rowStart[row + 1]!];

/** The row of a box. Rows are never empty in between, yet an empty one does no harm. */
export function rowOf(boxes: FlameBoxes, box: number): number {
  let low = 0;
  let high = boxes.rows - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (boxes.rowStart[middle]! <= box) low = middle; else high = middle - 1;
  }
  return low;
}

/** The box of a row at an axis position: its start belongs to it, its end to the next. */
export function boxAt(boxes: FlameBoxes, row: number, x: number): number | null {
  const [from, to] = rowRange(boxes, row);
  const box = firstEndingAfter(boxes, from, to, x);
  return box < to && boxes.start[box]! <= x ? box : null;
}
