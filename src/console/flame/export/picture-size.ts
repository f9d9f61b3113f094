// How large an exported picture is, and where its rows are: all rows of the window, from the root, with a line of text above.
import { rowsIn } from '../layout/row-cover.ts';
import type { RowLines } from '../layout/row-lines.ts';
import type { FlamePicture } from '../types.ts';

export interface ExportOptions {
  /** Where the theme's colours are read; the page's root unless told. */
  readonly from?: Element;
  /** CSS pixels; 1440 unless told. */
  readonly width?: number;
}
export const exportWidth = 1440;
/** CSS pixels: the line that says what the picture is. */
export const captionHeight = 24;
const pad = 4;

/** Rows below the caption, in CSS pixels; at most `maxHeight` of them are kept, `leftOut` rows are not. */
export function exportLines({ boxes, direction, window }: FlamePicture, rowHeight: number, maxHeight: number): { readonly lines: RowLines; readonly leftOut: number } {
  const all = rowsIn(boxes, window);
  const rows = Math.min(all, Math.max(1, Math.floor((maxHeight - 2 * pad) / rowHeight)));
  return { lines: { direction, rows, rowHeight, height: rows * rowHeight + 2 * pad, pad, scroll: 0 }, leftOut: all - rows };
}

/** What the picture is, and what it does not show. */
export function captionOf({ label, boxes, window }: FlamePicture, leftOut: number): string {
  const share = boxes.extent > 0 ? (window.end - window.start) / boxes.extent : 1;
  return [label, ...(share < 1 ? [`${(share * 100).toFixed(share < 0.01 ? 3 : 1)} % of the width`] : []), ...(leftOut > 0 ? [`${leftOut} deeper rows are left out`] : [])].join(', ');
}
