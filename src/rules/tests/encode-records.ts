// Records written as columns to OTLP, the way the tables name them (rules.md): what tests give, and samples that a person pastes.
// A name that is no column of the table is an attribute. OTLP/JSON: opentelemetry-proto 1.x, logs, trace and metrics.
import type { Failure, Result } from '../../base/index.ts';
import { parseTimespan } from '../../kql/index.ts';
import { durationText, type Signal } from '../../model/index.ts';
import { columnsOf, objectToProtobuf } from '../../otlp/index.ts';
import { durationNanos } from '../document/index.ts';

export type ColumnRecord = Readonly<Record<string, unknown>>;
type Json = Readonly<Record<string, unknown>>;

/** Names that say something about the test, not about the record. */
const outside: ReadonlySet<string> = new Set(['at', 'table']);
const given = (value: unknown): boolean => value !== undefined && value !== null;

/** What is wrong with a record, and the field that it is about; null when it is about none alone. */
export interface FieldFailure extends Failure { readonly field: string | null }

/** One export request that holds the record. `nowUnixNano` is its time when it names none. Error `rule.test-record`, saying which field. */
export function encodeRecord(signal: Signal, record: ColumnRecord, nowUnixNano: bigint): Result<Uint8Array, FieldFailure> {
  try {
    const bytes = objectToProtobuf(signal, requests[signal](new Fields(signal, record, nowUnixNano)));
    return bytes.ok ? bytes : refused(null, bytes.error.message, bytes.error.help);
  } catch (failed) {
    if (failed instanceof BadField) return refused(failed.field, failed.message);
    throw failed;
  }
}

const refused = (field: string | null, message: string, help?: string): Result<never, FieldFailure> => ({ ok: false, error: { code: 'rule.test-record', message, field, ...(help !== undefined && { help }) } });

class BadField extends Error {
  readonly field: string;
  constructor(field: string, message: string) { super(message); this.field = field; }
}

/** The fields of one record, each read as OTLP/JSON wants it. */
class Fields {
  readonly #record: ColumnRecord;
  readonly #columns: ReadonlySet<string>;
  readonly nowUnixNano: bigint;

  constructor(signal: Signal, record: ColumnRecord, nowUnixNano: bigint) {
    this.#record = record;
    this.#columns = new Set(columnsOf(signal).map(({ name }) => name));
    this.nowUnixNano = nowUnixNano;
    if (given(record['DurableId'])) throw new BadField('DurableId', 'DurableId cannot be given: it follows from EventName, Name or MetricName.');
  }

  raw(name: string): unknown { return this.#record[name] ?? undefined; }
  has(name: string): boolean { return given(this.#record[name]); }

  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new BadField(name, `${name} must be text.`);
  }

  number(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'number') return value;
    throw new BadField(name, `${name} must be a number, not ${JSON.stringify(value)}.`);
  }

  bag(name: string): Json {
    const value = this.raw(name) ?? {};
    if (typeof value === 'object' && !Array.isArray(value)) return value as Json;
    throw new BadField(name, `${name} must be a set of fields.`);
  }

  list(name: string): readonly Json[] | undefined {
    const value = this.raw(name);
    if (value === undefined || Array.isArray(value)) return value as readonly Json[] | undefined;
    throw new BadField(name, `${name} must be a list.`);
  }

  time(name: string): string | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : timeUnixNano(value, name).toString();
  }

  /** An id of so many hex digits. */
  id(name: string, digits: number): string | undefined {
    const value = this.text(name);
    if (value === undefined || value === '' || (value.length === digits && /^[0-9a-f]+$/i.test(value))) return value;
    throw new BadField(name, `${name} must be ${digits} hex digits, not "${value}".`);
  }

  /** One of the names, in any case, as its number. */
  oneOf(name: string, names: readonly string[]): number | undefined {
    const value = this.text(name);
    const index = value === undefined ? -1 : names.findIndex((one) => one.toLowerCase() === value.toLowerCase());
    if (value !== undefined && index < 0) throw new BadField(name, `${name} is one of ${names.join(', ')}, not "${value}".`);
    return value === undefined ? undefined : index;
  }

  /** Attributes of the record: the bag, and every name that is no column. */
  attributes(): readonly Json[] {
    const loose = Object.entries(this.#record).filter(([name]) => !this.#columns.has(name) && !outside.has(name));
    return keyValues({ ...this.bag('Attributes'), ...Object.fromEntries(loose) });
  }

  /** The request around one record; `key` is what OTLP/JSON calls the records of a scope. */
  request(resources: string, scopes: string, key: string, record: Json): Json {
    const service = this.text('ServiceName');
    const resource = { attributes: keyValues({ ...(service !== undefined && { 'service.name': service }), ...this.bag('Resource') }) };
    const scope = defined({ name: this.text('ScopeName'), version: this.text('ScopeVersion') });
    return { [resources]: [{ resource, [scopes]: [{ scope, [key]: [defined(record)] }] }] };
  }
}

const defined = (value: Json): Json => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
const keyValues = (bag: Json): readonly Json[] => Object.entries(bag).filter(([, value]) => given(value)).map(([key, value]) => ({ key, value: anyValue(value) }));

function anyValue(value: unknown): Json {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint') return { intValue: value.toString() };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return value === null || value === undefined ? {} : { kvlistValue: { values: keyValues(value as Json) } };
}

/** ISO 8601, or a number of Unix seconds, milliseconds, microseconds or nanoseconds, told apart by size. Throws BadField. */
function timeUnixNano(value: unknown, name: string): bigint {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (typeof value === 'string' && !Number.isNaN(ms)) {
    // Date.parse keeps milliseconds; the digits beyond them are added back.
    const digits = /\.(\d{4,9})/.exec(value)?.[1];
    return BigInt(ms) * 1_000_000n + (digits === undefined ? 0n : BigInt(digits.padEnd(9, '0').slice(3)));
  }
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) throw new BadField(name, `${name} must be a time such as 2026-01-01T10:00:00Z, not ${JSON.stringify(value)}.`);
  if (typeof value === 'string' && value.length > 15) return BigInt(value);
  return BigInt(Math.round(number * (number > 1e17 ? 1 : number > 1e14 ? 1e3 : number > 1e11 ? 1e6 : 1e9)));
}

/** Time as a test writes it, in Unix nanoseconds; null when it is none. */
export function readTime(value: unknown): bigint | null {
  try { return timeUnixNano(value, ''); } catch (failed) { if (failed instanceof BadField) return null; throw failed; }
}

/** A span of time as a test writes it (`200ms`, `00:00:01.5`, a number of nanoseconds), in nanoseconds; null when it is none. */
export function readSpan(value: unknown): bigint | null {
  if (typeof value === 'number') return BigInt(Math.round(value));
  if (typeof value !== 'string') return null;
  return durationText.safeParse(value).success ? durationNanos(value) : parseTimespan(value);
}

const spanKinds = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'];
const statusCodes = ['Unset', 'Ok', 'Error'];
const temporalities = ['Unspecified', 'Delta', 'Cumulative'];

const requests: Readonly<Record<Signal, (fields: Fields) => Json>> = { logs: logRequest, spans: spanRequest, metrics: metricRequest };

function logRequest(fields: Fields): Json {
  return fields.request('resourceLogs', 'scopeLogs', 'logRecords', {
    timeUnixNano: fields.time('Timestamp') ?? fields.nowUnixNano.toString(), observedTimeUnixNano: fields.time('ObservedTimestamp'),
    severityNumber: fields.number('SeverityNumber'), severityText: fields.text('SeverityText'), eventName: fields.text('EventName'),
    body: fields.has('Body') ? anyValue(fields.raw('Body')) : undefined, attributes: fields.attributes(),
    traceId: fields.id('TraceId', 32), spanId: fields.id('SpanId', 16), flags: fields.number('Flags'),
  });
}

function spanRequest(fields: Fields): Json {
  const start = fields.time('StartTimestamp') ?? fields.time('Timestamp') ?? fields.nowUnixNano.toString();
  const duration = fields.has('Duration') ? readSpan(fields.raw('Duration')) : 0n;
  if (duration === null) throw new BadField('Duration', 'Duration must be a span of time such as 200ms.');
  return fields.request('resourceSpans', 'scopeSpans', 'spans', {
    traceId: fields.id('TraceId', 32), spanId: fields.id('SpanId', 16), parentSpanId: fields.id('ParentSpanId', 16), traceState: fields.text('TraceState'), flags: fields.number('Flags'),
    name: fields.text('Name'), kind: fields.oneOf('Kind', spanKinds), startTimeUnixNano: start, endTimeUnixNano: fields.time('EndTimestamp') ?? (BigInt(start) + duration).toString(),
    attributes: fields.attributes(), status: defined({ code: fields.oneOf('StatusCode', statusCodes), message: fields.text('StatusMessage') }),
    events: fields.list('Events')?.map((event) => defined({ name: event['Name'], timeUnixNano: given(event['Timestamp']) ? timeUnixNano(event['Timestamp'], 'Events').toString() : undefined, attributes: keyValues((event['Attributes'] ?? {}) as Json) })),
    links: fields.list('Links')?.map((link) => defined({ traceId: link['TraceId'], spanId: link['SpanId'], traceState: link['TraceState'], attributes: keyValues((link['Attributes'] ?? {}) as Json) })),
  });
}

/** Kinds of a data point; Gauge when none is named. */
const pointKinds = ['Gauge', 'Sum', 'Histogram', 'ExponentialHistogram', 'Summary'];
const pointKeys = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];

function metricRequest(fields: Fields): Json {
  const kind = fields.oneOf('Kind', pointKinds) ?? (fields.has('Count') || fields.has('BucketCounts') ? 2 : 0);
  const observations = kind >= 2;
  const value = fields.number('Value');
  const point = defined({
    timeUnixNano: fields.time('Timestamp') ?? fields.nowUnixNano.toString(), startTimeUnixNano: fields.time('StartTimestamp'), flags: fields.number('Flags'), attributes: fields.attributes(),
    ...(!observations && value !== undefined && (Number.isSafeInteger(value) ? { asInt: String(value) } : { asDouble: value })),
    ...(observations && { count: fields.number('Count')?.toString(), sum: fields.number('Sum') }),
    ...((kind === 2 || kind === 3) && { min: fields.number('Min'), max: fields.number('Max') }),
    ...(kind === 2 && { bucketCounts: fields.list('BucketCounts')?.map(String), explicitBounds: fields.list('ExplicitBounds') }),
  });
  const temporality = kind === 0 || kind === 4 ? undefined : fields.oneOf('Temporality', temporalities) ?? 1;
  return fields.request('resourceMetrics', 'scopeMetrics', 'metrics', {
    name: fields.text('MetricName'), unit: fields.text('Unit'), description: fields.text('Description'),
    [pointKeys[kind]!]: defined({ dataPoints: [point], aggregationTemporality: temporality, isMonotonic: kind === 1 ? true : undefined }),
  });
}
