// Which pixels of a row belong to which box: boxes of two pixels and more by themselves, thinner ones merged a pixel column at a time,
// skipping ahead by galloping. A row costs at most one span a column, however many boxes it has.
import type { FlameBoxes } from '../../../profiles/index.ts';
import { firstEndingAfter, rowRange } from './bisect.ts';
import type { WidestBoxes } from './widest-boxes.ts';

/** The axis on the screen: `start` at column 0, `scale` device pixels a unit, `width` columns. */
export interface AxisView { readonly start: number; readonly scale: number; readonly width: number }

export const axisView = (window: { readonly start: number; readonly end: number }, width: number): AxisView => ({ start: window.start, scale: window.end > window.start ? width / (window.end - window.start) : 0, width });

/** The column where an axis position falls; beyond both edges too. */
export const columnOf = (view: AxisView, x: number): number => Math.round((x - view.start) * view.scale);

/** Spans of one row, from the left, never overlapping: columns `left .. right`, boxes `first .. end`, `box` lends the colour. Used again for each row. */
export class RowSpans {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly box: Int32Array;
  readonly first: Int32Array;
  readonly end: Int32Array;
  count = 0;

  /** Columns at most. */
  constructor(width: number) {
    [this.left, this.right, this.box, this.first, this.end] = [new Int32Array(width), new Int32Array(width), new Int32Array(width), new Int32Array(width), new Int32Array(width)];
  }

  push(left: number, right: number, box: number, first: number, end: number): void {
    if (right <= left) return;
    const at = this.count++;
    this.left[at] = left;
    this.right[at] = right;
    this.box[at] = box;
    this.first[at] = first;
    this.end[at] = end;
  }
}

/** Where a box ends that ends at `x`: what lies beyond the edge makes it no wider. */
const rightOf = (view: AxisView, x: number): number => Math.min(columnOf(view, x), view.width);

/** Fills `out` with what of a row is in view. */
export function spansOfRow(boxes: FlameBoxes, widest: WidestBoxes, row: number, view: AxisView, out: RowSpans): void {
  const [from, to] = rowRange(boxes, row);
  out.count = 0;
  let free = 0;
  for (let box = firstEndingAfter(boxes, from, to, view.start); box < to;) {
    const left = Math.max(columnOf(view, boxes.start[box]!), 0);
    if (left >= view.width) return;
    const right = rightOf(view, boxes.end[box]!);
    if (right - left >= 2) {
      out.push(Math.max(left, free), right, box, box, box + 1);
      free = right;
      box += 1;
      continue;
    }
    const end = endOfColumn(boxes, box, to, view, left);
    if (left >= free) out.push(left, left + 1, end - box > 1 ? widest.of(box, end) : box, box, end);
    free = left + 1;
    box = end;
  }
}

/** The box after the last that starts in `column`; one before it when that last is wide enough to stand by itself. */
function endOfColumn(boxes: FlameBoxes, box: number, to: number, view: AxisView, column: number): number {
  let low = box + 1;
  let step = 1;
  while (low + step <= to && columnOf(view, boxes.start[low + step - 1]!) <= column) { low += step; step *= 2; }
  let high = Math.min(low + step, to);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columnOf(view, boxes.start[middle]!) <= column) low = middle + 1; else high = middle;
  }
  return low - box > 1 && rightOf(view, boxes.end[low - 1]!) - column >= 2 ? low - 1 : low;
}
