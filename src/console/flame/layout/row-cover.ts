// How much of the axis each row covers, 0 to 1: the outline of the whole picture, which the depth strip draws.
import type { FlameBoxes } from '../../../profiles/index.ts';
import type { FlameWindow } from '../types.ts';
import { firstEndingAfter } from './bisect.ts';

export function rowCover(boxes: FlameBoxes): Float32Array {
  const cover = new Float32Array(boxes.rows);
  for (let row = 0; row < boxes.rows; row++) {
    let sum = 0;
    for (let box = boxes.rowStart[row]!; box < boxes.rowStart[row + 1]!; box++) sum += boxes.end[box]! - boxes.start[box]!;
    cover[row] = boxes.extent > 0 ? sum / boxes.extent : 0;
  }
  return cover;
}

/** How many rows from the root on have a box in the window. */
export function rowsIn(boxes: FlameBoxes, window: FlameWindow): number {
  for (let row = boxes.rows - 1; row >= 0; row--) {
    const to = boxes.rowStart[row + 1]!;
    const box = firstEndingAfter(boxes, boxes.rowStart[row]!, to, window.start);
    if (box < to && boxes.start[box]! < window.end) return row + 1;
  }
  return 0;
}
