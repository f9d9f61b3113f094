// Columns of Logs from a record on its way into Logger.emit.
import type { Value } from '../../otlp/index.ts';
import { spanContextOf, type Attributes, type Logger, type LogRecord, type SpanContext } from '../hooks/index.ts';
import { ObjectCursor, textOf, type Reader } from './object-cursor.ts';
import { nowNanos, toNanos } from './times.ts';
import { toValue } from './values.ts';

const none: Attributes = {};

export class LogCursor extends ObjectCursor<LogCursor> {
  record: LogRecord = {};
  #attributes: Attributes = none;
  #span: SpanContext | null | undefined = undefined;

  constructor() { super('logs', readers); }

  /** The record in hand from now on. `resource`: when the SDK does not show its own. */
  put(record: LogRecord, logger: Logger, resource: Attributes): this {
    this.record = record;
    this.#attributes = withException(record.attributes ?? none, record.exception);
    this.#span = undefined;
    this.enter(logger._sharedState?.resource, logger.instrumentationScope ?? logger._instrumentationScope, resource);
    return this;
  }

  get attributes(): Attributes { return this.#attributes; }
  get name(): string | null { return textOf(this.record.eventName); }
  get span(): SpanContext | null { return (this.#span === undefined ? (this.#span = spanContextOf(this.record)) : this.#span); }
  get severityNumber(): number | null { const { severityNumber: number } = this.record; return typeof number === 'number' && number > 0 ? number : null; }
}

const readers: Readonly<Record<string, Reader<LogCursor>>> = {
  Timestamp: ({ record }) => toNanos(record.timestamp) ?? toNanos(record.observedTimestamp) ?? nowNanos(),
  ObservedTimestamp: ({ record }) => toNanos(record.observedTimestamp) ?? nowNanos(),
  SeverityNumber: (cursor) => cursor.severityNumber,
  SeverityText: ({ record }) => textOf(record.severityText),
  EventName: (cursor) => cursor.name,
  Body: ({ record }): Value => (record.body === undefined ? null : toValue(record.body)),
  TraceId: ({ span }) => (span === null ? null : textOf(span.traceId)),
  SpanId: ({ span }) => (span === null ? null : textOf(span.spanId)),
  Flags: ({ span }) => span?.traceFlags ?? 0,
};

/** The exception as the attributes that the SDK makes of it; those that are there stay. */
function withException(attributes: Attributes, exception: unknown): Attributes {
  if (exception === undefined || exception === null) return attributes;
  if (typeof exception === 'string' || typeof exception === 'number') return { 'exception.message': String(exception), ...attributes };
  if (typeof exception !== 'object') return attributes;
  const { code, name, message, stack } = exception as Readonly<Record<string, unknown>>;
  const made: Attributes = {};
  const type = code || name;
  if (typeof type === 'string' || typeof type === 'number') made['exception.type'] = String(type);
  if (typeof message === 'string' && message !== '') made['exception.message'] = message;
  if (typeof stack === 'string' && stack !== '') made['exception.stacktrace'] = stack;
  return { ...made, ...attributes };
}
