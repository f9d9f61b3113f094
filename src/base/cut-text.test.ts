import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutText } from './cut-text.ts';

it('gives the beginning, well-formed and no longer than asked for', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 0, max: 50 }), (text, most) => {
    const cut = cutText(text, most);
    expect(cut.length <= most && cut.isWellFormed()).toBe(true);
    expect(text.toWellFormed().startsWith(cut)).toBe(true);
    expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, most - 1));
  }));
  expect([cutText('a😀b', 2), cutText('a😀b', 3), cutText('\ud800', 9), cutText(`${'x'.repeat(20)}\ud800`, 30)]).toEqual(['a', 'a😀', '\ufffd', `${'x'.repeat(20)}\ufffd`]);
});
