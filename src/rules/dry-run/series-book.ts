// Metric points of a dry run: the first as they came, all as series, bounded.
import { codec, columnId, type RecordCursor, type Value } from '../../otlp/index.ts';
import { bagOf, textOf, timeOf } from './record.ts';
import type { DryRunPoint, DryRunSeries } from './types.ts';

const maxPoints = 200;
const maxSeries = 200;
const maxPointsPerSeries = 2000;
/** OpenTelemetry's name for the group of what is past the bound. */
const overflowKey = 'otel.metric.overflow';

interface OpenSeries { readonly name: string; readonly unit: string; readonly attributes: DryRunPoint['attributes']; readonly points: [number, number][]; total: number }

export class SeriesBook {
  readonly points: DryRunPoint[] = [];
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

  #point(point: DryRunPoint): void {
    if (this.points.length < maxPoints) this.points.push(point);
    const key = `${point.name} ${textOf(point.attributes)}`;
    let series = this.#series.get(key);
    if (series === undefined) this.#series.set(key, (series = { name: point.name, unit: point.unit, attributes: point.attributes, points: [], total: 0 }));
    series.total += point.value;
    if (series.points.length < maxPointsPerSeries) series.points.push([Number(point.timeUnixNano / 1000n) / 1000, point.value]);
  }

  get groups(): number { return this.#series.size; }

  /** The largest first, and how many are left out. */
  series(): { readonly series: readonly DryRunSeries[]; readonly leftOut: number } {
    const sorted = [...this.#series.values()].sort((a, b) => Math.abs(b.total) - Math.abs(a.total));
    const series = sorted.slice(0, maxSeries).map((one) => ({ ...one, overflow: one.attributes[overflowKey] === true, points: one.points.sort((a, b) => a[0] - b[0]) }));
    return { series, leftOut: sorted.length - series.length };
  }
}

function pointAt(cursor: RecordCursor): DryRunPoint {
  const read = (name: string): Value => cursor.column(columnId('metrics', name));
  return { name: textOf(read('MetricName')), unit: textOf(read('Unit')), timeUnixNano: timeOf(read('Timestamp'), 0), value: Number(read('Value') ?? read('Count') ?? 0), attributes: bagOf(cursor, 'Attributes') };
}
