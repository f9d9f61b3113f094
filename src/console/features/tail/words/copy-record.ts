// A record as text for elsewhere: JSON, the KQL that finds it, and a curl that sends a record like it to an agent.
import { jsonReady, type TailRecord } from '../../../workers/tail/index.ts';
import type { Value } from '../../../../otlp/index.ts';
import { kqlString, printDatetime } from '../../../../kql/index.ts';
import { tableOf } from './kql-text.ts';
import { samePredicate } from './record-rules.ts';

/** Columns, attributes and resource as one JSON object, times as nanosecond strings. */
export function recordJson(record: TailRecord): string {
  const body = { signal: record.signal, agent: record.agent, ...jsonObject(record.columns), Attributes: jsonObject(record.attributes), Resource: jsonObject(record.resource) };
  return JSON.stringify(body, null, 2);
}

/** Finds this very record: its line of code, its time, its trace. */
export function recordKql(record: TailRecord): string {
  const trace = record.columns['TraceId'];
  const time = `Timestamp == ${printDatetime(record.timeUnixNano)}`;
  return [tableOf[record.signal], `| where ${samePredicate(record)}`, `| where ${time}`, ...(typeof trace === 'string' && trace !== '' ? [`| where TraceId == ${kqlString(trace)}`] : [])].join('\n');
}

/** OTLP JSON over HTTP: the agent at `endpoint` gets a log record with this one's content. Masked values stay masked. */
export function recordCurl(record: TailRecord, endpoint: string): string {
  const log = {
    timeUnixNano: record.timeUnixNano.toString(), severityNumber: record.severity, severityText: record.severityText,
    ...(record.durableSource === 'event' ? { eventName: record.durableId } : {}),
    body: anyValue(record.columns['Body'] ?? record.summary), attributes: keyValues(record.attributes),
    ...(typeof record.columns['TraceId'] === 'string' ? { traceId: record.columns['TraceId'] } : {}),
    ...(typeof record.columns['SpanId'] === 'string' ? { spanId: record.columns['SpanId'] } : {}),
  };
  const request = { resourceLogs: [{ resource: { attributes: keyValues(record.resource) }, scopeLogs: [{ logRecords: [log] }] }] };
  return `curl -sS ${endpoint.replace(/\/$/, '')}/v1/logs -H 'content-type: application/json' -d ${shellQuote(JSON.stringify(request))}`;
}


function jsonObject(bag: Readonly<Record<string, Value>>): Record<string, unknown> {
  return jsonReady(bag) as Record<string, unknown>;
}

function keyValues(bag: Readonly<Record<string, Value>>): readonly unknown[] {
  return Object.entries(bag).map(([key, value]) => ({ key, value: anyValue(value) }));
}

/** OTLP JSON AnyValue: 64-bit integers as strings, bytes as base64. */
function anyValue(value: Value): unknown {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { intValue: String(value) };
  if (typeof value === 'number') return { doubleValue: value };
  if (value instanceof Uint8Array) return { bytesValue: jsonReady(value) };
  if (Array.isArray(value)) return { arrayValue: { values: (value as readonly Value[]).map(anyValue) } };
  return value === null ? {} : { kvlistValue: { values: keyValues(value as Readonly<Record<string, Value>>) } };
}

function shellQuote(text: string): string { return `'${text.replaceAll("'", String.raw`'\''`)}'`; }
