import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GlyphWidths } from './glyph-widths.ts';

const advance = (text: string) => text === '…' ? 8 : 3 + (text.codePointAt(0)! % 7);
const text = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('letters', () => {
  it('are measured once each', () => {
    const asked: string[] = [];
    const widths = new GlyphWidths(letter => { asked.push(letter); return 5; });
    expect(widths.widthOf('hanoi hanoi')).toBe(55);
    widths.fit('hanoi', 100);
    expect(asked.toSorted()).toEqual([' ', '…', 'a', 'h', 'i', 'n', 'o'].toSorted());
  });
  it('fit whole, or cut with an ellipsis, never wider than the room', () => {
    fc.assert(fc.property(text, fc.nat(300), (name, room) => {
      const widths = new GlyphWidths(advance);
      const fitted = widths.fit(name, room);
      if (widths.widthOf(name) <= room) { expect(fitted).toBe(name); return; }
      expect(widths.widthOf(fitted)).toBeLessThanOrEqual(room);
      if (fitted === '') return;
      expect(fitted.endsWith('…')).toBe(true);
      expect(name.startsWith(fitted.slice(0, -1))).toBe(true);
      expect(fitted.isWellFormed()).toBe(name.isWellFormed());
    }));
  });
  it('are cut as late as there is room', () => {
    const widths = new GlyphWidths(() => 10);
    expect(widths.fit('abcdef', 60)).toBe('abcdef');
    expect(widths.fit('abcdef', 59)).toBe('abcd…');
    expect(widths.fit('abcdef', 20)).toBe('a…');
    expect(widths.fit('abcdef', 19)).toBe('');
  });
});
