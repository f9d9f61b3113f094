// What a probe gives, as one JSON document a line: values under `attributes`.
import type { HitSource, ProbeOutput, ProbePoint } from '../../agent/probes/governed/index.ts';
import type { LogInput } from '../../otlp/index.ts';

export function lineOutput(write: (text: string, lines: number) => void): ProbeOutput {
  return {
    records: (source, records) => { write(records.map((record) => `${JSON.stringify(recordLine(source, record))}\n`).join(''), records.length); },
    point: (source, point) => { write(`${JSON.stringify(pointLine(source, point))}\n`, 1); },
  };
}

function recordLine(source: HitSource, { timeUnixNano = 0n, eventName, severityText, body, attributes = {}, traceId, spanId }: LogInput): unknown {
  return { time: timeOf(timeUnixNano), name: eventName, pid: attributes['process.pid'] ?? null, code: source.code, severity: severityText, body, attributes, ...(traceId === undefined ? {} : { traceId, spanId }) };
}

function pointLine(source: HitSource, { timeUnixNano, name, unit, kind, count, sum, min, max, bounds, buckets }: ProbePoint): unknown {
  const values = kind === 'sum' ? { count: sum } : { count, sum, min, max };
  return { time: timeOf(timeUnixNano), name, pid: source.process?.pid ?? null, code: source.code, unit, attributes: values, ...(kind === 'sum' ? {} : { buckets: buckets.flatMap((inIt, index) => (inIt === 0 ? [] : [{ upTo: bounds[index] ?? null, count: inIt }])) }) };
}

/** RFC 3339 with nanoseconds. */
const timeOf = (unixNano: bigint): string => `${new Date(Number(unixNano / 1_000_000n)).toISOString().slice(0, 19)}.${String(unixNano % 1_000_000_000n).padStart(9, '0')}Z`;
