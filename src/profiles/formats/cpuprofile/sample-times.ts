// When each sample was taken and how long it stands for, as Chrome DevTools has it (CPUProfileDataModel): a delta is the time since the
// sample before (the first: since startTime), so a sample's time is the sum of the deltas up to and with its own, and what it weighs
// is the time until the next one; the last weighs the median of them, up to the end at most. Deltas may be negative: samples are sorted by
// time first.
import { median } from '../../gaps/index.ts';

export interface SampleTimes {
  /** Nanoseconds from the profile's start, ascending. */
  readonly time: Float64Array;
  readonly weight: Float64Array;
  /** The median time between two samples, nanoseconds; 0 of fewer than two. */
  readonly usual: number;
  /** The file's sample by row; null: in the file's order. */
  readonly order: Int32Array | null;
  readonly notes: readonly string[];
}

const nanosPerMicro = 1000;
/** Thirty years: no clock of a profiler says more. */
export const mostMicros = 1e15;

/** count: samples. deltas: microseconds, taken over and overwritten; null: spread evenly. spanMicros: from start to end, null when not told. */
export function sampleTimes(count: number, deltas: Float64Array | null, spanMicros: number | null): SampleTimes {
  const notes: string[] = [];
  const summed = summedTimes(count, deltas, spanMicros, notes);
  const order = mergeOrder(summed);
  if (order !== null) notes.push('Samples were not in the order of their times (negative time deltas) and were sorted.');
  const time = order === null ? summed : summed.map((_, row) => summed[order[row]!]!);
  const first = time[0] ?? 0;
  if (first < 0) {
    notes.push(`The first sample is ${-first / 1e6} ms before the start; all times were moved by that.`);
    for (let row = 0; row < count; row++) time[row]! -= first;
  }
  const end = spanMicros === null ? Infinity : spanMicros * nanosPerMicro - Math.min(0, first);
  return { time, ...untilNext(time, end), order, notes };
}

function summedTimes(count: number, deltas: Float64Array | null, spanMicros: number | null, notes: string[]): Float64Array {
  const known = Math.min(count, deltas?.length ?? 0);
  if (deltas !== null && deltas.length > count) notes.push(`${deltas.length - count} time deltas belong to no sample and were left out.`);
  const time = deltas !== null && deltas.length === count ? deltas : new Float64Array(count);
  let [at, beyond] = [0, 0];
  for (let row = 0; row < known; row++) {
    if (Math.abs(deltas![row]!) <= mostMicros) at += deltas![row]! * nanosPerMicro; else beyond++;
    time[row] = at;
  }
  if (beyond > 0) notes.push(`${beyond} time deltas are longer than any recording; they count as 0.`);
  if (known === count) return time;
  const step = known > 1 ? Math.max(0, at - time[0]!) / (known - 1) : Math.max(0, (spanMicros ?? count) * nanosPerMicro) / count;
  notes.push(`${count - known} samples have no time delta; they were spread evenly.`);
  for (let row = known; row < count; row++) {
    if (row > 0) at += step;
    time[row] = at;
  }
  return time;
}

function untilNext(time: Float64Array, end: number): Pick<SampleTimes, 'weight' | 'usual'> {
  const weight = new Float64Array(time.length);
  const last = time.length - 1;
  for (let row = 0; row < last; row++) weight[row] = time[row + 1]! - time[row]!;
  const usual = last > 0 ? median(weight.subarray(0, last)) : 0;
  if (last > 0) weight[last] = Math.min(usual, Math.max(0, end - time[last]!));
  return { weight, usual };
}

/**
 * Rows by ascending time, equal times as they came; null when they ascend already. Merges the ascending runs that are there, pair
 * by pair: a few negative deltas among millions cost a few passes.
 */
export function mergeOrder(time: Float64Array): Int32Array | null {
  let starts = runStarts(time);
  if (starts.length <= 2) return null;
  let from = new Int32Array(time.length).map((_, row) => row);
  let to = new Int32Array(time.length);
  while (starts.length > 2) {
    const merged = [];
    for (let run = 0; run + 1 < starts.length; run += 2) {
      merged.push(starts[run]!);
      const end = starts[Math.min(run + 2, starts.length - 1)]!;
      mergeRuns(time, from, to, starts[run]!, starts[run + 1]!, end);
    }
    merged.push(time.length);
    [from, to, starts] = [to, from, merged];
  }
  return from;
}

function runStarts(time: Float64Array): number[] {
  const starts = [0];
  for (let row = 1; row < time.length; row++) if (time[row]! < time[row - 1]!) starts.push(row);
  starts.push(time.length);
  return starts;
}

/** from[start, middle) and from[middle, end), each sorted, into to[start, end). */
function mergeRuns(time: Float64Array, from: Int32Array, to: Int32Array, start: number, middle: number, end: number): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeLeft = left < middle && (right >= end || time[from[left]!]! <= time[from[right]!]!);
    to[at] = takeLeft ? from[left++]! : from[right++]!;
  }
}
