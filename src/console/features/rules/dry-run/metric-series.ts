// Series of a dry run as lines to draw, on one list of window starts; and what they say in words. A window is named by its
// start. Windows that are not whole would show a fall that is none: they are drawn only while there is nothing else.
import type { DryRunSeries } from '../../../../rules/index.ts';
import { formatDuration, formatRate, plural, shownValue, type TimeChartSeries } from '../../../ui/index.ts';

/** Its keys' values; `all` when it has no key, `other` for what is past the bound. */
export function seriesLabel({ attributes, overflow }: Pick<DryRunSeries, 'attributes' | 'overflow'>): string {
  if (overflow) return 'other (past the bound)';
  return Object.values(attributes).map(shownValue).filter(text => text !== '').join(' ') || 'all';
}

/** A series without a point in a window has a gap there. `whole`: only whole windows are among the lines. */
export function alignSeries(series: readonly DryRunSeries[]): { readonly times: readonly number[]; readonly lines: readonly TimeChartSeries[]; readonly whole: boolean } {
  const whole = series.some(each => each.points.some(point => point.whole));
  const shown = series.map(each => ({ ...each, points: each.points.filter(point => !whole || point.whole) }));
  const times = [...new Set(shown.flatMap(each => each.points.map(point => point.startMs)))].sort((a, b) => a - b);
  const lines = shown.map((each, index) => {
    const values = new Map(each.points.map(point => [point.startMs, point.value]));
    return { label: seriesLabel(each), token: each.overflow ? '--text-3' : `--cat-${(index % 8) + 1}`, values: times.map(time => values.get(time) ?? null), fill: false };
  });
  return { times, lines, whole };
}

/** How many windows there are, and their rate: over whole windows, and only where values add up. Empty when there is no point. */
export function windowWords(series: readonly DryRunSeries[], groups: number): string {
  const points = series.flatMap(each => each.points);
  if (points.length === 0) return '';
  const sizeMs = Math.max(...points.map(point => point.endMs - point.startMs));
  const whole = points.filter(point => point.whole);
  const starts = (of: typeof points) => new Set(of.map(point => point.startMs)).size;
  const size = sizeMs > 0 ? ` of ${formatDuration(sizeMs)}` : '';
  const partial = starts(points) - starts(whole);
  if (whole.length === 0) return `${plural(partial, 'window')}${size}, not whole: records reach over a part of ${partial === 1 ? 'it' : 'each'} only, so there is no rate yet.`;
  const spanMs = Math.max(...whole.map(point => point.endMs)) - Math.min(...whole.map(point => point.startMs));
  const total = whole.reduce((sum, point) => sum + point.value, 0);
  const rate = spanMs > 0 && series.every(each => each.kind === 'sum') ? `${formatRate((total * 1000) / spanMs)}/s over ` : '';
  const of = groups > series.length ? ` (the ${series.length} largest series)` : '';
  return `${rate}${plural(starts(whole), 'whole window')}${size}${of}${partial > 0 ? `; ${partial === 1 ? 'one that is' : `${partial} that are`} not whole left out` : ''}.`;
}
