// The wire as the rest of Weir sees it. Only otlp/ touches protobuf; engine/ asks for fields through a RecordCursor.
import type { Failure, Result } from '../base/index.ts';
import type { RedactionPlace, Signal } from '../model/index.ts';

/** A decoded OTLP AnyValue. Integers are numbers when safe, bigints beyond; bytes stay bytes. Missing is null. */
export type Value = null | boolean | number | bigint | string | Uint8Array | readonly Value[] | { readonly [key: string]: Value };

/** Index of a column of a signal's table, from `columnId`; small integers so that executors can switch on them. */
export type ColumnId = number;

/** Gives log records a durable id that have no other name: by the template of their body (mining/). */
export interface TemplateNames {
  /** Number of the template of the UTF-8 text bytes[start, end) within a scope (hashBytes of its name, 0: none); -1 when it is not known and must not be learned. */
  numberOf(bytes: Uint8Array, start: number, end: number, scope: number): number;
  /** The durable id of a template as text, and hashBytes of its UTF-8 bytes. */
  idOf(number: number): string;
  hashOf(number: number): number;
}

/** One export request, walked once; records are byte ranges of `bytes`. For metrics a record is one data point. */
export interface RequestView {
  readonly signal: Signal;
  readonly bytes: Uint8Array;
  readonly recordCount: number;
  /** Byte range of record i's message body (without its tag and length). */
  recordStart(i: number): number;
  recordEnd(i: number): number;
  /** Ordinals within this request; records of one resource (scope) are contiguous. */
  resourceOf(i: number): number;
  scopeOf(i: number): number;
  readonly resourceCount: number;
  readonly scopeCount: number;
  /** Who names records by their body; set by whoever walked the request. Without, such records have no durable id. */
  templates?: TemplateNames | null;
}

/** A reusable pointer at one record of one view; decodes nothing until asked. */
export interface RecordCursor {
  readonly view: RequestView;
  readonly index: number;
  /** How often `reset` was called: with the record's resource it names a resource for as long as the cursor stays. */
  readonly resets: number;
  reset(view: RequestView): void;
  moveTo(index: number): void;
  /** A column's value; timestamps and durations are bigint nanoseconds, ids are lower-case hex strings, Attributes/Resource objects, Body a Value. Missing is null. */
  column(id: ColumnId): Value;
  /** Finds the UTF-8 bytes of a string column without decoding. True when present and a string: then sliceStart/sliceEnd are set (in view.bytes). */
  slice(id: ColumnId): boolean;
  /** The same for one attribute of the record, by UTF-8 key. */
  attributeSlice(key: Uint8Array): boolean;
  readonly sliceStart: number;
  readonly sliceEnd: number;
  /** One attribute, decoded alone; null when missing. Integers and booleans without allocation. */
  attribute(key: Uint8Array): Value;
  resourceAttribute(key: Uint8Array): Value;
  /** What the resource calls itself beside ServiceName, where it has several attributes service.name: ServiceName is the last. */
  otherServices(): readonly string[];
  /** A 32-bit hash of the EventName bytes (span name, metric name), 0 when empty. Collisions are settled by slice(). */
  eventNameHash(): number;
}

/** A request of these records alone, by ascending index, each as it is (`null`) or with other bytes; its own memory. Costs what it holds, not the request. */
export type RequestPicker = (records: readonly { readonly index: number; readonly bytes: Uint8Array | null }[]) => Uint8Array;

/** What a rule wants changed in one record; everything not named keeps its bytes. */
export interface RecordEdit {
  /** Writable columns by name (Body, SeverityText, SeverityNumber, EventName, Timestamp, Name, …); null clears. */
  readonly columns?: ReadonlyMap<string, Value>;
  readonly setAttributes?: ReadonlyMap<string, Value>;
  readonly removeAttributes?: ReadonlySet<string>;
}

/** Where the text or value in hand stands; one object, reused: read it at once. */
export interface TextPlace {
  readonly place: RedactionPlace;
  /** The name of the value, keyBytes[keyStart, keyEnd); of no length when it has none. In an array it is that of the array. */
  readonly keyBytes: Uint8Array;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** The nearest name above that is a secret's, secretBytes[secretStart, secretEnd): a key around the value, a `name` beside it, or the
   *  `--option` before it in a list. Of no length when there is none. */
  readonly secretBytes: Uint8Array;
  readonly secretStart: number;
  readonly secretEnd: number;
  /** Keys from the top one (or `body`) down to the value, with dots between; arrays add nothing. For a field that has no key its
   *  name in OTLP/JSON (`severityText`). Made on demand. */
  path(): string;
}

/** Says what becomes of every text in a record, by ranges of bytes. Null leaves it as it is; an empty text says that nothing
 *  is left of it, and takes the attribute that holds it along. */
export interface TextMapper {
  /** A value under a key, or a body, of whatever kind, before it is looked into. `keep`: all of it stays as it is. `whole`: it is put to
   *  `text` as one, in its text form (numbers as digits, lists and maps as JSON). Null: its texts and numbers one by one. */
  value(at: TextPlace): 'keep' | 'whole' | null;
  /** Whether a name says that all below it is secret; asked where there is something below. Left out: none does. */
  isSecret?(bytes: Uint8Array, start: number, end: number): boolean;
  /** UTF-8 text, or a bytes value: bytes[start, end). The answer is what stands there now. */
  text(at: TextPlace, bytes: Uint8Array, start: number, end: number): Uint8Array | null;
  /** The key of an attribute, which is also the place's. */
  key(at: TextPlace, bytes: Uint8Array, start: number, end: number): Uint8Array | null;
  /** A whole number as attribute or body. The answer is the UTF-8 text that stands for it now. */
  integer(at: TextPlace, value: number | bigint): Uint8Array | null;
  /** Whether a field that no schema has must go, judging by bytes[start, end) as text. */
  holds(at: TextPlace, bytes: Uint8Array, start: number, end: number): boolean;
}

/** The mapper of what surrounds records, by resource of the request; null leaves the resource and all in it as it is. */
export interface SurroundingsMapper {
  of(resource: number): TextMapper | null;
  /** Told before each text: the message (of a resource, scope or metric) that holds it and surrounds the records in bytes[start, end). */
  within(start: number, end: number): void;
}

/** Of one resource. */
export interface ServiceNames { readonly name: string; readonly also: readonly string[] }

/** One aggregate point to be encoded by `encodeMetrics`. Sums are delta, times are Unix nanoseconds. */
export interface MetricPoint {
  readonly name: string;
  readonly unit: string;
  readonly description?: string;
  readonly kind: 'sum' | 'gauge';
  readonly monotonic: boolean;
  readonly value: number;
  readonly isInt: boolean;
  readonly startUnixNano: bigint;
  readonly timeUnixNano: bigint;
  readonly attributes: Readonly<Record<string, Value>>;
}

export interface Codec {
  /** Walks framing and record boundaries; every length is checked, nothing is decoded. Errors name the byte offset. */
  walk(signal: Signal, bytes: Uint8Array): Result<RequestView, Failure>;
  cursor(): RecordCursor;
  /** The id of a table's column by its KQL name (rules.md), or -1. */
  columnId(signal: Signal, name: string): ColumnId;
  /** Record bytes (message body) with the edit applied; untouched fields byte for byte. */
  editRecord(cursor: RecordCursor, edit: RecordEdit): Uint8Array;
  /** Record bytes with all text mapped: body, names, attributes, events, links, exemplars, nested values. Null when all is as it was. `body`: the bytes that stand for the record by now, where they are not those at the cursor. */
  mapRecordText(cursor: RecordCursor, mapper: TextMapper, body?: Uint8Array | null): Uint8Array | null;
  /** The request with the text around its records mapped: resources, scopes, metrics' names and metadata; records stay as they are
   *  and where they are. Null when all is as it was. */
  mapTextAround(view: RequestView, mapper: SurroundingsMapper): Uint8Array | null;
  /** service.name of each resource of the request, by ordinal; empty where it names none. */
  serviceNames(view: RequestView): readonly string[];
  /** The same, with what else a resource calls itself (as `RecordCursor.otherServices`). */
  allServiceNames(view: RequestView): readonly ServiceNames[];
  /** Record bytes with attributes made anew: each function gets what is there now (null: nothing). `body`: as in mapRecordText. */
  withAttributes(cursor: RecordCursor, body: Uint8Array | null, attributes: ReadonlyMap<string, (before: Value) => Value>): Uint8Array;
  /** The request with each record kept (`null`), dropped (`false`) or replaced by other bytes. Emptied scopes and resources go. All kept: returns view.bytes itself. */
  rewrite(view: RequestView, outcome: readonly (null | false | Uint8Array)[]): Uint8Array;
  /** For parting a request in many: see pick.ts. */
  picker(view: RequestView): RequestPicker;
  encodeMetrics(resource: Readonly<Record<string, Value>>, scope: string, points: readonly MetricPoint[]): Uint8Array;
  /** OTLP JSON (hex ids, integer or string 64-bit) to protobuf and back; converted once at the door. */
  jsonToProtobuf(signal: Signal, json: Uint8Array): Result<Uint8Array, Failure>;
  protobufToJson(signal: Signal, bytes: Uint8Array): Result<unknown, Failure>;
}
