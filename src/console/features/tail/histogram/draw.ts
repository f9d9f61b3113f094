// The histogram's geometry, apart from drawing: bars per bucket and severity band, and labels on the time axis.
import type { TailHistogram } from '../../../workers/tail/index.ts';

export interface Bar { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly band: number }
export interface AxisLabel { readonly x: number; readonly timeMs: number }
export interface Plot { readonly bars: readonly Bar[]; readonly labels: readonly AxisLabel[]; readonly left: number; readonly width: number; readonly top: number; readonly bottom: number; readonly highest: number }

const pad = 12;
const axisHeight = 16;
const labelEvery = 96;
/** Drawn from the bottom up: what is calm first, what is wrong on top. */
const drawOrder = [6, 0, 1, 2, 3, 4, 5];
const roundMs = [1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 86_400_000];

export function layout(histogram: TailHistogram, width: number, height: number): Plot {
  const buckets = histogram.counts[0]?.length ?? 0;
  const plot = { left: pad, width: Math.max(1, width - 2 * pad), top: 4, bottom: height - axisHeight };
  const totals = Array.from({ length: buckets }, (_, i) => histogram.counts.reduce((sum, band) => sum + (band[i] ?? 0), 0));
  const highest = Math.max(1, ...totals);
  const step = plot.width / Math.max(1, buckets);
  const bars: Bar[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    let y = plot.bottom;
    for (const band of drawOrder) {
      const count = histogram.counts[band]?.[bucket] ?? 0;
      if (count === 0) continue;
      const tall = Math.max(1, (count / highest) * (plot.bottom - plot.top));
      y -= tall;
      bars.push({ x: plot.left + bucket * step, y, width: Math.max(1, step - (step > 3 ? 1 : 0)), height: tall, band });
    }
  }
  return { ...plot, bars, labels: axis(histogram, buckets, plot), highest };
}

export function timeAt(histogram: TailHistogram, plot: Plot, x: number): number {
  return histogram.startMs + clamp((x - plot.left) / plot.width) * spanMs(histogram);
}

/** The bucket under `x`, or null outside the plot. */
export function bucketAt(histogram: TailHistogram, plot: Plot, x: number): number | null {
  const share = (x - plot.left) / plot.width;
  const buckets = histogram.counts[0]?.length ?? 0;
  return share < 0 || share >= 1 || buckets === 0 ? null : Math.floor(share * buckets);
}

/** A dragged range snapped to whole buckets; a click is one bucket. */
export function rangeOf(histogram: TailHistogram, plot: Plot, fromX: number, toX: number): { readonly fromMs: number; readonly toMs: number } {
  const { startMs, bucketMs } = histogram;
  const [low, high] = [timeAt(histogram, plot, Math.min(fromX, toX)), timeAt(histogram, plot, Math.max(fromX, toX))];
  const fromMs = startMs + Math.floor((low - startMs) / bucketMs) * bucketMs;
  return { fromMs, toMs: Math.max(fromMs + bucketMs, startMs + Math.ceil((high - startMs) / bucketMs) * bucketMs) };
}

function spanMs(histogram: TailHistogram): number { return histogram.bucketMs * (histogram.counts[0]?.length ?? 0); }

function axis(histogram: TailHistogram, buckets: number, plot: { readonly left: number; readonly width: number }): readonly AxisLabel[] {
  const span = histogram.bucketMs * buckets;
  if (span === 0) return [];
  const every = roundMs.find((ms) => ms >= span / Math.max(1, plot.width / labelEvery)) ?? 86_400_000;
  const labels: AxisLabel[] = [];
  for (let time = Math.ceil(histogram.startMs / every) * every; time <= histogram.startMs + span; time += every) {
    const x = plot.left + ((time - histogram.startMs) / span) * plot.width;
    if (x > plot.left + 18 && x < plot.left + plot.width - 18) labels.push({ x, timeMs: time });
  }
  return labels;
}

function clamp(share: number): number { return Math.min(1, Math.max(0, share)); }
