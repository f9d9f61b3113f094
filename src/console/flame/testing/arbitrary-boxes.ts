// Boxes for property tests: one row with gaps and boxes of no width, and whole nested pictures.
import fc from 'fast-check';
import type { FlameBoxes } from '../../../profiles/index.ts';
import { boxesOf, sampleBoxes } from './sample-boxes.ts';

/** Many gaps and boxes in turn, each 0 to 20 units wide: as many thin ones as wide, whatever the picture's width. */
export const oneRow: fc.Arbitrary<FlameBoxes> = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 200, size: 'max' }).map(parts => {
  let at = 0;
  const spans = parts.map(([gap, width]) => { const start = at + gap; at = start + width; return [start, at] as const; });
  return boxesOf([spans]);
});

export const nested: fc.Arbitrary<FlameBoxes> = fc.record({ rows: fc.integer({ min: 1, max: 12 }), boxes: fc.integer({ min: 1, max: 400 }), seed: fc.nat() }).map(sampleBoxes);

/** A window over an extent, of any width down to a thousandth. */
export const windowOver = (extent: number): fc.Arbitrary<{ readonly start: number; readonly end: number }> =>
  fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.double({ min: 0.001, max: 1, noNaN: true })).map(([at, span]) => ({ start: at * extent, end: Math.min(extent, (at + span) * extent) })).filter(({ start, end }) => end > start);

export const allBoxes = (boxes: FlameBoxes): number[] => Array.from(boxes.start, (_, at) => at);
