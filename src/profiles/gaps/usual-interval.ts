// How often a profiler sampled: the median time between two samples of one thread.
import type { Profile } from '../model.ts';
import { median } from './median.ts';

/** Nanoseconds; null when the profile has no times, or no thread has two samples. */
export function usualInterval({ samples: { time, thread, count }, threads }: Profile): number | null {
  if (time === null) return null;
  const last = new Float64Array(Math.max(1, threads.length)).fill(NaN);
  const intervals = new Float64Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) {
    const of = thread?.[row] ?? 0;
    const since = time[row]! - last[of]!;
    if (since >= 0) intervals[found++] = since;
    last[of] = time[row]!;
  }
  return found === 0 ? null : median(intervals.subarray(0, found));
}
