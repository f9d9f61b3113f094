import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlameBoxes } from '../../../profiles/index.ts';
import { allBoxes, oneRow, windowOver } from '../testing/arbitrary-boxes.ts';
import { boxesOf } from '../testing/sample-boxes.ts';
import { axisView, columnOf, RowSpans, spansOfRow, type AxisView } from './row-spans.ts';
import { WidestBoxes } from './widest-boxes.ts';

interface Span { readonly left: number; readonly right: number; readonly box: number; readonly first: number; readonly end: number }

function spansOf(boxes: FlameBoxes, view: AxisView): Span[] {
  const out = new RowSpans(view.width);
  spansOfRow(boxes, new WidestBoxes(boxes), 0, view, out);
  return Array.from({ length: out.count }, (_, at) => ({ left: out.left[at]!, right: out.right[at]!, box: out.box[at]!, first: out.first[at]!, end: out.end[at]! }));
}

const rowInView = oneRow.filter(boxes => boxes.extent > 0).chain(boxes => fc.tuple(fc.constant(boxes), windowOver(boxes.extent), fc.integer({ min: 1, max: 300 })));

/** The last column: a thin box, and one that is wide only beyond the edge. */
const rightEdge = boxesOf([[[1129, 1134], [1134, 1143]]]);

describe('spans of a row', () => {
  it('lie in the picture, from the left, without overlap', () => {
    fc.assert(fc.property(rowInView, ([boxes, window, width]) => {
      let free = 0;
      for (const { left, right, first, end } of spansOf(boxes, axisView(window, width))) {
        expect(left).toBeGreaterThanOrEqual(free);
        expect(right).toBeGreaterThan(left);
        expect(right).toBeLessThanOrEqual(width);
        expect(end).toBeGreaterThan(first);
        free = right;
      }
    }));
  });

  it('show every box of two columns or more by itself, where it is', () => {
    fc.assert(fc.property(rowInView, ([boxes, window, width]) => {
      const view = axisView(window, width);
      const spans = spansOf(boxes, view);
      for (const box of allBoxes(boxes)) {
        const [left, right] = [Math.max(0, columnOf(view, boxes.start[box]!)), Math.min(width, columnOf(view, boxes.end[box]!))];
        if (right - left < 2) continue;
        const span = spans.find(({ first, end }) => first === box && end === box + 1);
        expect(span).toBeDefined();
        // A thinner neighbour may have taken the first column.
        expect([left, left + 1]).toContain(span!.left);
        expect(span!.right).toBe(right);
      }
    }));
  });

  it('leave no box in view without a column, and none in two', () => {
    fc.assert(fc.property(rowInView, ([boxes, window, width]) => {
      const view = axisView(window, width);
      const seen = spansOf(boxes, view).flatMap(({ first, end }) => Array.from({ length: end - first }, (_, at) => first + at));
      expect(new Set(seen).size).toBe(seen.length);
      // Rounding may put a box that only touches the edge beyond it.
      const inView = allBoxes(boxes).filter(box => boxes.end[box]! > window.start && columnOf(view, boxes.start[box]!) < width && columnOf(view, boxes.end[box]!) > 0);
      for (const box of inView) expect(seen).toContain(box);
    }), { examples: [[[rightEdge, { start: 0, end: 1136.68085106383 }, 212]]] });
  });

  it('merge only boxes that begin in the column, and are thin', () => {
    fc.assert(fc.property(rowInView, ([boxes, window, width]) => {
      const view = axisView(window, width);
      for (const { left, right, first, end } of spansOf(boxes, view).filter(span => span.end - span.first > 1)) {
        expect(right).toBe(left + 1);
        for (let box = first; box < end; box++) {
          expect(Math.max(0, columnOf(view, boxes.start[box]!))).toBe(left);
          expect(Math.min(width, columnOf(view, boxes.end[box]!))).toBeLessThanOrEqual(left + 1);
        }
      }
    }));
  });

  it('take the colour of the widest box they merge', () => {
    fc.assert(fc.property(rowInView, ([boxes, window, width]) => {
      const widthOf = (box: number) => boxes.end[box]! - boxes.start[box]!;
      for (const { box, first, end } of spansOf(boxes, axisView(window, width))) for (let other = first; other < end; other++) expect(widthOf(other)).toBeLessThanOrEqual(widthOf(box));
    }));
  });

  it('merge a hundred thousand boxes into as many columns as there are', () => {
    const boxes = boxesOf([Array.from({ length: 100_000 }, (_, at) => [at, at + 1] as const)]);
    const spans = spansOf(boxes, axisView({ start: 0, end: 100_000 }, 800));
    expect(spans).toHaveLength(800);
    expect(spans.reduce((sum, { first, end }) => sum + end - first, 0)).toBeGreaterThan(99_900);
  });

  it('are none where nothing is in view, or the axis has no length', () => {
    const boxes = boxesOf([[[10, 20]]]);
    expect(spansOf(boxes, axisView({ start: 20, end: 30 }, 100))).toEqual([]);
    expect(spansOf(boxesOf([[[0, 0]]]), axisView({ start: 0, end: 0 }, 100))).toEqual([]);
  });
});
