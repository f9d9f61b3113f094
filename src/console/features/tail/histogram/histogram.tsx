// Records over time by severity, on one small canvas. A click filters by one bucket, a drag by a range; the same works
// with the arrow keys and Enter. Screen readers get the totals in words.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { formatClock, formatCount } from '../../../ui/index.ts';
import { severityBands, type TailHistogram } from '../../../workers/tail/index.ts';
import { usePreferences, useTheme } from '../../../state/index.ts';
import { bucketAt, layout, rangeOf, type Plot } from './draw.ts';

export interface HistogramProps { readonly histogram: TailHistogram | null; readonly onRange: (fromMs: number, toMs: number) => void }

const height = 66;
const colours = ['--sev-trace', '--sev-debug', '--sev-info', '--sev-warn', '--sev-error', '--sev-fatal', '--line-3'];
/** Fills of calm bands are quieter, so that what is wrong stands out. */
const opacity = [0.5, 0.5, 0.55, 1, 1, 1, 0.5];

export function Histogram({ histogram, onRange }: HistogramProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box);
  const theme = useTheme();
  const zone = usePreferences((state) => state.timeZone);
  const [range, setRange] = useState<{ readonly from: number; readonly to: number; readonly dragging: boolean } | null>(null);
  const plot = histogram === null ? null : layout(histogram, width, height);
  useEffect(() => { if (canvas.current !== null && plot !== null) paint(canvas.current, plot, width, zone); });
  const xOf = (event: PointerEvent) => event.clientX - (box.current?.getBoundingClientRect().left ?? 0);
  const finish = () => {
    if (range?.dragging === true && histogram !== null && plot !== null) { const { fromMs, toMs } = rangeOf(histogram, plot, range.from, range.to); onRange(fromMs, toMs); }
    setRange(null);
  };
  const keys = (event: KeyboardEvent) => {
    if (histogram === null || plot === null) return;
    const step = plot.width / Math.max(1, histogram.counts[0]?.length ?? 1);
    const at = range?.to ?? plot.left + plot.width - step / 2;
    const move = (x: number) => { const to = Math.min(plot.left + plot.width - 1, Math.max(plot.left, x)); setRange({ from: event.shiftKey ? range?.from ?? at : to, to, dragging: false }); };
    if (event.key === 'ArrowLeft') move(at - step);
    else if (event.key === 'ArrowRight') move(at + step);
    else if (event.key === 'Enter' && range !== null) { const { fromMs, toMs } = rangeOf(histogram, plot, range.from, range.to); onRange(fromMs, toMs); setRange(null); }
    else if (event.key === 'Escape' && range !== null) setRange(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = range === null || plot === null || histogram === null ? null : selection(histogram, plot, range.from, range.to);
  return (
    <div ref={box} className="tail-hist" role="group" tabIndex={0} aria-label={inWords(histogram)} data-theme-drawn={theme}
      onPointerDown={(event) => { if (event.button === 0) { event.currentTarget.setPointerCapture(event.pointerId); setRange({ from: xOf(event), to: xOf(event), dragging: true }); } }}
      onPointerMove={(event) => { const x = xOf(event); setRange((before) => (before?.dragging === true ? { ...before, to: x } : { from: x, to: x, dragging: false })); }}
      onPointerUp={finish} onPointerLeave={() => setRange((before) => (before?.dragging === true ? before : null))} onKeyDown={keys} onBlur={() => setRange(null)}>
      <canvas ref={canvas} aria-hidden="true" style={{ width, height }} />
      {shown !== null && <span className="tail-hist-range" style={{ left: shown.left, width: shown.width }} />}
      {shown !== null && histogram !== null && <span className="tail-hist-tip pop" role="status" style={{ left: Math.min(Math.max(4, shown.left + 8), Math.max(4, width - 300)) }}>{tip(histogram, shown, zone)}</span>}
    </div>
  );
}

function useWidth(box: { readonly current: HTMLDivElement | null }): number {
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = box.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

function paint(canvas: HTMLCanvasElement, plot: Plot, width: number, zone: 'utc' | 'local'): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const scale = globalThis.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  const style = getComputedStyle(canvas);
  const fills = colours.map((name) => style.getPropertyValue(name));
  for (const bar of plot.bars) {
    context.fillStyle = fills[bar.band] ?? '#888';
    context.globalAlpha = opacity[bar.band] ?? 1;
    context.fillRect(bar.x, bar.y, bar.width, bar.height);
  }
  context.globalAlpha = 1;
  context.fillStyle = style.getPropertyValue('--text-3');
  context.font = `10.5px ${style.getPropertyValue('--font-ui')}`;
  context.textAlign = 'center';
  for (const label of plot.labels) context.fillText(formatClock(label.timeMs, zone), label.x, height - 4);
}

interface Selection { readonly left: number; readonly width: number; readonly fromMs: number; readonly toMs: number; readonly counts: readonly number[] }

function selection(histogram: TailHistogram, plot: Plot, fromX: number, toX: number): Selection | null {
  if (bucketAt(histogram, plot, fromX) === null && fromX === toX) return null;
  const { fromMs, toMs } = rangeOf(histogram, plot, fromX, toX);
  const buckets = histogram.counts[0]?.length ?? 0;
  const [first, last] = [Math.round((fromMs - histogram.startMs) / histogram.bucketMs), Math.min(buckets, Math.round((toMs - histogram.startMs) / histogram.bucketMs))];
  const step = plot.width / Math.max(1, buckets);
  const counts = histogram.counts.map((band) => band.slice(first, last).reduce((sum, count) => sum + count, 0));
  return { left: plot.left + first * step, width: Math.max(1, (last - first) * step), fromMs, toMs, counts };
}

function tip(histogram: TailHistogram, shown: Selection, zone: 'utc' | 'local'): string {
  const millis = histogram.bucketMs < 1000;
  const parts = shown.counts.flatMap((count, band) => (count === 0 ? [] : [`${severityBands[band]} ${formatCount(count)}`]));
  return `${formatClock(shown.fromMs, zone, millis)} to ${formatClock(shown.toMs, zone, millis)}: ${parts.length === 0 ? 'no records' : parts.join(', ')}`;
}

function inWords(histogram: TailHistogram | null): string {
  if (histogram === null) return 'Records over time, loading';
  const parts = histogram.counts.flatMap((counts, band) => { const sum = counts.reduce((a, b) => a + b, 0); return sum === 0 ? [] : [`${severityBands[band]} ${formatCount(sum)}`]; });
  return `Records over time by severity: ${parts.length === 0 ? 'none' : parts.join(', ')}. Arrow keys choose a time, Enter filters by it.`;
}
