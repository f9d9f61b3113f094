// From series and marks to an ECharts option. Pure, so that it is tested without a canvas.
import type { EChartsCoreOption } from 'echarts/core';
import { formatClock, formatDateTime, formatRate, formatShort } from '../format.ts';
import type { TimeZoneMode } from '../format.ts';
import { escapeHtml } from './escape-html.ts';
import { placeLabels } from './mark-labels.ts';
import type { TimeChartMark, TimeChartSeries } from './time-chart.tsx';
import type { ChartTheme } from './theme.ts';

export interface TimeChartInput {
  readonly times: readonly number[]; readonly series: readonly TimeChartSeries[]; readonly marks: readonly TimeChartMark[];
  readonly stacked: boolean; readonly kind: 'area' | 'bars'; readonly unit: string; readonly zone: TimeZoneMode; readonly chosenAt?: number | undefined; readonly fromMs?: number | undefined; readonly toMs?: number | undefined;
  /** Of the whole chart; decides how many labels of marks have room. */
  readonly widthPx?: number | undefined;
}

const insets = { left: 46, right: 12 };
const usualWidthPx = 800;

export function timeOption(input: TimeChartInput, theme: ChartTheme): EChartsCoreOption {
  return {
    animation: false, textStyle: { fontFamily: theme.font, fontSize: 10.5, color: theme.textQuiet }, useUTC: input.zone === 'utc',
    grid: { ...insets, top: 8, bottom: 20 },
    xAxis: {
      type: 'time', min: input.fromMs ?? 'dataMin', max: input.toMs ?? 'dataMax', axisLine: { lineStyle: { color: theme.axis } }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { color: theme.textQuiet, fontSize: 10.5, hideOverlap: true, formatter: (value: number) => axisClock(value, input.zone) }, axisPointer: { label: { show: false }, lineStyle: { color: theme.text, width: 1 } },
    },
    yAxis: { type: 'value', min: 0, splitNumber: 3, axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: theme.grid } }, axisLabel: { color: theme.textQuiet, fontSize: 10.5, formatter: formatShort } },
    tooltip: { trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: theme.popup, borderColor: theme.popupLine, borderWidth: 1, padding: [4, 8], textStyle: { color: theme.textStrong, fontSize: 11 }, formatter: (hits: unknown) => tooltipText(hits as readonly Hit[], input) },
    series: input.series.map((series, index) => drawSeries(series, index, input, theme)),
  };
}

const axisClock = (ms: number, zone: TimeZoneMode) => { const clock = formatClock(ms, zone); return clock.endsWith(':00') ? clock.slice(0, 5) : clock; };

function drawSeries(series: TimeChartSeries, index: number, input: TimeChartInput, theme: ChartTheme) {
  const colour = theme.colour(series.token);
  return {
    name: series.label, type: input.kind === 'bars' ? 'bar' : 'line', data: input.times.map((time, i) => drawValue(time, series.values[i] ?? null, input)), showSymbol: false, connectNulls: false, silent: true,
    ...(input.stacked ? { stack: 'all' } : {}), color: colour, lineStyle: { width: input.stacked ? 1 : 1.5, color: colour }, itemStyle: { color: colour }, barCategoryGap: '10%',
    ...(input.kind === 'area' && series.fill !== false ? { areaStyle: { color: colour, opacity: index === 0 ? 0.5 : 0.38 } } : {}),
    ...(index === 0 ? { markLine: drawMarks(input, theme) } : {}),
  };
}

/** Beside a chosen bar the others step back. */
function drawValue(time: number, value: number | null, { kind, chosenAt, times }: TimeChartInput) {
  const dim = kind === 'bars' && chosenAt !== undefined && time !== chosenAt && times.includes(chosenAt);
  return dim ? { value: [time, value] as const, itemStyle: { opacity: 0.3 } } : [time, value] as const;
}

function drawMarks({ marks, fromMs, toMs, times, widthPx = usualWidthPx }: TimeChartInput, theme: ChartTheme) {
  const [from, to] = [fromMs ?? times[0] ?? 0, toMs ?? times.at(-1) ?? 0];
  return {
    silent: true, symbol: 'none', animation: false,
    data: placeLabels(marks, from, to, widthPx - insets.left - insets.right).map(({ mark, shown, side, row }) => {
      const colour = mark.tone === 'danger' ? theme.colour('--danger') : theme.text;
      return { xAxis: mark.at, name: mark.label, lineStyle: { color: colour, type: [3, 2], width: 1 }, label: { show: shown, formatter: mark.label, color: colour, position: 'end', distance: 0, rotate: 0, ...(side === 'left' ? { align: 'right', offset: [-5, 3 + row * 13] } : { align: 'left', offset: [5, 3 + row * 13] }), verticalAlign: 'top', fontSize: 10.5 } };
    }),
  };
}

interface Hit { readonly seriesName: string; readonly color: string; readonly value: readonly [number, number | null] }

function tooltipText(hits: readonly Hit[], input: TimeChartInput): string {
  const at = hits[0]?.value[0];
  if (at === undefined) return '';
  const lines = [...hits].reverse().map(hit => `${escapeHtml(hit.seriesName)}: ${hit.value[1] === null ? 'no data' : `<b>${formatRate(hit.value[1])}</b>${escapeHtml(input.unit)}`}`);
  const total = hits.reduce((sum, hit) => sum + (hit.value[1] ?? 0), 0);
  const sum = input.stacked && hits.length > 1 ? [`All: <b>${formatRate(total)}</b>${escapeHtml(input.unit)}`] : [];
  return [formatDateTime(at, input.zone), ...lines, ...sum, ...marksNear(at, input).map(mark => escapeHtml(mark.label))].join('<br>');
}

/** The marks whose nearest time is the one pointed at. */
function marksNear(at: number, { marks, times }: TimeChartInput): readonly TimeChartMark[] {
  const half = times.length < 2 ? Infinity : (times[1]! - times[0]!) / 2;
  return marks.filter(mark => mark.at >= at - half && mark.at < at + half);
}
