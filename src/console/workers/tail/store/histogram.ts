// Records over time by severity band. Buckets have round lengths and aligned starts, so the picture does not crawl.
import type { TailHistogram } from '../types.ts';
import type { IdDeque } from './id-deque.ts';
import { severityBand, severityBands } from './severity.ts';
import type { TailStore } from './tail-store.ts';

const roundMs = [100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000];
/** Clocks differ and batches wait; a record stamped further from its arrival than this counts in the edge bucket. */
const toleranceMs = 120_000;

/** Counts of the first `end` matches in at most `buckets` + 1 buckets. Every match is in exactly one bucket. */
export function computeHistogram(store: TailStore, matches: IdDeque, end: number, buckets: number): TailHistogram {
  const { fromMs, toMs } = timeRange(store, matches, end);
  const bucketMs = bucketLength((toMs - fromMs) / Math.max(1, buckets));
  const startMs = Math.floor(fromMs / bucketMs) * bucketMs;
  const length = Math.floor((toMs - startMs) / bucketMs) + 1;
  const counts = severityBands.map(() => Array.from({ length }, () => 0));
  const { ring } = store;
  for (let i = 0; i < end; i++) {
    const slot = ring.slot(matches.at(i));
    const bucket = Math.min(length - 1, Math.max(0, Math.floor((ring.timeMs[slot]! - startMs) / bucketMs)));
    counts[severityBand(ring.severity[slot]!)]![bucket]! += 1;
  }
  return { startMs, bucketMs, counts };
}

/** The matches' time range, kept near the time they arrived: one record with a broken clock must not squeeze the rest. */
function timeRange(store: TailStore, matches: IdDeque, end: number): { fromMs: number; toMs: number } {
  let fromMs = Infinity;
  let toMs = -Infinity;
  for (let i = 0; i < end; i++) {
    const time = store.ring.timeMs[store.ring.slot(matches.at(i))]!;
    if (time < fromMs) fromMs = time;
    if (time > toMs) toMs = time;
  }
  const first = store.segments.first?.sentUnixMs ?? 0;
  const last = store.segments.last?.sentUnixMs ?? 0;
  if (fromMs > toMs) return { fromMs: first, toMs: last };
  const from = Math.min(Math.max(fromMs, first - toleranceMs), last);
  return { fromMs: from, toMs: Math.max(from, Math.min(toMs, last + toleranceMs)) };
}

function bucketLength(atLeastMs: number): number {
  return roundMs.find((ms) => ms >= atLeastMs) ?? Math.ceil(atLeastMs / 3_600_000) * 3_600_000;
}
