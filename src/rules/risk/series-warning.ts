// A rule that counts, and makes nearly as much as it takes: its groups are so many that the metric costs what the records did, and
// past a bound they share one series. Judged the same way from a dry run and from what agents measure.
import type { QueryDryRunResult } from '../dry-run/index.ts';

export interface SeriesWarning {
  /** `overflow`: past the bound, so figures are lost; `many`: it makes nearly as much as it takes. */
  readonly kind: 'overflow' | 'many';
  /** Two or three words to stand out, and the sentence that goes on from them. */
  readonly strong: string; readonly rest: string;
}

export type SeriesCounts = Pick<QueryDryRunResult, 'matched' | 'groups' | 'groupBound' | 'overflowed'>;

/** One series for two records, and more, is no summary. Fewer records than this say nothing. */
const manyShare = 0.5;
const tellingRecords = 100;
const whole = (n: number): string => Math.round(n).toLocaleString('en');

/** Null where the groups are few enough, or too few records matched to tell. */
export function seriesWarning({ matched, groups, groupBound, overflowed }: SeriesCounts): SeriesWarning | null {
  const many = matched >= tellingRecords && groups >= matched * manyShare;
  const each = many ? `${recordsEach(groups / matched)} a series of its own; ` : '';
  if (groups > groupBound || overflowed > 0) return { kind: 'overflow', strong: `${whole(groups)} series`, rest: `of at most ${whole(groupBound)}: ${each}past ${whole(groupBound)} they share one. Group by fewer values.` };
  return many ? { kind: 'many', strong: `${whole(groups)} series`, rest: `of ${whole(matched)} records: ${each}past ${whole(groupBound)} they share one. Group by fewer values.` } : null;
}

const recordsEach = (share: number): string => (share >= 0.9 ? 'nearly every record makes' : share >= 0.6 ? 'two of three records make' : 'every second record makes');

/** Totals since the deployment: rates of a metric come in bursts, one a window. */
export interface MeasuredSeries { readonly sink: string; readonly matched: number; readonly emitted: number; readonly overflowed: number }

/** Of a rule as it runs (in shadow: as it would). Null for a sink that makes no points, and while it is too early to tell. */
export function measuredSeriesWarning({ sink, matched, emitted, overflowed }: MeasuredSeries): SeriesWarning | null {
  if (sink !== 'to_metric') return null;
  if (overflowed > 0) return { kind: 'overflow', strong: 'Too many series', rest: `${whole(overflowed)} ${overflowed === 1 ? 'record' : 'records'} had no series of their own and share one. Group by fewer values.` };
  if (matched < tellingRecords || emitted < matched * manyShare) return null;
  return { kind: 'many', strong: 'Makes nearly as much as it takes', rest: `${whole(emitted)} points of ${whole(matched)} records: ${recordsEach(emitted / matched)} a series of its own. Group by fewer values.` };
}
