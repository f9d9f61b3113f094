import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampScroll, maxScroll, rowAtY, scrollToRow, topOfRow, visibleRows, type RowLines } from './row-lines.ts';

const some: fc.Arbitrary<RowLines> = fc.record({ direction: fc.constantFrom('up' as const, 'down' as const), rows: fc.integer({ min: 1, max: 3000 }), rowHeight: fc.integer({ min: 8, max: 60 }), height: fc.integer({ min: 1, max: 1200 }), pad: fc.constantFrom(0, 4, 8), scroll: fc.nat(100_000) }).map(lines => ({ ...lines, scroll: clampScroll(lines, lines.scroll) }));
const isInView = (lines: RowLines, row: number) => topOfRow(lines, row) < lines.height && topOfRow(lines, row) + lines.rowHeight > 0;

describe('rows', () => {
  it('are hit where they are drawn', () => {
    fc.assert(fc.property(some, fc.nat(), fc.nat(), (lines, a, b) => {
      const row = a % lines.rows;
      expect(rowAtY(lines, topOfRow(lines, row) + 0.5 + b % (lines.rowHeight - 1))).toBe(row);
    }));
  });
  it('are visible exactly when some of them is in the picture', () => {
    fc.assert(fc.property(some, lines => {
      const [first, end] = visibleRows(lines);
      for (let row = 0; row < lines.rows; row++) if (isInView(lines, row)) expect(row >= first && row < end).toBe(true);
      for (let row = first; row < end; row++) expect(topOfRow(lines, row) <= lines.height && topOfRow(lines, row) + lines.rowHeight >= 0).toBe(true);
    }));
  });
  it('come into view whole when scrolled to, where they fit', () => {
    fc.assert(fc.property(some, fc.nat(), (lines, a) => {
      const row = a % lines.rows;
      const scrolled = { ...lines, scroll: scrollToRow(lines, row) };
      expect(scrolled.scroll).toBe(clampScroll(lines, scrolled.scroll));
      if (lines.height < lines.rowHeight) return;
      expect(topOfRow(scrolled, row)).toBeGreaterThanOrEqual(0);
      expect(topOfRow(scrolled, row) + lines.rowHeight).toBeLessThanOrEqual(lines.height);
    }));
  });
  it('start at the bottom in a flame, at the top in an icicle', () => {
    const lines: RowLines = { direction: 'up', rows: 3, rowHeight: 20, height: 200, pad: 4, scroll: 0 };
    expect(topOfRow(lines, 0)).toBe(176);
    expect(topOfRow({ ...lines, direction: 'down' }, 0)).toBe(4);
    expect(maxScroll(lines)).toBe(0);
    expect(maxScroll({ ...lines, rows: 100 })).toBe(1808);
  });
});
