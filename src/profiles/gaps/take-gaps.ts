// A sample weighs the time until the next one. When the process stood still, or the sampler was late, that is time in which nobody
// looked: as one sample's weight it would make a function that ran for a moment the heaviest of all. So a sample stands for a few
// usual intervals at most, and the rest of its time is a gap.
import type { SampleGaps } from '../model.ts';

export type TakenGaps = Pick<SampleGaps, 'sample' | 'nanos'>;

/** Usual intervals that one sample stands for at most: jitter of a busy machine stays below, a process that stood still does not. */
export const mostIntervals = 10;
/** With fewer samples nothing is usual. */
const fewestSamples = 16;
/** Samples, evenly spread, that the usual interval is told from. */
const looked = 4096;

/** weight: nanoseconds until the next sample, shortened in place to what a sample may stand for; what it lost is given back. Null: nothing. */
export function takeGaps(weight: Float64Array): TakenGaps | null {
  const most = usualInterval(weight) * mostIntervals;
  const sample = most > 0 ? rowsOver(weight, most) : new Int32Array();
  if (sample.length === 0) return null;
  const nanos = Float64Array.from(sample, (row) => weight[row]! - most);
  for (const row of sample) weight[row] = most;
  return { sample, nanos };
}

/** The median; 0 when there are too few to tell. */
export function usualInterval(weight: Float64Array): number {
  if (weight.length < fewestSamples) return 0;
  const step = Math.ceil(weight.length / looked);
  const some = new Float64Array(Math.floor(weight.length / step)).map((_, at) => weight[at * step]!).sort();
  return some[some.length >> 1]!;
}

function rowsOver(weight: Float64Array, most: number): Int32Array {
  let count = 0;
  for (let row = 0; row < weight.length; row++) if (weight[row]! > most) count++;
  const rows = new Int32Array(count);
  for (let row = 0, at = 0; at < count; row++) if (weight[row]! > most) rows[at++] = row;
  return rows;
}
