// Fields of structured lines (JSON, logfmt) by the names that logging libraries give them (pino, zap, logrus, slog, Serilog, ECS, structlog,
// OpenTelemetry): time, level, message, trace and event become fields of the record, everything else its attributes.
import type { Value } from '../../../../otlp/index.ts';
import { setAttribute, type Attributes } from '../record.ts';
import { severityOf } from './severity.ts';
import { timeOf } from './timestamp.ts';

/** What was read from one structured line; `body` null when no field is the message. */
export interface Fields {
  time?: bigint; severityNumber?: number; severityText?: string; body?: Value; traceId?: string; spanId?: string; flags?: number; eventName?: string;
  service?: string;
  readonly attributes: Attributes;
}

/** True when the value was one of this field; else it stays an attribute. */
type Take = (fields: Fields, value: unknown) => boolean;

const time: Take = (fields, value) => {
  const read = fields.time === undefined ? timeOf(value) : null;
  if (read !== null) fields.time = read;
  return read !== null;
};
const level: Take = (fields, value) => {
  const read = severityOf(value);
  if (read === undefined) return false;
  fields.severityNumber ??= read.number;
  fields.severityText ??= read.text;
  return true;
};
const severityNumber: Take = (fields, value) => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 24) return false;
  fields.severityNumber = number;
  return true;
};
const message: Take = (fields, value) => {
  if (fields.body !== undefined || typeof value !== 'string') return false;
  fields.body = value;
  return true;
};
const id = (name: 'traceId' | 'spanId', form: RegExp): Take => (fields, value) => {
  if (typeof value !== 'string' || !form.test(value) || /^0+$/.test(value)) return false;
  fields[name] = value.toLowerCase();
  return true;
};
const flags: Take = (fields, value) => {
  const read = typeof value === 'number' ? value : typeof value === 'string' && /^[0-9a-f]{2}$/i.test(value) ? parseInt(value, 16) : -1;
  if (!Number.isInteger(read) || read < 0 || read > 255) return false;
  fields.flags = read;
  return true;
};
const text = (name: 'eventName' | 'service'): Take => (fields, value) => {
  if (typeof value !== 'string' || value === '' || value.length > 255) return false;
  fields[name] = value;
  return true;
};
const serviceObject: Take = (fields, value) => typeof value === 'object' && value !== null && Object.keys(value).length === 1 && text('service')(fields, (value as { name?: unknown }).name);
const service: Take = (fields, value) => text('service')(fields, value) || serviceObject(fields, value);

const named = (take: Take, ...names: readonly string[]): [string, Take][] => names.map((name) => [name, take]);
const known: ReadonlyMap<string, Take> = new Map([
  ...named(time, 'time', 'timestamp', 'ts', '@timestamp', '@t', 'datetime', 'eventTime'),
  ...named(level, 'level', 'severity', 'lvl', 'log.level', 'loglevel', 'severity_text', 'severityText', '@l'),
  ...named(severityNumber, 'severity_number', 'severityNumber'),
  ...named(message, 'msg', 'message', 'body', '@m', '@mt'),
  ...named(id('traceId', /^[0-9a-f]{32}$/i), 'trace_id', 'traceId', 'traceid', 'trace.id'),
  ...named(id('spanId', /^[0-9a-f]{16}$/i), 'span_id', 'spanId', 'spanid', 'span.id'),
  ...named(flags, 'trace_flags', 'traceFlags'),
  ...named(text('eventName'), 'event_name', 'eventName', 'event.name'),
  ...named(service, 'service', 'service.name', 'service_name'),
]);

export const noFields = (): Fields => ({ attributes: {} });

/** One field into what was read so far. */
export function takeField(fields: Fields, name: string, value: unknown): void {
  if (known.get(name)?.(fields, value) !== true) setAttribute(fields.attributes, name, value as Value);
}
