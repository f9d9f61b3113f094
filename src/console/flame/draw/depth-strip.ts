// The strip at the right edge of a graph that is deeper than its pane: the outline of all rows, and which of them are in view.
import { maxScroll, type RowLines } from '../layout/row-lines.ts';
import type { FlameLook } from './flame-look.ts';
import type { PixelRows } from './pixel-rows.ts';

/** CSS pixels. */
export const stripWidth = 12;

/** Of the strip's height, where what is in view begins and ends. */
export function thumbOf(lines: RowLines): { readonly top: number; readonly bottom: number } {
  const all = lines.rows * lines.rowHeight + 2 * lines.pad;
  const size = Math.min(lines.height, Math.max(lines.height * lines.height / all, 8));
  const free = lines.height - size;
  const fromRoot = maxScroll(lines) > 0 ? lines.scroll / maxScroll(lines) * free : 0;
  const top = Math.round(lines.direction === 'up' ? free - fromRoot : fromRoot);
  return { top, bottom: Math.min(lines.height, Math.round(top + size)) };
}

/** The scroll that puts the middle of what is in view at a y of the strip; may be out of bounds. */
export function scrollAtStrip(lines: RowLines, y: number): number {
  const { top, bottom } = thumbOf(lines);
  const free = lines.height - (bottom - top);
  const fromTop = free > 0 ? (y - (bottom - top) / 2) / free : 0;
  return (lines.direction === 'up' ? 1 - fromTop : fromTop) * maxScroll(lines);
}

/** Columns `left` to the picture's right edge; `cover` is of row-cover.ts. */
export function paintStrip(pixels: PixelRows, left: number, lines: RowLines, cover: Float32Array, { strip }: FlameLook): void {
  const { top, bottom } = thumbOf(lines);
  const right = pixels.image.width;
  for (let y = 0; y < lines.height; y++) {
    const inView = y >= top && y < bottom;
    pixels.fill(left, right, y, inView ? strip.thumb : strip.track);
    pixels.fill(left, left + 1, y, strip.line);
    const length = Math.round((right - left - 4) * widestOf(cover, lines, y));
    if (length > 0) pixels.fill(left + 2, left + 2 + length, y, inView ? strip.thumbBar : strip.bar);
    if (y === top || y === bottom - 1) pixels.fill(left + 1, right, y, strip.thumbLine);
    else if (inView) { pixels.fill(left + 1, left + 2, y, strip.thumbLine); pixels.fill(right - 1, right, y, strip.thumbLine); }
  }
}

/** The most that any of the rows behind one pixel of the strip covers. */
function widestOf(cover: Float32Array, { direction, rows, height }: RowLines, y: number): number {
  const fromRoot = direction === 'up' ? height - 1 - y : y;
  const first = Math.floor(fromRoot / height * rows);
  const end = Math.max(first + 1, Math.floor((fromRoot + 1) / height * rows));
  let most = 0;
  for (let row = first; row < Math.min(end, rows); row++) most = Math.max(most, cover[row]!);
  return Math.min(most, 1);
}
