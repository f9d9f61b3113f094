// Columns of Spans from a span that is about to end.
import type { Value } from '../../otlp/index.ts';
import type { Attributes, Span } from '../hooks/index.ts';
import { ObjectCursor, textOf, type Reader } from './object-cursor.ts';
import { nowNanos, toNanos } from './times.ts';
import { newBag, toBag } from './values.ts';

/** SpanKind of the API, 0 to 4, and SpanStatusCode, 0 to 2. */
const kinds = ['Internal', 'Server', 'Client', 'Producer', 'Consumer'];
const statusCodes = ['Unset', 'Ok', 'Error'];

export class SpanCursor extends ObjectCursor<SpanCursor> {
  #span!: Span;
  #end: bigint | null = null;
  #endTime: unknown;

  constructor() { super('spans', readers); }

  put(span: Span, endTime: unknown, resource: Attributes): this {
    this.#span = span;
    this.#end = null;
    this.#endTime = endTime;
    this.enter(span.resource, span.instrumentationScope ?? span.instrumentationLibrary, resource);
    return this;
  }

  get span(): Span { return this.#span; }
  get attributes(): Attributes { return this.#span.attributes; }
  get name(): string | null { return textOf(this.#span.name); }
  get start(): bigint { return toNanos(this.#span.startTime) ?? this.end; }
  get end(): bigint { return (this.#end ??= toNanos(this.#endTime) ?? nowNanos()); }
  get parent(): string | null { return textOf(this.#span.parentSpanContext?.spanId ?? this.#span.parentSpanId); }
}

const bag = (parts: Readonly<Record<string, Value>>): Value => Object.assign(newBag(), parts);

const readers: Readonly<Record<string, Reader<SpanCursor>>> = {
  Timestamp: ({ start }) => start,
  StartTimestamp: ({ start }) => start,
  EndTimestamp: ({ end }) => end,
  Duration: ({ start, end }) => (end > start ? end - start : 0n),
  Name: ({ name }) => name,
  Kind: ({ span }) => kinds[span.kind ?? 0] ?? 'Unspecified',
  StatusCode: ({ span }) => statusCodes[span.status?.code ?? 0] ?? 'Unset',
  StatusMessage: ({ span }) => textOf(span.status?.message),
  TraceId: ({ span }) => textOf(span.spanContext().traceId),
  SpanId: ({ span }) => textOf(span.spanContext().spanId),
  ParentSpanId: ({ parent }) => parent,
  TraceState: ({ span }) => textOf(span.spanContext().traceState?.serialize?.()),
  Flags: ({ span }) => span.spanContext().traceFlags ?? 0,
  Events: ({ span }) => (span.events ?? []).map(({ name, time, attributes }) => bag({ Name: textOf(name), Timestamp: toNanos(time), Attributes: toBag(attributes) })),
  Links: ({ span }) => (span.links ?? []).map(({ context, attributes }) => bag({ TraceId: textOf(context?.traceId), SpanId: textOf(context?.spanId), TraceState: null, Attributes: toBag(attributes) })),
};
