// Which fields of a message hold text, from the schema: what `text-map.ts` looks at in each field, by its number.
import { encodeUtf8 } from '../base/index.ts';
import type { RedactionPlace, Signal } from '../model/index.ts';
import { packedSize, type Packed } from './packed.ts';
import { Message, requests } from './schema.ts';

/** What a length-delimited field holds. `record`: a record, which is mapped on its own. `unknown`: no schema has it. */
export type Holds = 'unknown' | 'numbers' | 'text' | 'id' | 'message' | 'anyValue' | 'keyValue' | 'record';

export interface TextPlan {
  /** By field number; beyond the end, `unknown`. */
  readonly holds: readonly Holds[];
  /** The plan of each field that holds a message. */
  readonly inner: readonly (TextPlan | null)[];
  /** The field's name as key of its text, in ASCII: `version` of a scope says what `1.2.3.4` is. Null for all other text. */
  readonly keys: readonly (Uint8Array | null)[];
  /** How the numbers of each field of numbers lie in it. */
  readonly packed: readonly (Packed | null)[];
  /** By field number: where a text stands, and its name in OTLP/JSON. */
  readonly places: readonly RedactionPlace[];
  readonly names: readonly string[];
  /** Records lie in this message, or in one inside it. */
  readonly surrounds: boolean;
}

const messageIn = (message: Message, field: number): Message => {
  const type = message.byNumber.get(field)?.type;
  if (!(type instanceof Message)) throw new TypeError(`Field ${field} of ${message.name} is no message.`);
  return type;
};
const under = (message: Message, ...path: readonly number[]): Message => path.reduce(messageIn, message);

/** A metric's field numbers of Gauge, Sum, Histogram, ExponentialHistogram and Summary. */
const dataFields = [5, 7, 9, 10, 11];
const metric = under(requests.metrics, 1, 2, 2);

/** The plan of a record; for metrics by the metric's field number. */
const recordMessages: Readonly<Record<Signal, ReadonlyMap<number, Message>>> = {
  logs: new Map([[0, under(requests.logs, 1, 2, 2)]]), spans: new Map([[0, under(requests.spans, 1, 2, 2)]]),
  metrics: new Map(dataFields.map((field) => [field, under(metric, field, 1)])),
};

/** What a field of a message opens, in each of which all text is of one place; `metric` and records tell their fields apart. */
const placesByMessage: Readonly<Record<string, RedactionPlace>> = {
  Resource: 'resource', EntityRef: 'resource', ResourceLogs: 'resource', ResourceTrace: 'resource', ResourceMetrics: 'resource',
  InstrumentationScope: 'scope', ScopeLogs: 'scope', ScopeTrace: 'scope', ScopeMetrics: 'scope', 'Span.Event': 'event', 'Span.Link': 'link', Metric: 'metric', Exemplar: 'metric',
};
const placesByField: Readonly<Record<string, RedactionPlace>> = {
  'LogRecord.body': 'body', 'LogRecord.severityText': 'name', 'LogRecord.eventName': 'name', 'Span.name': 'name', 'Metric.name': 'name',
};

const placeOf = (message: Message, field: string, type: unknown): RedactionPlace =>
  placesByField[`${message.name}.${field}`] ?? placesByMessage[message.name] ?? (type instanceof Message && type.name === 'KeyValue' ? 'attribute' : 'other');

function planner(records: ReadonlySet<Message>): (message: Message) => TextPlan {
  const known = new Map<Message, TextPlan>();
  const planOf = (message: Message): TextPlan => {
    const before = known.get(message);
    if (before !== undefined) return before;
    const last = Math.max(...message.byNumber.keys());
    const holds: Holds[] = Array.from({ length: last + 1 }, () => 'unknown');
    const inner: (TextPlan | null)[] = holds.map(() => null);
    const keys: (Uint8Array | null)[] = holds.map(() => null);
    const places: RedactionPlace[] = holds.map(() => 'other');
    const names: string[] = holds.map(() => '');
    const packed: (Packed | null)[] = holds.map(() => null);
    const plan = { holds, inner, keys, packed, places, names, surrounds: false };
    known.set(message, plan);
    for (const { number, type, name, repeated } of message.byNumber.values()) {
      holds[number] = holdsOf(type, repeated, records);
      if (holds[number] === 'message') inner[number] = planOf(type as Message);
      if (holds[number] === 'numbers') packed[number] = packedSize(type);
      if (holds[number] === 'record' || inner[number]?.surrounds === true) plan.surrounds = true;
      if (name === 'version') keys[number] = encodeUtf8(name);
      places[number] = placeOf(message, name, type);
      names[number] = name;
    }
    return plan;
  };
  return planOf;
}

function holdsOf(type: unknown, repeated: boolean, records: ReadonlySet<Message>): Holds {
  if (type instanceof Message) return records.has(type) ? 'record' : type.name === 'AnyValue' ? 'anyValue' : type.name === 'KeyValue' ? 'keyValue' : 'message';
  if (type === 'string' || type === 'bytes') return 'text';
  if (type === 'hex') return 'id';
  // One number is never length-delimited: what comes so is something else.
  return repeated ? 'numbers' : 'unknown';
}

const inRecords = planner(new Set());
const recordPlans = new Map(Object.values(recordMessages).flatMap((messages) => [...messages.values()]).map((message) => [message, inRecords(message)]));
const aroundPlans: Readonly<Record<Signal, TextPlan>> = { logs: aroundPlan('logs'), spans: aroundPlan('spans'), metrics: aroundPlan('metrics') };

function aroundPlan(signal: Signal): TextPlan {
  return planner(new Set(recordMessages[signal].values()))(requests[signal]);
}

/** `dataField`: the metric's field number of a data point, 0 for logs and spans. */
export const recordPlan = (signal: Signal, dataField: number): TextPlan => recordPlans.get(recordMessages[signal].get(dataField)!)!;

/** A whole request, less its records. */
export const requestPlan = (signal: Signal): TextPlan => aroundPlans[signal];
