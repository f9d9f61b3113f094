// Rows on the screen: which are in view, and where. All lengths in device pixels; scrolling is counted from the root's end.

export interface RowLines {
  readonly direction: 'up' | 'down';
  readonly rows: number;
  /** Of one row, its gap included. */
  readonly rowHeight: number;
  /** Of the picture. */
  readonly height: number;
  /** Between the root and the picture's edge. */
  readonly pad: number;
  readonly scroll: number;
}

/** How far the rows can be scrolled; 0 when all fit. */
export const maxScroll = ({ rows, rowHeight, height, pad }: RowLines): number => Math.max(0, rows * rowHeight + 2 * pad - height);

export const clampScroll = (lines: RowLines, scroll: number): number => Math.min(Math.max(scroll, 0), maxScroll(lines));

/** The y of a row's upper edge; outside 0 to height when the row is not in view. */
export const topOfRow = ({ direction, rowHeight, height, pad, scroll }: RowLines, row: number): number => direction === 'up' ? height - pad - (row + 1) * rowHeight + scroll : pad + row * rowHeight - scroll;

/** The row at a y; null where there is none. */
export function rowAtY(lines: RowLines, y: number): number | null {
  const fromRoot = lines.direction === 'up' ? lines.height - lines.pad + lines.scroll - y : y - lines.pad + lines.scroll;
  const row = lines.direction === 'up' ? Math.ceil(fromRoot / lines.rowHeight) - 1 : Math.floor(fromRoot / lines.rowHeight);
  return row >= 0 && row < lines.rows ? row : null;
}

/** Rows in view, the last exclusive. */
export function visibleRows({ rows, rowHeight, height, pad, scroll }: RowLines): readonly [first: number, end: number] {
  const first = Math.max(0, Math.floor((scroll - pad) / rowHeight));
  return [Math.min(first, rows), Math.min(rows, Math.max(first, Math.ceil((scroll - pad + height) / rowHeight)))];
}

/** The least scrolling that brings a row, and one more on each side where there is room, into view. */
export function scrollToRow(lines: RowLines, row: number): number {
  const margin = lines.height >= 3 * lines.rowHeight ? lines.rowHeight : 0;
  const near = lines.pad + row * lines.rowHeight - margin;
  const far = near + lines.rowHeight + 2 * margin - lines.height;
  return clampScroll(lines, lines.scroll > near ? near : Math.max(lines.scroll, far));
}
