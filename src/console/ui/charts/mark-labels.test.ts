import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels } from './mark-labels.ts';

const shownOf = (ats: readonly number[], label = 'drop-render on', widthPx = 900) => placeLabels(ats.map(at => ({ at, label })), 0, 300_000, widthPx).map(each => each.shown);

describe('placeLabels', () => {
  it('draws labels that have room', () => expect(shownOf([0, 100_000, 200_000])).toEqual([true, true, true]));
  it('writes a heap in rows, the newest on top, and leaves out what has none', () => {
    const heap = placeLabels([100_000, 101_000, 102_000, 103_000].map(at => ({ at, label: 'drop-render on' })), 0, 300_000, 900);
    expect(heap.map(({ shown, row }) => (shown ? row : null))).toEqual([null, 2, 1, 0]);
  });
  it('draws fewer where there is less room', () => expect(shownOf([0, 50_000, 100_000, 150_000, 200_000], 'drop-render on', 120).filter(Boolean)).toHaveLength(3));
  it('puts late labels on the left, inside the plot', () => expect(placeLabels([{ at: 10, label: 'a' }, { at: 290, label: 'b' }], 0, 300, 900).map(each => each.side)).toEqual(['right', 'left']));
  it('never draws one label over another, and always draws one', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.string({ minLength: 1, maxLength: 30 })), { minLength: 1, maxLength: 20 }), drawn => {
      const shown = placeLabels(drawn.map(([at, label]) => ({ at, label })), 0, 1000, 1000).filter(each => each.shown);
      expect(shown.length).toBeGreaterThan(0);
      for (const row of [0, 1, 2]) {
        const spans = shown.filter(each => each.row === row).map(({ mark, side }) => (side === 'left' ? [mark.at - mark.label.length * 6, mark.at] : [mark.at, mark.at + mark.label.length * 6]) as [number, number]).sort((a, b) => a[0] - b[0]);
        expect(spans.every((span, i) => i === 0 || span[0] >= spans[i - 1]![1])).toBe(true);
      }
    }));
  });
});
