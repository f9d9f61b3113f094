// A treemap: nested areas, two levels. It fills its box; give the box a size. For the eye and the mouse only: a table beside it must say the same.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTheme } from '../../state/index.ts';
import { readChartTheme } from './theme.ts';
import { treemapOption, type TreemapNode } from './treemap-option.ts';

export interface TreemapProps {
  /** One sentence that says what it shows, and where the same stands as a table. */
  readonly label: string;
  readonly nodes: readonly TreemapNode[]; readonly chosen?: string | null; readonly className?: string;
  /** A click on an area; by its key. */
  readonly onPick?: (key: string) => void;
}

type Chart = ReturnType<(typeof import('./treemap-engine.ts'))['init']>;

/** False where there is no canvas: the table then has to do. */
const canDraw = () => document.createElement('canvas').getContext('2d') !== null;

export function Treemap({ label, nodes, chosen = null, className = '', onPick }: TreemapProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useTreemap(box);
  const theme = useTheme();
  useEffect(() => {
    if (chart !== null && box.current !== null) chart.setOption(treemapOption(nodes, chosen, readChartTheme(box.current)), { notMerge: true });
  }, [chart, theme, nodes, chosen]);
  const pick = useEffectEvent((hit: { readonly data?: unknown }) => { const { id } = (hit.data ?? {}) as { readonly id?: string }; if (id !== undefined) onPick?.(id); });
  useEffect(() => {
    if (chart === null) return undefined;
    const click = (hit: { readonly data?: unknown }) => pick(hit);
    chart.on('click', click);
    return () => { chart.off('click', click); };
  }, [chart]);
  return <div className={`chart ${className}`.trim()} role="img" aria-label={label}><div ref={box} /></div>;
}

function useTreemap(box: { readonly current: HTMLDivElement | null }): Chart | null {
  const [chart, setChart] = useState<Chart | null>(null);
  useEffect(() => {
    let made: Chart | null = null;
    let gone = false;
    if (!canDraw()) return undefined;
    const observer = new ResizeObserver(() => made?.resize());
    void import('./treemap-engine.ts').then(engine => {
      if (gone || box.current === null) return;
      made = engine.init(box.current, null, { renderer: 'canvas' });
      observer.observe(box.current);
      setChart(made);
    });
    return () => { gone = true; observer.disconnect(); made?.dispose(); };
  }, [box]);
  return chart;
}
