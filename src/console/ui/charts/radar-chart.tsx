// A radar: a few axes from 0 to `max`, one outline per series. Its label must say the figures: the drawing is for the eye only.
import { useEffect, useRef, useState } from 'react';
import { useTheme } from '../../state/index.ts';
import { radarOption } from './radar-option.ts';
import { readChartTheme } from './theme.ts';

export interface RadarSeries { readonly label: string; /** Colour token, such as `--cat-1`. */ readonly token: string; /** One per axis. */ readonly values: readonly number[]; readonly dashed?: boolean }
export interface RadarChartProps { readonly label: string; readonly axes: readonly string[]; readonly max: number; readonly series: readonly RadarSeries[]; readonly height: number }

type Chart = ReturnType<(typeof import('./radar-engine.ts'))['init']>;

/** False where there is no canvas: the chart's label then has to do. */
const canDraw = () => document.createElement('canvas').getContext('2d') !== null;

export function RadarChart({ label, axes, max, series, height }: RadarChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Chart | null>(null);
  const theme = useTheme();
  useEffect(() => {
    let made: Chart | null = null;
    let gone = false;
    if (!canDraw()) return undefined;
    const observer = new ResizeObserver(() => made?.resize());
    void import('./radar-engine.ts').then(engine => {
      if (gone || box.current === null) return;
      made = engine.init(box.current, null, { renderer: 'canvas' });
      observer.observe(box.current);
      setChart(made);
    });
    return () => { gone = true; observer.disconnect(); made?.dispose(); };
  }, []);
  useEffect(() => {
    if (chart !== null && box.current !== null) chart.setOption(radarOption({ axes, max, series }, readChartTheme(box.current)), { notMerge: true });
  }, [chart, theme, axes, max, series]);
  return <div className="chart" role="img" aria-label={label} style={{ height }}><div ref={box} /></div>;
}
