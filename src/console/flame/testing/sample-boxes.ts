// Boxes as a profile has them, made from a seed: each row splits the one below it, heaviest first, some of it left to the parent itself.
import type { FlameBoxes } from '../../../profiles/index.ts';

export interface SampleSize { readonly rows: number; /** About so many; a row has at most `boxes / rows * 2`. */ readonly boxes: number; readonly seed: number }

/** Numbers 0 to 1, the same for the same seed. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return state / 2 ** 32; };
}

type Span = readonly [start: number, end: number];

/** Rows of spans as boxes; the extent is the first row's. */
export function boxesOf(rows: readonly (readonly Span[])[]): FlameBoxes {
  const all = rows.flat();
  const rowStart = new Int32Array(rows.length + 1);
  rows.forEach((row, at) => { rowStart[at + 1] = rowStart[at]! + row.length; });
  return {
    rows: rows.length, rowStart, start: Float64Array.from(all, ([start]) => start), end: Float64Array.from(all, ([, end]) => end), node: Int32Array.from(all, (_, at) => at),
    function: Int32Array.from(all, (_, at) => at === 0 ? -1 : Math.imul(at, 2_654_435_761) >>> 23), extent: rows[0]?.at(-1)?.[1] ?? 0, tint: null,
  };
}

export function sampleBoxes({ rows, boxes, seed }: SampleSize): FlameBoxes {
  const random = numbersFrom(seed);
  const perRow = boxes / rows;
  const made: Span[][] = [[[0, 1_000_000]]];
  while (made.length < rows) {
    const below = made.at(-1)!;
    // Rows grow fast to what they should have, then stay at it.
    const wanted = Math.min(perRow * 1.1, below.length * 4 + 1);
    made.push(below.flatMap(span => split(span, wanted / below.length, random)));
  }
  return boxesOf(made);
}

function split([start, end]: Span, wanted: number, random: () => number): Span[] {
  const parts = Math.floor(wanted + random());
  const weights = Array.from({ length: parts }, () => random() ** 3 + 0.02).sort((a, b) => b - a);
  const sum = weights.reduce((a, b) => a + b, 0) * (1 + random() * 0.1);
  const spans: Span[] = [];
  for (let at = start, part = 0; part < parts; part++) {
    const next = Math.min(end, at + (end - start) * weights[part]! / sum);
    spans.push([at, next]);
    at = next;
  }
  return spans;
}
