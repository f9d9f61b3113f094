// All text of a record, or of what surrounds records, put to a TextMapper and rewritten in place: fields keep their order,
// and what the mapper leaves alone keeps its bytes, duplicates and shadowed alternatives included. Nothing is decoded.
// What cannot be looked at (nested too deeply, cut off) is left out, for nobody could vouch for it.
import { doubleAt, ProtoReader, ProtoWriter, signed64, varintHigh, varintLow, wireBytes, wireFixed64, wireVarint } from '../base/index.ts';
import { maxDepth } from './any-value.ts';
import type { LazyCursor } from './cursor.ts';
import { anyValueField, keyValueField } from './fields.ts';
import { recordPlan, requestPlan, type TextPlan } from './text-plan.ts';
import type { RecordCursor, RequestView, TextMapper } from './types.ts';
import { nodeStride, nOrdinal } from './view.ts';

/** The record's message body with its text mapped, or the body that stands for it by now; null when all is as it was. */
export function mapRecordText(cursor: RecordCursor, mapper: TextMapper, body: Uint8Array | null = null): Uint8Array | null {
  const own = cursor as LazyCursor;
  const { view, index } = own;
  const kind = view.signal === 'metrics' ? view.nodes[view.nodeOf(index) * nodeStride + nOrdinal]! : 0;
  const plan = recordPlan(view.signal, kind);
  return body === null ? new TextMap(own.bytes, mapper).message(plan, view.recordStart(index), view.recordEnd(index), 0) : new TextMap(body, mapper).message(plan, 0, body.length, 0);
}

/** The request with the text of resources, scopes and metrics mapped and its records as they are; null when all is as it was. */
export function mapTextAround(view: RequestView, mapper: TextMapper): Uint8Array | null {
  return new TextMap(view.bytes, mapper).message(requestPlan(view.signal), 0, view.bytes.length, 0);
}

/** What becomes of a field: null keeps it, `gone` leaves it out, `emptied` is a value of which nothing is left. */
type Change = Uint8Array | null;
const gone = new Uint8Array(0);
/** An AnyValue that holds an empty string. */
const emptied = Uint8Array.of(anyValueField.string * 8 + wireBytes, 0);
/** Nothing that decoding still reads is left out: counted from the record, not from its attributes. */
const deepest = maxDepth + 8;
/** Messages in an unknown field that are looked into before it is left out unseen. */
const unknownDepth = 12;

/** One reader per depth, kept. */
const readers: ProtoReader[] = [];
const readerAt = (depth: number): ProtoReader => (readers[depth] ??= new ProtoReader());

/** A message on its way out: written from the first field that changes on, with runs of kept fields copied as they are. */
class Patch {
  #writer = new ProtoWriter(256);
  #changed = false;
  #bytes: Uint8Array = gone;
  #from = 0;
  #end = 0;

  reset(bytes: Uint8Array, start: number, end: number): this {
    this.#changed = false;
    this.#bytes = bytes;
    this.#from = start;
    this.#end = end;
    return this;
  }

  /** Leaves out the bytes [start, end), and writes `body` as field `field` in their place unless it is `gone`. */
  put(start: number, end: number, field: number, body: Uint8Array): void {
    const writer = this.#writer;
    if (!this.#changed) writer.clear();
    this.#changed = true;
    writer.raw(this.#bytes, this.#from, start);
    if (body !== gone) writer.bytesField(field, body);
    this.#from = end;
  }

  finish(): Change {
    if (!this.#changed) return null;
    const writer = this.#writer;
    writer.raw(this.#bytes, this.#from, this.#end);
    const message = writer.finish();
    // A very large message must not pin its memory for ever.
    if (message.length > mostKept) this.#writer = new ProtoWriter(256);
    return message;
  }
}

const mostKept = 64 * 1024;
/** One patch per depth, kept: a message in hand has one depth. */
const patches: Patch[] = [];
const patchAt = (depth: number): Patch => (patches[depth] ??= new Patch());

class TextMap {
  readonly #bytes: Uint8Array;
  readonly #mapper: TextMapper;
  /** The attribute key of the text in hand: a range of `#keyBytes`, empty when it has none. */
  #keyBytes: Uint8Array;
  #keyStart = 0;
  #keyEnd = 0;

  constructor(bytes: Uint8Array, mapper: TextMapper) {
    this.#bytes = this.#keyBytes = bytes;
    this.#mapper = mapper;
  }

  message(plan: TextPlan, start: number, end: number, depth: number): Change {
    const reader = readerAt(depth).reset(this.#bytes, start, end);
    const patch = patchAt(depth).reset(this.#bytes, start, end);
    while (reader.next()) {
      if (reader.wire !== wireBytes) continue;
      const change = this.#field(plan, reader.field, reader.start, reader.end, depth + 1);
      if (change !== null) patch.put(reader.fieldStart, reader.end, reader.field, change);
    }
    return this.#finish(patch, reader, end);
  }

  /** The rest of a message that is malformed goes: no reader of it can say what it holds. */
  #finish(patch: Patch, reader: ProtoReader, end: number): Change {
    if (reader.fault !== null) patch.put(reader.faultAt, end, 0, gone);
    return patch.finish();
  }

  #field(plan: TextPlan, field: number, start: number, end: number, depth: number): Change {
    switch (plan.holds[field] ?? 'unknown') {
      case 'text': return this.#keyed(plan.keys[field] ?? null, start, end);
      case 'anyValue': return this.#keyed(null, start, end, depth);
      case 'keyValue': return this.#keyValue(start, end, depth);
      case 'message': return this.message(plan.inner[field]!, start, end, depth);
      // Trace ids have 16 bytes and span ids 8; what is longer is no id.
      case 'id': return end - start > 16 && this.#unknownHolds(start, end, 0) ? gone : null;
      case 'unknown': return this.#unknownHolds(start, end, 0) ? gone : null;
      default: return null;
    }
  }

  /** A text field (or at a depth an AnyValue) under a key that is no attribute's. */
  #keyed(key: Uint8Array | null, start: number, end: number, depth = -1): Change {
    this.#keyBytes = key ?? this.#bytes;
    this.#keyStart = 0;
    this.#keyEnd = key?.length ?? 0;
    return depth < 0 ? this.#text(start, end) : this.#anyValue(start, end, depth);
  }

  #text(start: number, end: number): Change {
    const text = this.#mapper.text(this.#bytes, start, end, this.#keyBytes, this.#keyStart, this.#keyEnd);
    // An empty text is a text; `gone` is told by identity.
    return text !== null && text.length === 0 ? new Uint8Array(0) : text;
  }

  /** Its value under its key. A key or a value of which nothing is left takes the whole attribute with it. */
  #keyValue(start: number, end: number, depth: number): Change {
    if (depth >= deepest) return gone;
    const [bytes, keyStart, keyEnd] = [this.#keyBytes, this.#keyStart, this.#keyEnd];
    const change = this.#keyValueIn(start, end, depth);
    this.#keyBytes = bytes;
    this.#keyStart = keyStart;
    this.#keyEnd = keyEnd;
    return change;
  }

  #keyValueIn(start: number, end: number, depth: number): Change {
    const reader = readerAt(depth);
    this.#findKey(reader.reset(this.#bytes, start, end));
    reader.reset(this.#bytes, start, end);
    const patch = patchAt(depth).reset(this.#bytes, start, end);
    while (reader.next()) {
      if (reader.wire !== wireBytes) continue;
      const { field } = reader;
      const change = field === keyValueField.value ? this.#anyValue(reader.start, reader.end, depth + 1)
        : field === keyValueField.key ? this.#mapper.key(this.#bytes, reader.start, reader.end)
        : this.#unknownHolds(reader.start, reader.end, 0) ? gone : null;
      if (change === null) continue;
      if (change === emptied || (field === keyValueField.key && change.length === 0)) return gone;
      patch.put(reader.fieldStart, reader.end, field, change);
    }
    return this.#finish(patch, reader, end);
  }

  /** The last key counts, as in protobuf. */
  #findKey(reader: ProtoReader): void {
    this.#keyBytes = this.#bytes;
    this.#keyStart = this.#keyEnd = 0;
    while (reader.next()) {
      if (reader.field !== keyValueField.key || reader.wire !== wireBytes) continue;
      this.#keyStart = reader.start;
      this.#keyEnd = reader.end;
    }
  }

  #anyValue(start: number, end: number, depth: number): Change {
    if (depth >= deepest) return start === end ? null : gone;
    const reader = readerAt(depth).reset(this.#bytes, start, end);
    const patch = patchAt(depth).reset(this.#bytes, start, end);
    while (reader.next()) {
      const { field, wire } = reader;
      let change: Change;
      let as: number = field;
      if (wire === wireBytes) {
        change = this.#valueField(field, reader.start, reader.end, depth);
        if (change !== null && change.length === 0 && (field === anyValueField.string || field === anyValueField.bytes)) return emptied;
      } else {
        change = this.#number(field, wire, reader.start);
        if (change !== null && change.length === 0) return emptied;
        as = anyValueField.string;
      }
      if (change !== null) patch.put(reader.fieldStart, reader.end, as, change);
    }
    return this.#finish(patch, reader, end);
  }

  #valueField(field: number, start: number, end: number, depth: number): Change {
    switch (field) {
      case anyValueField.string: case anyValueField.bytes: return this.#text(start, end);
      case anyValueField.array: return this.#values(start, end, depth + 1, false);
      case anyValueField.kvlist: return this.#values(start, end, depth + 1, true);
      default: return this.#unknownHolds(start, end, 0) ? gone : null;
    }
  }

  /** ArrayValue or KeyValueList: both hold their values in field 1. */
  #values(start: number, end: number, depth: number, pairs: boolean): Change {
    if (depth >= deepest) return gone;
    const reader = readerAt(depth).reset(this.#bytes, start, end);
    const patch = patchAt(depth).reset(this.#bytes, start, end);
    while (reader.next()) {
      if (reader.wire !== wireBytes) continue;
      const change = reader.field !== 1 ? (this.#unknownHolds(reader.start, reader.end, 0) ? gone : null)
        : pairs ? this.#keyValue(reader.start, reader.end, depth + 1) : this.#anyValue(reader.start, reader.end, depth + 1);
      if (change !== null) patch.put(reader.fieldStart, reader.end, reader.field, change);
    }
    return this.#finish(patch, reader, end);
  }

  /** A whole number, also one that was sent as a double, as the text that stands for it now; null when it stays. */
  #number(field: number, wire: number, at: number): Change {
    const bytes = this.#bytes;
    let value: number | bigint;
    if (field === anyValueField.int && wire === wireVarint) value = signed64(varintLow(bytes, at), varintHigh(bytes, at));
    else if (field === anyValueField.double && wire === wireFixed64) value = doubleAt(bytes, at);
    else return null;
    if (typeof value === 'number' && !Number.isSafeInteger(value)) return null;
    return this.#mapper.integer(value, this.#keyBytes, this.#keyStart, this.#keyEnd);
  }

  /** Whether a field that no schema has may hold something: as text, or as a message with text in it. */
  #unknownHolds(start: number, end: number, depth: number): boolean {
    if (depth > unknownDepth || this.#mapper.holds(this.#bytes, start, end)) return true;
    const reader = new ProtoReader().reset(this.#bytes, start, end);
    while (reader.next()) if (reader.wire === wireBytes && this.#unknownHolds(reader.start, reader.end, depth + 1)) return true;
    return false;
  }
}
