// A log record as an export request of its own, for rules that write, and back. What came back the same is not touched.
import { codec, columnId, encodeLogs, type LogInput, type Value } from '../../otlp/index.ts';
import type { LogRecord } from '../hooks/index.ts';
import type { LogCursor } from './log-cursor.ts';
import { nowNanos, toNanos } from './times.ts';
import { fromValue, newBag, toBag, toValue } from './values.ts';

/** `resource`: the attributes of the resource that rules ask for. Throws on what cannot be written. */
export function logToWire(cursor: LogCursor, resource: Readonly<Record<string, Value>>): Uint8Array {
  const { record, span, severityNumber, name } = cursor;
  const observed = toNanos(record.observedTimestamp) ?? nowNanos();
  const input: LogInput = {
    timeUnixNano: toNanos(record.timestamp) ?? observed, observedUnixNano: observed, attributes: toBag(cursor.attributes),
    ...(severityNumber !== null && { severityNumber }), ...(typeof record.severityText === 'string' && { severityText: record.severityText }),
    ...(name !== null && { eventName: name }), ...(record.body !== undefined && { body: toValue(record.body) }),
    ...(span !== null && { traceId: String(span.traceId), spanId: String(span.spanId), flags: span.traceFlags ?? 0 }),
  };
  return encodeLogs(resource, typeof cursor.scope.name === 'string' ? cursor.scope.name : '', [input]);
}

const [body, attributes, severityText, severityNumber, eventName, timestamp, observedTimestamp] =
  ['Body', 'Attributes', 'SeverityText', 'SeverityNumber', 'EventName', 'Timestamp', 'ObservedTimestamp'].map((name) => columnId('logs', name)) as [number, number, number, number, number, number, number];
const reading = codec.cursor();

/** The record with what the bytes say in place of what it said. The exception is among the attributes. */
export function logFromWire(bytes: Uint8Array, record: LogRecord): LogRecord {
  const walked = codec.walk('logs', bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  reading.reset(walked.value);
  reading.moveTo(0);
  const { exception: _, ...rest } = record;
  return {
    ...rest, body: bodyOf(reading.column(body), record.body), attributes: fromValue(reading.column(attributes) ?? newBag()) as Record<string, unknown>,
    severityText: reading.column(severityText) ?? undefined, severityNumber: reading.column(severityNumber) ?? undefined, eventName: reading.column(eventName) ?? undefined,
    timestamp: timeOf(reading.column(timestamp)), observedTimestamp: timeOf(reading.column(observedTimestamp)),
  };
}

const bodyOf = (value: Value, before: unknown): unknown => (value === null && before === undefined ? undefined : fromValue(value));
/** As HrTime: seconds and nanoseconds. */
const timeOf = (value: Value): unknown => (typeof value === 'bigint' ? [Number(value / 1_000_000_000n), Number(value % 1_000_000_000n)] : undefined);
