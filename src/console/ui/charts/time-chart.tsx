// A chart over time: stacked areas, lines or bars, with dashed marks. It fills its box; give the box a size. Redraws when the theme switches.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { usePreferences, useTheme } from '../../state/index.ts';
import { readChartTheme } from './theme.ts';
import { nearestTime } from './nearest-time.ts';
import { timeOption } from './time-option.ts';

export interface TimeChartSeries { readonly label: string; /** Colour token, such as `--cat-1`. */ readonly token: string; /** One value a time; null is a gap. */ readonly values: readonly (number | null)[]; readonly fill?: boolean }
export interface TimeChartMark { readonly at: number; readonly label: string; readonly tone?: 'plain' | 'danger' }
export interface TimeChartProps {
  /** One sentence that says what the chart shows, for those who do not see it. */
  readonly label: string;
  /** Unix milliseconds, ascending. */
  readonly times: readonly number[]; readonly series: readonly TimeChartSeries[]; readonly marks?: readonly TimeChartMark[];
  readonly stacked?: boolean; readonly kind?: 'area' | 'bars'; /** Follows a value in the tooltip: "/s". */ readonly unit?: string;
  /** Of `times`: this one stands out, of bars. */
  readonly chosenAt?: number | undefined;
  readonly fromMs?: number; readonly toMs?: number; readonly className?: string; readonly height?: number;
  /** A click on the chart: the time of `times` that is nearest. Offer the same by keyboard beside it. */
  readonly onPickTime?: (time: number) => void;
}

type Engine = typeof import('./engine.ts');
type Chart = ReturnType<Engine['init']>;

/** False where there is no canvas (some privacy modes, tests): the chart's label then has to do. */
const canDraw = () => document.createElement('canvas').getContext('2d') !== null;

/** Creates the chart once its engine arrived, and lets it follow the size of the box. */
function useChart(box: { readonly current: HTMLDivElement | null }): Chart | null {
  const [chart, setChart] = useState<Chart | null>(null);
  useEffect(() => {
    let made: Chart | null = null;
    let gone = false;
    const observer = new ResizeObserver(() => made?.resize());
    if (!canDraw()) return undefined;
    void import('./engine.ts').then(engine => {
      if (gone || box.current === null) return;
      made = engine.init(box.current, null, { renderer: 'canvas' });
      observer.observe(box.current);
      setChart(made);
    });
    return () => { gone = true; observer.disconnect(); made?.dispose(); };
  }, [box]);
  return chart;
}

export function TimeChart({ label, times, series, marks = [], stacked = false, kind = 'area', unit = '', chosenAt, fromMs, toMs, className = '', height, onPickTime }: TimeChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useChart(box);
  const theme = useTheme();
  const zone = usePreferences(state => state.timeZone);
  useEffect(() => {
    if (chart === null || box.current === null) return;
    chart.setOption(timeOption({ times, series, marks, stacked, kind, unit, zone, chosenAt, fromMs, toMs, widthPx: box.current.clientWidth }, readChartTheme(box.current)), { notMerge: true });
  }, [chart, theme, zone, times, series, marks, stacked, kind, unit, chosenAt, fromMs, toMs]);
  usePick(chart, times, onPickTime);
  return <div className={`chart ${className}`.trim()} role="img" aria-label={label} style={height === undefined ? undefined : { height }}><div ref={box} /></div>;
}

function usePick(chart: Chart | null, times: readonly number[], onPickTime: ((time: number) => void) | undefined): void {
  const pick = useEffectEvent((x: number, y: number) => {
    if (chart === null || onPickTime === undefined || !chart.containPixel('grid', [x, y])) return;
    const time = nearestTime(times, chart.convertFromPixel({ xAxisIndex: 0 }, x));
    if (time !== undefined) onPickTime(time);
  });
  const active = onPickTime !== undefined;
  useEffect(() => {
    if (chart === null || !active) return undefined;
    const click = (event: { readonly offsetX: number; readonly offsetY: number }) => pick(event.offsetX, event.offsetY);
    const over = chart.getZr();
    over.on('click', click);
    return () => { over.off('click', click); };
  }, [chart, active]);
}
