// Series of a dry run as lines to draw, on one list of times.
import type { DryRunSeries } from '../../../../rules/index.ts';
import { shownValue, type TimeChartSeries } from '../../../ui/index.ts';

/** Its keys' values; `all` when it has no key, `other` for what is past the bound. */
export function seriesLabel({ attributes, overflow }: Pick<DryRunSeries, 'attributes' | 'overflow'>): string {
  if (overflow) return 'other (past the bound)';
  return Object.values(attributes).map(shownValue).filter(text => text !== '').join(' ') || 'all';
}

/** A series without a point at a time has a gap there. */
export function alignSeries(series: readonly DryRunSeries[]): { readonly times: readonly number[]; readonly lines: readonly TimeChartSeries[] } {
  const times = [...new Set(series.flatMap(each => each.points.map(([time]) => time)))].sort((a, b) => a - b);
  const lines = series.map((each, index) => {
    const values = new Map(each.points);
    return { label: seriesLabel(each), token: each.overflow ? '--text-3' : `--cat-${(index % 8) + 1}`, values: times.map(time => values.get(time) ?? null), fill: false };
  });
  return { times, lines };
}
