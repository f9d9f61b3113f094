// From when until when nothing followed a new name: told of what follows it once somebody accepts. Pure.
import type { Alias } from '../../../model/index.ts';

/** When agents saw the new name first and the former name last; null when they told of neither. */
export interface SeenTimes { readonly firstSeenMs: number | null; readonly formerLastMs: number | null }

/** Shorter than this nobody missed anything: agents report every two seconds. */
const leastMs = 10_000;
const iso = (unixMs: number): string => new Date(unixMs).toISOString();

/** Of an alias that is put in force at `nowMs`, with what was missed before. One that was in force, and was taken back, was missed since then only. */
export function missedBefore(before: Alias | null, { firstSeenMs, formerLastMs }: SeenTimes, nowMs: number): Alias['missed'] {
  const newSinceMs = before?.followedUntil === undefined ? firstSeenMs : Date.parse(before.followedUntil);
  if (newSinceMs === null || nowMs - newSinceMs < leastMs) return before?.missed;
  // Until the former name ended, what follows it met that.
  const whole = formerLastMs !== null && nowMs - formerLastMs >= leastMs;
  const from = whole ? Math.max(newSinceMs, formerLastMs) : newSinceMs;
  return { from: iso(from), until: iso(nowMs), whole };
}
