// From when to when each sample of one thread stands: until the next one, unless the profile says that it stood for less (a thread that
// slept between two samples was not running all the while).
import { gapSpans, type GapSpan } from '../gaps/index.ts';
import type { Profile } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';

/** Samples in the order of time; start and end in nanoseconds from the range's start, never overlapping, never past `extent`. */
export interface SampleSpans {
  readonly row: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly extent: number;
  /** When nobody sampled, ascending, on the axis of start and end; no span reaches into one. */
  readonly gaps: readonly Pick<GapSpan, 'from' | 'to'>[];
}

/** A gap up to this many times a sample's own weight is jitter of the profiler's clock, not rest. */
const jitter = 2;

export function sampleSpans(profile: Profile, selection: ProfileSelection): SampleSpans {
  const { samples, weights } = profile;
  if (samples.time === null) return { row: new Int32Array(), start: new Float64Array(), end: new Float64Array(), extent: 0, gaps: [] };
  const { unit, values, each } = weights[selection.weight]!;
  const row = rowsOf(profile, selection);
  const start = new Float64Array(row.length);
  for (let at = 0; at < row.length; at++) start[at] = samples.time[row[at]!]!;
  const end = new Float64Array(row.length);
  const usual = row.length > 1 ? (start[row.length - 1]! - start[0]!) / (row.length - 1) : 0;
  for (let at = 0; at < row.length; at++) {
    const own = unit !== 'nanoseconds' ? null : values === null ? each : values[row[at]!]!;
    const until = at + 1 < row.length ? start[at + 1]! : start[at]! + (own ?? usual);
    end[at] = own !== null && until - start[at]! > own * jitter ? start[at]! + Math.max(0, own) : until;
  }
  const gaps = gapSpans(profile, { ...selection, threads: [selection.threads?.[0] ?? 0] });
  endBefore(gaps, row, end);
  return shifted({ row, start, end, extent: 0, gaps }, profile, selection);
}

/** A span before a gap ends where that begins, whatever weight is shown. */
function endBefore(gaps: readonly GapSpan[], row: Int32Array, end: Float64Array): void {
  let at = 0;
  for (const { sample, from } of gaps) {
    while (at < row.length && row[at]! < sample) at++;
    if (row[at] === sample) end[at] = Math.min(end[at]!, from);
  }
}

function rowsOf({ samples: { time, thread, count } }: Profile, { threads, fromNanos, toNanos }: ProfileSelection): Int32Array {
  const wanted = threads?.[0] ?? 0;
  const rows = new Int32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) {
    if ((thread === null ? 0 : thread[row]!) !== wanted) continue;
    if ((fromNanos !== null && time![row]! < fromNanos) || (toNanos !== null && time![row]! >= toNanos)) continue;
    rows[found++] = row;
  }
  return found === count ? rows : rows.slice(0, found);
}

/** The axis begins where the range does. */
function shifted(spans: SampleSpans, { durationNanos }: Profile, { fromNanos, toNanos }: ProfileSelection): SampleSpans {
  const from = fromNanos ?? 0;
  const last = spans.end.length === 0 ? from : spans.end[spans.end.length - 1]!;
  const extent = Math.max(0, (toNanos ?? Math.max(last, durationNanos ?? 0)) - from);
  for (let at = 0; at < spans.row.length; at++) {
    spans.start[at]! -= from;
    spans.end[at] = Math.min(extent, spans.end[at]! - from);
  }
  return { ...spans, extent, gaps: spans.gaps.map((gap) => ({ from: gap.from - from, to: gap.to - from })) };
}
