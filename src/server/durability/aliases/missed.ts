// From when until when nothing followed a new name: told of what follows it once somebody accepts. Pure.
import type { Alias, Gap } from '../../../model/index.ts';

/** When agents saw the new name first and the former name last; null when they told of neither. */
export interface SeenTimes { readonly firstSeenMs: number | null; readonly formerLastMs: number | null }

/** Shorter than this nobody missed anything: agents report every two seconds. */
const leastMs = 10_000;
const iso = (unixMs: number): string => new Date(unixMs).toISOString();

/** Of what was taken back and accepted again and again the newest gaps are told. */
const mostGaps = 20;

/** Of an alias that is put in force at `nowMs`: the gaps before, and the one that ends now. One that was in force, and was taken back, was missed since then. */
export function missedBefore(before: Alias | null, { firstSeenMs, formerLastMs }: SeenTimes, nowMs: number): Alias['missed'] {
  const fromMs = before?.followedUntil === undefined ? firstSeenMs : Date.parse(before.followedUntil);
  if (fromMs === null || nowMs - fromMs < leastMs) return before?.missed;
  // Until the former name ended, what follows it met that.
  const hasEnded = formerLastMs !== null && nowMs - formerLastMs >= leastMs;
  const gap: Gap = { from: iso(fromMs), until: iso(nowMs), ...(hasEnded && { wholeFrom: iso(Math.max(fromMs, formerLastMs)) }) };
  return [...before?.missed ?? [], gap].slice(-mostGaps);
}

/** Aliases were stored with one gap: `{ from, until, whole }`. */
export function gapsOfStored(body: unknown): unknown {
  const { missed } = body as { readonly missed?: Gap & { readonly whole?: boolean } | readonly Gap[] };
  if (missed === undefined || Array.isArray(missed)) return body;
  const { from, until, whole } = missed as Gap & { readonly whole?: boolean };
  return { ...(body as object), missed: [{ from, until, ...(whole === true && { wholeFrom: from }) }] };
}
