import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, withEdits } from './text-edits.ts';

describe('text edits', () => {
  it('apply in order of place', () => {
    expect(withEdits('Logs | drop', [{ start: 0, end: 4, text: 'Spans' }, { start: 7, end: 11, text: 'take 1' }])).toBe('Spans | take 1');
  });

  it('are found as one between any two texts, as short as both ends allow', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '\n') }), fc.string({ unit: fc.constantFrom('a', 'b', '\n') }), (before, after) => {
      const edit = differenceOf(before, after);
      expect(withEdits(before, edit === null ? [] : [edit])).toBe(after);
      if (edit !== null && edit.start < edit.end && edit.text !== '') expect(before[edit.start]).not.toBe(edit.text[0]);
    }));
  });
});
