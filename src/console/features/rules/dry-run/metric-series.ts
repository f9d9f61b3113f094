// Series of a dry run as lines to draw, on one list of window starts; and what they say in words. A window is named by its
// start. Windows that are not whole would show a fall that is none: they are drawn only while there is nothing else.
import type { DryRunSeries, DryRunTotal } from '../../../../rules/index.ts';
import { formatDuration, formatRate, plural, shownValue, type TimeChartSeries } from '../../../ui/index.ts';

/** Its keys' values; `all` when it has no key, `other` for what is past the bound. */
export function seriesLabel({ attributes, overflow }: Pick<DryRunSeries, 'attributes' | 'overflow'>): string {
  if (overflow) return 'other (past the bound)';
  return Object.values(attributes).map(shownValue).filter(text => text !== '').join(' ') || 'all';
}

/** A series without a point in a window has a gap there. `whole`: only whole windows are among the lines. Where values add up, what
 *  no line shows is one more, so that the lines reach over every window. */
export function alignSeries(series: readonly DryRunSeries[], windows: readonly DryRunTotal[], groups: number): { readonly times: readonly number[]; readonly lines: readonly TimeChartSeries[]; readonly whole: boolean } {
  const whole = windows.some(window => window.whole);
  const shown = windows.filter(window => !whole || window.whole);
  const lines = series.map((each, index): TimeChartSeries => {
    const values = new Map(each.points.map(point => [point.startMs, point.value]));
    return { label: seriesLabel(each), token: each.overflow ? '--text-3' : `--cat-${(index % 8) + 1}`, values: shown.map(({ startMs }) => values.get(startMs) ?? null), fill: false };
  });
  const rest = groups > series.length && series.every(each => each.kind === 'sum') ? [{ label: `${plural(groups - series.length, 'smaller one')} together`, token: '--text-3', values: shown.map((window, i) => window.value - lines.reduce((sum, line) => sum + (line.values[i] ?? 0), 0)), fill: false }] : [];
  return { times: shown.map(({ startMs }) => startMs), lines: [...lines, ...rest], whole };
}

/** How many windows there are, over all series, and their rate: over whole windows, and only where values add up. Empty when there is no point. */
export function windowWords(series: readonly DryRunSeries[], windows: readonly DryRunTotal[]): string {
  if (windows.length === 0) return '';
  const sizeMs = Math.max(...windows.map(window => window.endMs - window.startMs));
  const whole = windows.filter(window => window.whole);
  const size = sizeMs > 0 ? ` of ${formatDuration(sizeMs)}` : '';
  const partial = windows.length - whole.length;
  if (whole.length === 0) return `${plural(partial, 'window')}${size}, not whole: records reach over a part of ${partial === 1 ? 'it' : 'each'} only, so there is no rate yet.`;
  const spanMs = Math.max(...whole.map(window => window.endMs)) - Math.min(...whole.map(window => window.startMs));
  const total = whole.reduce((sum, window) => sum + window.value, 0);
  const rate = spanMs > 0 && series.every(each => each.kind === 'sum') ? `${formatRate((total * 1000) / spanMs)}/s over ` : '';
  return `${rate}${plural(whole.length, 'whole window')}${size}${partial > 0 ? `; ${partial === 1 ? 'one that is' : `${partial} that are`} not whole left out` : ''}.`;
}
