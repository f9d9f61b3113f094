// A span as an export request of its own, by way of OTLP/JSON, and what comes back written into the span: name, status message,
// attributes, and those of events and links. Times and ids stay as they are.
import { codec, columnId, objectToProtobuf, type Value } from '../../otlp/index.ts';
import type { Attributes, Span } from '../hooks/index.ts';
import type { SpanCursor } from './span-cursor.ts';
import { fromValue, newBag, toBag } from './values.ts';

type Json = Readonly<Record<string, unknown>>;

const pairs = (bag: Readonly<Record<string, Value>>): readonly Json[] => Object.keys(bag).map((key) => ({ key, value: anyValue(bag[key]!) }));

function anyValue(value: Value): Json {
  if (value === null) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { intValue: String(value) };
  if (typeof value === 'number') return { doubleValue: Number.isFinite(value) ? value : String(value) };
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { arrayValue: { values: (value as readonly Value[]).map(anyValue) } };
  return { kvlistValue: { values: pairs(value as Readonly<Record<string, Value>>) } };
}

const id = (given: unknown): string | undefined => (typeof given === 'string' ? given : undefined);

/** `resource`: the attributes of the resource that rules ask for. Throws on what cannot be written. */
export function spanToWire(cursor: SpanCursor, resource: Readonly<Record<string, Value>>): Uint8Array {
  const { span, start, end } = cursor;
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const one: Json = {
    traceId: id(traceId), spanId: id(spanId), ...(cursor.parent !== null && { parentSpanId: cursor.parent }), flags: traceFlags ?? 0, traceState: traceState?.serialize?.() ?? '',
    name: cursor.name ?? '', kind: (span.kind ?? 0) + 1, startTimeUnixNano: String(start), endTimeUnixNano: String(end), attributes: pairs(toBag(span.attributes)),
    events: (span.events ?? []).map(({ name, attributes }) => ({ name: String(name), timeUnixNano: String(start), attributes: pairs(toBag(attributes)) })),
    links: (span.links ?? []).map(({ context, attributes }) => ({ traceId: id(context?.traceId), spanId: id(context?.spanId), attributes: pairs(toBag(attributes)) })),
    status: { code: span.status?.code ?? 0, message: span.status?.message ?? '' },
  };
  const scope = typeof cursor.scope.name === 'string' ? { name: cursor.scope.name } : {};
  const written = objectToProtobuf('spans', { resourceSpans: [{ resource: { attributes: pairs(resource) }, scopeSpans: [{ scope, spans: [one] }] }] });
  if (!written.ok) throw new Error(written.error.message);
  return written.value;
}

const reading = codec.cursor();
const column = (name: string): Value => reading.column(columnId('spans', name));

/** Throws before anything is written when the bytes are not the span's. */
export function spanFromWire(bytes: Uint8Array, span: Span): void {
  const walked = codec.walk('spans', bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  reading.reset(walked.value);
  reading.moveTo(0);
  const [events, links] = [bags(column('Events')), bags(column('Links'))];
  if (events.length !== (span.events?.length ?? 0) || links.length !== (span.links?.length ?? 0)) throw new Error('Events or links of a span were lost on the way through the rules.');
  span.name = column('Name') ?? '';
  putAll(span.attributes, fromValue(column('Attributes') ?? newBag()) as Attributes);
  const message = column('StatusMessage');
  if (span.status?.message !== undefined) span.status = { ...span.status, message: typeof message === 'string' ? message : '' };
  span.events?.forEach((event, i) => { event.name = events[i]!['Name'] ?? ''; event.attributes = fromValue(events[i]!['Attributes']!) as Attributes; });
  span.links?.forEach((link, i) => { link.attributes = fromValue(links[i]!['Attributes']!) as Attributes; });
}

const bags = (value: Value): readonly Readonly<Record<string, Value>>[] => (Array.isArray(value) ? (value as readonly Readonly<Record<string, Value>>[]) : []);

function putAll(target: Attributes, next: Attributes): void {
  for (const key of Object.keys(target)) if (!Object.hasOwn(next, key)) delete target[key];
  for (const key of Object.keys(next)) target[key] = next[key];
}

/** Nothing is left that says anything. For a span that redaction failed on. */
export function blankSpan(span: Span): void {
  span.name = 'withheld';
  putAll(span.attributes, {});
  if (span.status?.message !== undefined) span.status = { ...span.status, message: '' };
  if (span.events !== undefined) span.events.length = 0;
  if (span.links !== undefined) span.links.length = 0;
}
