// Records and points of a probe as OTLP requests: resource of the observed process, scope `weir.probe`.
import type { Signal } from '../../../model/index.ts';
import { encodeLogs, objectToProtobuf, type LogInput, type Value } from '../../../otlp/index.ts';
import { serviceShown } from '../../processes/index.ts';
import { codeAttributes, whose, type HitSource } from './hit-record.ts';
import type { ProbePoint } from './measures.ts';

/** Where a probe's findings go. They are redacted already. */
export interface ProbeOutput {
  records(source: HitSource, records: readonly LogInput[]): void;
  point(source: HitSource, point: ProbePoint): void;
}

export const probeScope = 'weir.probe';
const delta = 1;

export function otlpOutput(hostName: string, emit: (signal: Signal, request: Uint8Array) => void): ProbeOutput {
  return {
    records: (source, records) => { emit('logs', encodeLogs(resourceOf(source, hostName), probeScope, records)); },
    point(source, point) {
      const request = objectToProtobuf('metrics', { resourceMetrics: [{ resource: { attributes: attributesOf(resourceOf(source, hostName)) }, scopeMetrics: [{ scope: { name: probeScope }, metrics: [metricOf(source, point)] }] }] });
      if (!request.ok) throw new Error(request.error.message);
      emit('metrics', request.value);
    },
  };
}

/** Format: opentelemetry-proto, metrics.proto, as OTLP/JSON. */
function metricOf(source: HitSource, { name, unit, kind, isEstimated, startUnixNano, timeUnixNano, count, sum, min, max, bounds, buckets }: ProbePoint): unknown {
  const shared = { attributes: attributesOf({ ...codeAttributes(source.code), ...whose(source), ...(isEstimated ? { 'weir.probe.estimated': true } : {}) }), startTimeUnixNano: String(startUnixNano), timeUnixNano: String(timeUnixNano) };
  if (kind === 'sum') return { name, unit, sum: { aggregationTemporality: delta, isMonotonic: true, dataPoints: [{ ...shared, asInt: String(Math.round(sum)) }] } };
  return { name, unit, histogram: { aggregationTemporality: delta, dataPoints: [{ ...shared, count: String(count), sum, min, max, explicitBounds: bounds, bucketCounts: buckets.map(String) }] } };
}

const resourceOf = ({ process }: HitSource, hostName: string): Record<string, Value> => ({
  'host.name': hostName, ...(process === null ? {} : { 'process.pid': process.pid, 'process.executable.name': process.name, 'service.name': serviceShown(process) }),
});

const attributesOf = (values: Readonly<Record<string, Value>>): unknown[] =>
  Object.entries(values).map(([key, value]) => ({ key, value: typeof value === 'boolean' ? { boolValue: value } : typeof value === 'number' ? { intValue: String(value) } : { stringValue: String(value) } }));
