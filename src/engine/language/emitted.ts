// What a call handed out as OTLP: a log request for the resource of the record that it saw, and points of metrics gathered over many calls.
import { encodeLogs, type MetricPoint, type Value } from '../../otlp/index.ts';
import type { EmittedMetric, LanguageOutputs } from './types.ts';

/** The instrumentation scope of what language rules emit. */
export const languageScope = 'weir.language';

/** An ExportLogsServiceRequest, not redacted yet; null when nothing was emitted. `own`: attributes of the resource where the call had no record. */
export function emittedLogs({ emit, resource, atUnixNano }: LanguageOutputs, rule: string, own: Readonly<Record<string, Value>>): Uint8Array | null {
  if (emit.length === 0) return null;
  return encodeLogs(resource ?? own, languageScope, emit.map(({ eventName, body, severityNumber, attributes }) => ({
    timeUnixNano: atUnixNano, observedUnixNano: atUnixNano, severityNumber, ...(eventName !== '' && { eventName }), ...(body !== null && { body }), attributes: { ...attributes, 'weir.rule.name': rule },
  })));
}

interface Series { readonly resource: Readonly<Record<string, Value>> | null; readonly points: Map<string, MetricPoint> }

/** Gathers metrics between two flushes: sums are added up (delta), of gauges the last counts. Bounded: points of series that have no room are
 *  counted in `overflow`. */
export class MetricBook {
  readonly #maxSeries: number;
  #byResource = new Map<string, Series>();
  #series = 0;
  #sinceUnixNano: bigint;
  overflow = 0;

  constructor(maxSeries: number, nowUnixNano: bigint) { this.#maxSeries = maxSeries; this.#sinceUnixNano = nowUnixNano; }

  add({ metrics, resource }: LanguageOutputs): void {
    for (const metric of metrics) this.#add(metric, resource);
  }

  /** Points since the last flush, by resource (null: those of ticks). */
  flush(nowUnixNano: bigint): readonly { readonly resource: Readonly<Record<string, Value>> | null; readonly points: readonly MetricPoint[] }[] {
    const all = [...this.#byResource.values()].map(({ resource, points }) => ({ resource, points: [...points.values()].map((point) => ({ ...point, timeUnixNano: nowUnixNano })) }));
    this.#byResource = new Map();
    this.#series = 0;
    this.#sinceUnixNano = nowUnixNano;
    return all;
  }

  #add(metric: EmittedMetric, resource: Series['resource']): void {
    const owner = JSON.stringify(resource, plain);
    const key = JSON.stringify([metric.name, metric.unit, metric.kind, Object.entries(metric.attributes).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const before = this.#byResource.get(owner)?.points.get(key);
    if (before === undefined && this.#series >= this.#maxSeries) { this.overflow++; return; }
    const series = this.#byResource.get(owner) ?? { resource, points: new Map<string, MetricPoint>() };
    this.#byResource.set(owner, series);
    if (before === undefined) this.#series++;
    series.points.set(key, this.#point(metric, metric.kind === 'sum' ? before?.value ?? 0 : 0));
  }

  #point({ name, unit, kind, value, attributes }: EmittedMetric, before: number): MetricPoint {
    return { name, unit, kind, monotonic: false, value: before + value, isInt: Number.isSafeInteger(before + value), startUnixNano: this.#sinceUnixNano, timeUnixNano: this.#sinceUnixNano, attributes };
  }
}

const plain = (_name: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value instanceof Uint8Array ? Array.from(value) : value);
