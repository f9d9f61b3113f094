// All text of a record, or of what surrounds records, put to a TextMapper and rewritten in place: fields keep their order,
// and what the mapper leaves alone keeps its bytes, duplicates and shadowed alternatives included. Nothing is decoded.
// What cannot be looked at (nested too deeply, cut off) is left out, for nobody could vouch for it.
import { doubleAt, ProtoReader, signed64, varintHigh, varintLow, wireBytes, wireFixed64, wireVarint } from '../base/index.ts';
import { maxDepth } from './any-value.ts';
import type { LazyCursor } from './cursor.ts';
import { anyValueField, keyValueField } from './fields.ts';
import { named, optionName, nameBeside } from './secret-names.ts';
import { holdsText, isPacked, isText } from './packed.ts';
import { textForm } from './text-form.ts';
import { gone, patchAt, readerAt, type Change, type Patch } from './text-patch.ts';
import { recordPlan, requestPlan, type TextPlan } from './text-plan.ts';
import { TextPosition } from './text-position.ts';
import type { RecordCursor, RequestView, SurroundingsMapper, TextMapper } from './types.ts';
import { nodeStride, nOrdinal } from './view.ts';

/** The record's message body with its text mapped, or the body that stands for it by now; null when all is as it was. */
export function mapRecordText(cursor: RecordCursor, mapper: TextMapper, body: Uint8Array | null = null): Uint8Array | null {
  const own = cursor as LazyCursor;
  const { view, index } = own;
  const kind = view.signal === 'metrics' ? view.nodes[view.nodeOf(index) * nodeStride + nOrdinal]! : 0;
  const plan = recordPlan(view.signal, kind);
  return body === null ? textMap.reset(own.bytes, mapper, null).message(plan, view.recordStart(index), view.recordEnd(index), 0) : textMap.reset(body, mapper, null).message(plan, 0, body.length, 0);
}

/** The request with the text of resources, scopes and metrics mapped and its records as they are; null when all is as it was. */
export function mapTextAround(view: RequestView, mapper: SurroundingsMapper): Uint8Array | null {
  const { bytes } = view;
  const plan = requestPlan(view.signal);
  const reader = readerAt(0).reset(bytes, 0, bytes.length);
  const patch = patchAt(0).reset(bytes, 0, bytes.length);
  let resource = -1;
  while (reader.next()) {
    if (reader.wire !== wireBytes) continue;
    if (plan.holds[reader.field] === 'message') resource++;
    // A field that no schema has stands beside resources: the last of them speaks for it.
    const one = mapper.of(Math.max(0, resource));
    if (one === null) continue;
    const change = textMap.reset(bytes, one, mapper).field(plan, reader.field, reader.start, reader.end, 1);
    if (change !== null) patch.put(reader.fieldStart, reader.end, reader.field, change);
  }
  // The walk has checked the request's own fields.
  return patch.finish();
}

/** An AnyValue that holds an empty string. */
const emptied = Uint8Array.of(anyValueField.string * 8 + wireBytes, 0);
/** Nothing that decoding still reads is left out: counted from the record, not from its attributes. */
const deepest = maxDepth + 8;
/** Messages in an unknown field that are looked into before it is left out unseen. */
const unknownDepth = 12;
/** Names in unknown fields; longer texts name nothing. */
const longestUnknownKey = 256;
/** Keys beside the one that counts in one KeyValue; with more of them the value goes. */
const mostOtherKeys = 8;
const none: readonly number[] = [];

const nobody: TextMapper = { value: () => null, text: () => null, key: () => null, integer: () => null, holds: () => false };

class TextMap extends TextPosition {
  #mapper: TextMapper = nobody;
  #around: SurroundingsMapper | null = null;
  /** The message that surrounds records and holds the text in hand. */
  #from = 0;
  #to = 0;

  reset(bytes: Uint8Array, mapper: TextMapper, around: SurroundingsMapper | null): this {
    this.begin(bytes);
    this.#mapper = mapper;
    this.#around = around;
    return this;
  }

  message(plan: TextPlan, start: number, end: number, depth: number): Change {
    const [from, to] = [this.#from, this.#to];
    if (plan.surrounds) { this.#from = start; this.#to = end; }
    const reader = readerAt(depth).reset(this.bytes, start, end);
    const patch = patchAt(depth).reset(this.bytes, start, end);
    while (reader.next()) {
      if (reader.wire !== wireBytes) continue;
      const change = this.field(plan, reader.field, reader.start, reader.end, depth + 1);
      if (change !== null) patch.put(reader.fieldStart, reader.end, reader.field, change);
    }
    this.#from = from;
    this.#to = to;
    return this.#finish(patch, reader, end);
  }

  /** The rest of a message that is malformed goes: no reader of it can say what it holds. */
  #finish(patch: Patch, reader: ProtoReader, end: number): Change {
    if (reader.fault !== null) patch.put(reader.faultAt, end, 0, gone);
    return patch.finish();
  }

  field(plan: TextPlan, field: number, start: number, end: number, depth: number): Change {
    const holds = plan.holds[field] ?? 'unknown';
    if (holds === 'message') return this.message(plan.inner[field]!, start, end, depth);
    if (holds === 'record') return null;
    this.#enter(plan, field);
    switch (holds) {
      case 'text': return this.#text(start, end);
      case 'anyValue': return this.#value(start, end, depth);
      case 'keyValue': return this.#keyValue(start, end, depth);
      // Trace ids have 16 bytes and span ids 8; what is longer is no id, and what can be read may be none.
      case 'id': return (end - start > 16 || isText(this.bytes, start, end)) && this.#unknownHolds(start, end, 0) ? gone : null;
      case 'numbers': return this.#numbers(plan, field, start, end);
      default: return this.#unknownHolds(start, end, 0) ? gone : null;
    }
  }

  #enter(plan: TextPlan, field: number): void {
    this.enterField(plan, field);
    if (this.#around !== null) this.#around.within(this.#from, this.#to);
  }

  /** What is no run of numbers goes, and so does one that reads as text and holds something. */
  #numbers(plan: TextPlan, field: number, start: number, end: number): Change {
    const bytes = this.bytes;
    if (!isPacked(plan.packed[field] ?? 0, bytes, start, end)) return gone;
    return holdsText(bytes, start, end) && this.#mapper.holds(this, bytes, start, end) ? gone : null;
  }

  /** From here on down, if the name bytes[start, end) is a secret's. */
  #enterSecret(start: number, end: number): void {
    if (end <= start || this.#mapper.isSecret?.(this.bytes, start, end) !== true) return;
    this.secretBytes = this.bytes;
    this.secretStart = start;
    this.secretEnd = end;
  }

  #text(start: number, end: number): Change {
    const { secretEnd } = this;
    // The name beside a secret is not the secret.
    if (start === this.secretStart && end === secretEnd) this.secretEnd = start;
    const text = this.#mapper.text(this, this.bytes, start, end);
    this.secretEnd = secretEnd;
    // An empty text is a text; `gone` is told by identity.
    return text !== null && text.length === 0 ? new Uint8Array(0) : text;
  }

  /** Its value under its key. A key or a value of which nothing is left takes the whole attribute with it. */
  #keyValue(start: number, end: number, depth: number): Change {
    if (depth >= deepest) return gone;
    const { keyBytes, keyStart, keyEnd } = this;
    const change = this.#keyValueIn(start, end, depth);
    this.keyBytes = keyBytes;
    this.keyStart = keyStart;
    this.keyEnd = keyEnd;
    this.keyCount--;
    return change;
  }

  #keyValueIn(start: number, end: number, depth: number): Change {
    const reader = readerAt(depth);
    const others = this.#findKeys(reader.reset(this.bytes, start, end));
    const at = this.keyCount++ * 2;
    this.nameIt(at, this.keyStart, this.keyEnd);
    let hasValue = false;
    reader.reset(this.bytes, start, end);
    const patch = patchAt(depth).reset(this.bytes, start, end);
    while (reader.next()) {
      if (reader.wire !== wireBytes) continue;
      const { field } = reader;
      hasValue ||= field === keyValueField.value;
      const change = field === keyValueField.value ? this.#valueOf(at, others, reader.start, reader.end, depth + 1)
        : field === keyValueField.key ? this.#mapper.key(this, this.bytes, reader.start, reader.end)
        : this.#unknownHolds(reader.start, reader.end, 0) ? gone : null;
      if (change === null) continue;
      if (change === emptied || (field === keyValueField.key && change.length === 0)) return gone;
      patch.put(reader.fieldStart, reader.end, field, change);
    }
    // A value that is not there can be decided by its name all the same: it may take the attribute or the record along.
    if (!hasValue && reader.fault === null && this.#valueOf(at, others, end, end, depth + 1) === emptied) return gone;
    return this.#finish(patch, reader, end);
  }

  /** The last key counts, as in protobuf. What other keys there are: some reader may take the first. */
  #findKeys(reader: ProtoReader): readonly number[] {
    this.keyBytes = this.bytes;
    this.keyStart = this.keyEnd = 0;
    let others = none;
    let found = 0;
    while (reader.next()) {
      if (reader.field !== keyValueField.key || reader.wire !== wireBytes) continue;
      if (found++ > 0) others = [...others.slice(0, mostOtherKeys * 2), this.keyStart, this.keyEnd];
      this.keyStart = reader.start;
      this.keyEnd = reader.end;
    }
    return others;
  }

  /** By every key that the KeyValue has, until one says something. */
  #valueOf(at: number, others: readonly number[], start: number, end: number, depth: number): Change {
    let change = this.#value(start, end, depth);
    if (others.length > mostOtherKeys * 2) return change ?? emptied;
    const { keyStart, keyEnd } = this;
    for (let i = 0; i < others.length && change === null; i += 2) {
      this.nameIt(at, others[i]!, others[i + 1]!);
      change = this.#value(start, end, depth);
    }
    this.nameIt(at, keyStart, keyEnd);
    return change;
  }

  /** A value that has a name, which alone may decide about it. */
  #value(start: number, end: number, depth: number): Change {
    const fate = this.#mapper.value(this);
    return fate === 'keep' ? null : fate === 'whole' ? this.#wholeValue(start, end, depth) : this.#anyValue(start, end, depth);
  }

  /** Each alternative that the value holds is one text; what is no value goes. */
  #wholeValue(start: number, end: number, depth: number): Change {
    const reader = readerAt(depth).reset(this.bytes, start, end);
    const patch = patchAt(depth).reset(this.bytes, start, end);
    // A value that is not there is an empty text.
    if (start === end) return this.#mapper.text(this, this.bytes, start, end)?.length === 0 ? emptied : null;
    while (reader.next()) {
      const { field, wire } = reader;
      const form = textForm(this.bytes, field, wire, reader.fieldStart, reader.start, reader.end);
      const change = form === null ? gone : this.#mapper.text(this, form.bytes, form.start, form.end);
      if (change === null) continue;
      if (change !== gone && change.length === 0) return emptied;
      patch.put(reader.fieldStart, reader.end, anyValueField.string, change);
    }
    return this.#finish(patch, reader, end);
  }

  #anyValue(start: number, end: number, depth: number): Change {
    if (depth >= deepest) return start === end ? null : gone;
    const reader = readerAt(depth).reset(this.bytes, start, end);
    const patch = patchAt(depth).reset(this.bytes, start, end);
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
    const { secretBytes, secretStart, secretEnd } = this;
    if (pairs && this.keyBytes === this.bytes) this.#enterSecret(this.keyStart, this.keyEnd);
    if (pairs && this.#mapper.isSecret !== undefined && nameBeside(this.bytes, start, end)) this.#enterSecret(named.start, named.end);
    const change = this.#valuesIn(start, end, depth, pairs);
    this.secretBytes = secretBytes;
    this.secretStart = secretStart;
    this.secretEnd = secretEnd;
    return change;
  }

  #valuesIn(start: number, end: number, depth: number, pairs: boolean): Change {
    const { secretBytes, secretStart, secretEnd } = this;
    const reader = readerAt(depth).reset(this.bytes, start, end);
    const patch = patchAt(depth).reset(this.bytes, start, end);
    while (reader.next()) {
      if (reader.wire !== wireBytes) continue;
      const change = reader.field !== 1 ? (this.#unknownHolds(reader.start, reader.end, 0) ? gone : null)
        : pairs ? this.#keyValue(reader.start, reader.end, depth + 1) : this.#anyValue(reader.start, reader.end, depth + 1);
      if (change !== null) patch.put(reader.fieldStart, reader.end, reader.field, change);
      if (pairs) continue;
      // The option is a secret's name for the argument behind it, and for no other.
      this.secretBytes = secretBytes;
      this.secretStart = secretStart;
      this.secretEnd = secretEnd;
      if (optionName(this.bytes, reader.start, reader.end)) this.#enterSecret(named.start, named.end);
    }
    return this.#finish(patch, reader, end);
  }

  /** A whole number, also one that was sent as a double, as the text that stands for it now; null when it stays. */
  #number(field: number, wire: number, at: number): Change {
    const bytes = this.bytes;
    let value: number | bigint;
    if (field === anyValueField.int && wire === wireVarint) value = signed64(varintLow(bytes, at), varintHigh(bytes, at));
    else if (field === anyValueField.double && wire === wireFixed64) value = doubleAt(bytes, at);
    else return null;
    if (typeof value === 'number' && !Number.isSafeInteger(value)) return null;
    return this.#mapper.integer(this, value);
  }

  /** Whether a field that no schema has may hold something: as text, or as a message with text in it. */
  #unknownHolds(start: number, end: number, depth: number): boolean {
    if (depth > unknownDepth || this.#mapper.holds(this, this.bytes, start, end)) return true;
    const { keyBytes, keyStart, keyEnd } = this;
    const reader = new ProtoReader();
    const name = this.#unknownKey(reader.reset(this.bytes, start, end));
    let holds = false;
    reader.reset(this.bytes, start, end);
    while (!holds && reader.next()) {
      if (reader.wire !== wireBytes) continue;
      if (name !== null && reader.field !== keyValueField.key) this.setKey(this.bytes, name.start, name.end);
      holds = this.#unknownHolds(reader.start, reader.end, depth + 1);
      this.setKey(keyBytes, keyStart, keyEnd);
    }
    return holds;
  }

  /** As in KeyValue, and in the labels of old: what else is there may be the value of the first field. */
  #unknownKey(reader: ProtoReader): { readonly start: number; readonly end: number } | null {
    let name: { start: number; end: number } | null = null;
    while (reader.next()) if (reader.field === keyValueField.key && reader.wire === wireBytes && reader.end - reader.start <= longestUnknownKey) name = { start: reader.start, end: reader.end };
    return name;
  }

}

/** Kept, as readers and patches are: a mapper maps nothing itself. */
const textMap = new TextMap();
