// One record a line, as JSON with the columns of Logs, Spans or Metrics, or any other JSON object: names that are no
// columns are attributes. And plain lines of text, each the body of a log record.
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import type { Signal } from '../../../model/index.ts';
import { columnsOf, encodeLogs } from '../../../otlp/index.ts';
import { encodeRecord } from '../../tests/index.ts';
import type { DryRunRequest } from '../types.ts';

type Members = Readonly<Record<string, unknown>>;

/** By what only spans or points have. */
export function tableOf(record: Members): Signal {
  const table = record['table'];
  if (table === 'Spans' || table === 'Metrics' || table === 'Logs') return table === 'Logs' ? 'logs' : table === 'Spans' ? 'spans' : 'metrics';
  if ('MetricName' in record) return 'metrics';
  return 'Name' in record && ['Duration', 'Kind', 'StatusCode', 'ParentSpanId', 'EndTimestamp'].some((name) => name in record) ? 'spans' : 'logs';
}

/** Errors: a column of the wrong type, said by name. */
export function requestOfRecord(record: Members, sentAtMs: number): Result<DryRunRequest, Failure> {
  const signal = tableOf(record);
  const bytes = encodeRecord(signal, withAttributes(record, signal), BigInt(Math.round(sentAtMs)) * 1_000_000n);
  return bytes.ok ? ok({ signal, bytes: bytes.value, sentAtMs }) : failure('records-json', bytes.error.message, bytes.error.help);
}

function withAttributes(record: Members, signal: Signal): Members {
  const known = new Set(columnsOf(signal).map((column) => column.name));
  const own = Object.entries(record).filter(([name]) => known.has(name) && name !== 'Attributes');
  const others = Object.entries(record).filter(([name]) => !known.has(name) && name !== 'table');
  const given = record['Attributes'];
  const attributes = { ...(typeof given === 'object' && given !== null ? given : {}), ...Object.fromEntries(others) };
  return { ...Object.fromEntries(own), ...(Object.keys(attributes).length > 0 ? { Attributes: attributes } : {}) };
}

export function requestOfLines(lines: readonly string[], sentAtMs: number): DryRunRequest {
  const timeUnixNano = BigInt(Math.round(sentAtMs)) * 1_000_000n;
  return { signal: 'logs', sentAtMs, bytes: encodeLogs({}, '', lines.map((body) => ({ timeUnixNano, body }))) };
}

/** Requests end to end are one request: few large ones run faster than many small ones. Signals stay apart, order within each stays. */
export function joined(requests: readonly DryRunRequest[]): readonly DryRunRequest[] {
  const bySignal = Map.groupBy(requests, (request) => request.signal);
  return [...bySignal.values()].map((group) => ({ ...group[0]!, bytes: concat(group.map((request) => request.bytes)) }));
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { bytes.set(part, at); at += part.length; }
  return bytes;
}
