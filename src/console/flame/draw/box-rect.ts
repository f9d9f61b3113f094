// Where one box is on the screen, in device pixels, as the rows draw it.
import type { FlameBoxes } from '../../../profiles/index.ts';
import { rowOf } from '../layout/bisect.ts';
import { topOfRow, type RowLines } from '../layout/row-lines.ts';
import { columnOf, type AxisView } from '../layout/row-spans.ts';

export interface BoxRect { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** Cut to the picture's sides; null when nothing of it is in view. */
export function boxRect(boxes: FlameBoxes, box: number, view: AxisView, lines: RowLines, gap: number): BoxRect | null {
  const top = topOfRow(lines, rowOf(boxes, box));
  const [from, to] = [columnOf(view, boxes.start[box]!), columnOf(view, boxes.end[box]!)];
  if (to < 0 || from >= view.width || top + lines.rowHeight <= 0 || top >= lines.height) return null;
  const left = Math.max(from, 0);
  return { left, top, width: Math.max(1, Math.min(to, view.width) - left - gap), height: lines.rowHeight - gap };
}
