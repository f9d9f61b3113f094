// Metric points of a dry run: the first as they came, all as series, bounded.
import { codec, columnId, type RecordCursor, type Value } from '../../otlp/index.ts';
import { bagOf, textOf, timeOf } from './record.ts';
import type { DryRunPoint, DryRunSeries, DryRunWindow } from './types.ts';

const maxPoints = 200;
const maxSeries = 200;
const maxPointsPerSeries = 2000;
/** OpenTelemetry's name for the group of what is past the bound. */
const overflowKey = 'otel.metric.overflow';

type Window = Omit<DryRunWindow, 'whole'>;
type Point = Omit<DryRunPoint, 'whole'> & { readonly kind: DryRunSeries['kind'] };
interface OpenSeries extends Pick<DryRunSeries, 'name' | 'unit' | 'attributes' | 'kind'> { readonly points: Window[]; total: number }
/** The time that the records at hand reach over, Unix milliseconds. */
export interface Covered { readonly fromMs: number; readonly toMs: number }

export class SeriesBook {
  readonly #points: Point[] = [];
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
    if (this.#points.length < maxPoints) this.#points.push(point);
    const key = `${point.name} ${textOf(point.attributes)}`;
    let series = this.#series.get(key);
    if (series === undefined) this.#series.set(key, (series = { name: point.name, unit: point.unit, attributes: point.attributes, kind: point.kind, points: [], total: 0 }));
    series.total += point.value;
    if (series.points.length < maxPointsPerSeries) series.points.push({ startMs: millis(point.startUnixNano), endMs: millis(point.timeUnixNano), value: point.value });
  }

  get groups(): number { return this.#series.size; }

  /** The first as they came. */
  points(covered: Covered): readonly DryRunPoint[] {
    return this.#points.map(({ kind: _kind, ...point }) => ({ ...point, whole: isWhole(millis(point.startUnixNano), millis(point.timeUnixNano), covered) }));
  }

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
