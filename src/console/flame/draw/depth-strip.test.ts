import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clampScroll, maxScroll, type RowLines } from '../layout/row-lines.ts';
import { scrollAtStrip, thumbOf } from './depth-strip.ts';

const deep: fc.Arbitrary<RowLines> = fc.record({ direction: fc.constantFrom('up' as const, 'down' as const), rows: fc.integer({ min: 60, max: 5000 }), rowHeight: fc.constant(20), height: fc.integer({ min: 100, max: 900 }), pad: fc.constant(4), scroll: fc.nat(100_000) }).map(lines => ({ ...lines, scroll: clampScroll(lines, lines.scroll) }));

it('has its thumb on the strip, at the root\'s end when not scrolled', () => {
  fc.assert(fc.property(deep, lines => {
    const { top, bottom } = thumbOf(lines);
    expect(top >= 0 && bottom <= lines.height && bottom - top >= 7).toBe(true);
    const atRoot = thumbOf({ ...lines, scroll: 0 });
    expect(lines.direction === 'up' ? atRoot.bottom : lines.height - atRoot.top).toBe(lines.height);
  }));
});

it('scrolls to where the thumb then is', () => {
  fc.assert(fc.property(deep, fc.nat(900), (lines, y) => {
    const scrolled = { ...lines, scroll: clampScroll(lines, scrollAtStrip(lines, y)) };
    const { top, bottom } = thumbOf(scrolled);
    if (scrolled.scroll > 0 && scrolled.scroll < maxScroll(lines)) expect(Math.abs((top + bottom) / 2 - y)).toBeLessThanOrEqual(1.5);
  }));
});
