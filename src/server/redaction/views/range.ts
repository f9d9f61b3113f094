// The range that a question is about, cut into buckets of equal length that hold whole stored buckets. Ranges end now. Pure.
import { dayMs, hourMs } from '../bounds.ts';

/** Of a range only what begins between these two; Unix milliseconds, the end exclusive. */
export interface RangePart { readonly fromMs: number; readonly toMs: number }
/** Counted from `fromMs`, a whole stored bucket and the same however fine the buckets are; these begin at `originMs`, so that they stay where
 *  they are as time goes on, and the first may be counted in part. */
export interface Range { readonly fromMs: number; readonly originMs: number; readonly toMs: number; readonly bucketMs: number; readonly buckets: number; readonly part?: RangePart }

const minute = 60_000;
const lengths = [10_000, 30_000, minute, 5 * minute, 10 * minute, 30 * minute, hourMs, 3 * hourMs, 6 * hourMs, 12 * hourMs, dayMs] as const;

/** At most `most` buckets, and no finer than what is stored of the range's beginning. It begins at a whole stored bucket, so it may be a little longer than asked. */
export function rangeOf(seconds: number, nowMs: number, most: number, part?: RangePart): Range {
  const length = seconds * 1000;
  const stored = length > dayMs ? hourMs : length > hourMs ? minute : 10_000;
  const bucketMs = lengths.find((ms) => ms >= stored && length / ms <= most) ?? dayMs;
  const fromMs = Math.floor((nowMs - length) / stored) * stored;
  const originMs = Math.floor(fromMs / bucketMs) * bucketMs;
  return { fromMs, originMs, toMs: nowMs, bucketMs, buckets: Math.floor((nowMs - originMs) / bucketMs) + 1, ...(part !== undefined && { part }) };
}

/** Of a moment in the range; earlier and later ones count at its ends. */
export const slotOf = (range: Range, t: number): number => Math.min(range.buckets - 1, Math.max(0, Math.floor((t - range.originMs) / range.bucketMs)));
