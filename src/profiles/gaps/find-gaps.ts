// Which times between two samples of a thread are gaps: much longer than all others, and something else ran after it. Nothing is taken
// from any weight: the time stays with the sample before, as the file and Chrome DevTools have it, and is marked.
import type { SampleGaps } from '../model.ts';

export type FoundGaps = Pick<SampleGaps, 'sample' | 'nanos'>;

/** Below a quarter of a second it is the jitter of a busy machine. */
export const leastGapNanos = 250e6;
/** So many usual intervals at least: a slow sampling rate is no gap. */
export const leastIntervals = 50;
/** With fewer samples nothing is usual. */
const fewestSamples = 16;

/**
 * nanos: by sample the time until the next, the last one's own. usual: their median. leafOf: what a sample ended in; a long call that both
 * neighbours are in was running all the while. Null: no gaps. Else their samples and, of each, what is more than the usual interval.
 */
export function findGaps(nanos: Float64Array, usual: number, leafOf: (sample: number) => number): FoundGaps | null {
  const sample: number[] = [];
  const least = Math.max(leastGapNanos, usual * leastIntervals);
  for (let row = 0; nanos.length >= fewestSamples && row + 1 < nanos.length; row++) if (nanos[row]! >= least && leafOf(row) !== leafOf(row + 1)) sample.push(row);
  return sample.length === 0 ? null : { sample: Int32Array.from(sample), nanos: Float64Array.from(sample, (row) => nanos[row]! - usual) };
}
