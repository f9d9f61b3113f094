// Metric points of a dry run: as series, the largest kept; by window over all series; and of every window its largest points. Bounded.
import { codec, columnId, type RecordCursor, type Value } from '../../otlp/index.ts';
import { bagOf, textOf, timeOf } from './record.ts';
import type { DryRunPoint, DryRunSeries, DryRunTotal, DryRunWindow } from './types.ts';

const maxPoints = 200;
const maxSeries = 200;
const maxPointsPerSeries = 2000;
const maxWindows = 2000;
/** Kept of a window while more windows may come. */
const leastPointsOfWindow = 10;
/** OpenTelemetry's name for the group of what is past the bound. */
const overflowKey = 'otel.metric.overflow';

type Window = Omit<DryRunWindow, 'whole'>;
type Point = Omit<DryRunPoint, 'whole'> & { readonly kind: DryRunSeries['kind'] };
/** `largest`: its points of most value, the largest first. */
interface OpenWindow { readonly startMs: number; readonly endMs: number; value: number; series: number; readonly largest: Point[] }
interface OpenSeries extends Pick<DryRunSeries, 'name' | 'unit' | 'attributes' | 'kind'> { readonly points: Window[]; total: number }
/** The time that the records at hand reach over, Unix milliseconds. */
export interface Covered { readonly fromMs: number; readonly toMs: number }

export class SeriesBook {
  readonly #windows = new Map<number, OpenWindow>();
  readonly #series = new Map<string, OpenSeries>();

  /** An export request of metrics that the rule made. */
  add(bytes: Uint8Array): void {
    const walked = codec.walk('metrics', bytes);
    if (!walked.ok) return;
    const cursor = codec.cursor();
    cursor.reset(walked.value);
    for (let i = 0; i < walked.value.recordCount; i++) {
      cursor.moveTo(i);
      this.#point(pointAt(cursor));
    }
  }

  #point(point: Point): void {
    this.#window(point);
    const key = `${point.name} ${textOf(point.attributes)}`;
    let series = this.#series.get(key);
    if (series === undefined) this.#series.set(key, (series = { name: point.name, unit: point.unit, attributes: point.attributes, kind: point.kind, points: [], total: 0 }));
    series.total += point.value;
    if (series.points.length < maxPointsPerSeries) series.points.push({ startMs: millis(point.startUnixNano), endMs: millis(point.timeUnixNano), value: point.value });
  }

  get groups(): number { return this.#series.size; }

  #window(point: Point): void {
    const startMs = millis(point.startUnixNano);
    let window = this.#windows.get(startMs);
    if (window === undefined) {
      if (this.#windows.size >= maxWindows) return;
      this.#windows.set(startMs, (window = { startMs, endMs: millis(point.timeUnixNano), value: 0, series: 0, largest: [] }));
    }
    window.value += point.value;
    window.series++;
    keepLargest(window.largest, point, Math.max(leastPointsOfWindow, Math.ceil(maxPoints / this.#windows.size)));
  }

  /** Of each window the largest, as many of each as fit; oldest window first. */
  points(covered: Covered): readonly DryRunPoint[] {
    const windows = this.#inOrder();
    const each = Math.max(1, Math.floor(maxPoints / Math.max(1, windows.length)));
    return windows.flatMap(({ startMs, endMs, largest }) => largest.slice(0, each).map(({ kind: _kind, ...point }) => ({ ...point, whole: isWhole(startMs, endMs, covered) }))).slice(-maxPoints);
  }

  windows(covered: Covered): readonly DryRunTotal[] {
    return this.#inOrder().map(({ startMs, endMs, value, series }) => ({ startMs, endMs, value, series, whole: isWhole(startMs, endMs, covered) }));
  }

  #inOrder(): readonly OpenWindow[] { return [...this.#windows.values()].sort((a, b) => a.startMs - b.startMs); }

  /** The largest first, and how many are left out. */
  series(covered: Covered): { readonly series: readonly DryRunSeries[]; readonly leftOut: number } {
    const sorted = [...this.#series.values()].sort((a, b) => Math.abs(b.total) - Math.abs(a.total));
    const series = sorted.slice(0, maxSeries).map((one) => ({
      ...one, overflow: one.attributes[overflowKey] === true,
      points: one.points.toSorted((a, b) => a.startMs - b.startMs).map((window) => ({ ...window, whole: isWhole(window.startMs, window.endMs, covered) })),
    }));
    return { series, leftOut: sorted.length - series.length };
  }
}

/** Bounded, and cheap where all are alike. */
function keepLargest(kept: Point[], point: Point, most: number): void {
  if (kept.length >= most && Math.abs(kept.at(-1)!.value) >= Math.abs(point.value)) return;
  const place = kept.findIndex((other) => Math.abs(other.value) < Math.abs(point.value));
  kept.splice(place < 0 ? kept.length : place, 0, point);
  if (kept.length > most) kept.length = most;
}

const isWhole = (startMs: number, endMs: number, { fromMs, toMs }: Covered): boolean => startMs >= fromMs && endMs <= toMs;
const millis = (nano: bigint): number => Number(nano / 1000n) / 1000;

function pointAt(cursor: RecordCursor): Point {
  const read = (name: string): Value => cursor.column(columnId('metrics', name));
  const timeUnixNano = timeOf(read('Timestamp'), 0);
  const start = read('StartTimestamp');
  return {
    name: textOf(read('MetricName')), unit: textOf(read('Unit')), startUnixNano: typeof start === 'bigint' && start > 0n ? start : timeUnixNano, timeUnixNano,
    value: Number(read('Value') ?? read('Count') ?? 0), attributes: bagOf(cursor, 'Attributes'), kind: read('Kind') === 'Sum' ? 'sum' : 'gauge',
  };
}
