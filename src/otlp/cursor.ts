// A reusable pointer at one record. The first field asked for costs one pass over the record's tags, which notes where
// every field lies; each further field is a look-up. Only what is asked for is decoded.
import { decodeUtf8, fixed32At, ProtoReader, unsigned64, varintEnd, varintHigh, varintLow, wireBytes } from '../base/index.ts';
import { addKeyValue, newBag } from './any-value.ts';
import { Around } from './around.ts';
import { readerOf, sliceOf } from './column-readers.ts';
import { logField, pointLayout, spanField } from './fields.ts';
import { hashBytes } from './hash.ts';
import { toHex } from './hex.ts';
import { found, hasKey, stringOf, valueOf } from './key-value.ts';
import { KnownAttributes } from './known-attributes.ts';
import type { ColumnId, RecordCursor, RequestView, Value } from './types.ts';
import { nNameEnd, nNameStart, nOrdinal, nodeStride, recordStride, rEnd, rLogBody, rNameEnd, rNameStart, rStart, WalkedRequest, walked } from './view.ts';

/** Field numbers up to here are noted; OTLP's records use at most 16. */
const noted = 32;
/** Columns of the widest table, and some to spare. */
const maxColumns = 32;
const nowhere = new WalkedRequest('logs', new Uint8Array(0), new Int32Array(0), new Int32Array(0), 0, 0);
const reader = new ProtoReader();

export class LazyCursor implements RecordCursor {
  view: WalkedRequest = nowhere;
  index = -1;
  resets = 0;
  sliceStart = 0;
  sliceEnd = 0;
  bytes: Uint8Array = nowhere.bytes;
  /** Resource, scope and metric of the record. */
  readonly around = new Around();
  #start = 0;
  #end = 0;
  #scanned = true;
  readonly #starts = new Int32Array(noted);
  readonly #ends = new Int32Array(noted);
  /** Wire type + 1 of each field that is there, else 0. */
  readonly #wires = new Uint8Array(noted);
  /** Body ranges of the record's KeyValues. */
  #attributes = new Int32Array(64);
  #attributesUsed = 0;
  /** What was asked for since `moveTo`. The first attribute is found without noting anything; a second key costs the full pass. */
  readonly #known = new KnownAttributes();
  /** Decoded columns of the record with this number. */
  #record = 0;
  readonly #columns: Value[] = Array.from({ length: maxColumns }, () => null);
  readonly #columnsOf = new Float64Array(maxColumns);
  readonly #decode = (start: number, end: number): Value => valueOf(this.bytes, start, end);

  reset(view: RequestView): void {
    this.resets++;
    this.view = walked(view);
    this.bytes = view.bytes;
    this.index = -1;
    this.#start = this.#end = 0;
    this.#scanned = false;
    this.#forget();
    this.around.reset(this.view);
  }

  moveTo(index: number): void {
    const { view } = this;
    if (index < 0 || index >= view.recordCount) throw new RangeError(`No record ${index} in a view of ${view.recordCount}.`);
    this.index = index;
    this.#start = view.records[index * recordStride + rStart]!;
    this.#end = view.records[index * recordStride + rEnd]!;
    this.#scanned = false;
    this.#forget();
  }

  #forget(): void {
    this.#known.clear();
    this.#record++;
  }

  column(id: ColumnId): Value {
    if (this.#columnsOf[id] === this.#record) return this.#columns[id]!;
    const value = readerOf(this.view.signal, id)(this);
    if (id >= 0) { this.#columns[id] = value; this.#columnsOf[id] = this.#record; }
    return value;
  }

  slice(id: ColumnId): boolean { return sliceOf(this.view.signal, id)(this); }

  attributeSlice(key: Uint8Array): boolean {
    const at = this.#findAttribute(key);
    const end = this.#known.end(at);
    return end > 0 && stringOf(this.bytes, this.#known.start(at), end) && this.sliceAt(found.start, found.end);
  }

  attribute(key: Uint8Array): Value { return this.#known.value(this.#findAttribute(key), this.#decode); }

  resourceAttribute(key: Uint8Array): Value {
    return this.around.resourceAttribute(this.view.resourceNodeOf(this.index), key);
  }

  otherServices(): readonly string[] {
    this.around.enterResource(this.view.resourceNodeOf(this.index));
    return this.around.otherServices;
  }

  /** Of the event name (logs), span name (spans) or metric name (metrics). */
  eventNameHash(): number {
    return this.nameSlice() ? hashBytes(this.bytes, this.sliceStart, this.sliceEnd) : 0;
  }

  // What column readers ask for. A field is known by its number in the record's message.

  /** The event, span or metric name as the slice; found by the walk, without a pass over the record. */
  nameSlice(): boolean {
    const { view } = this;
    if (view.signal === 'metrics') {
      const at = view.metricNodeOf(this.index) * nodeStride;
      return this.sliceAt(view.nodes[at + nNameStart]!, view.nodes[at + nNameEnd]!);
    }
    const at = this.index * recordStride;
    return this.sliceAt(view.records[at + rNameStart]!, view.records[at + rNameEnd]!);
  }

  /** A log's Body, an AnyValue, as the slice, found by the walk too; false when there is none. */
  bodySlice(): boolean {
    const { bytes, view } = this;
    const at = view.records[this.index * recordStride + rLogBody]!;
    if (!(at > 0)) return false;
    const low = bytes[at]!;
    const start = low < 0x80 ? at + 1 : varintEnd(bytes, at, bytes.length);
    this.sliceAt(start, start + (low < 0x80 ? low : varintLow(bytes, at) | 0));
    return true;
  }

  /** Sets the slice; false when it is empty, which is how proto3 writes a missing string. */
  sliceAt(start: number, end: number): boolean {
    this.sliceStart = start;
    this.sliceEnd = end;
    return end > start;
  }

  has(field: number, wire: number): boolean {
    if (!this.#scanned) this.#scan();
    return this.#wires[field] === wire + 1;
  }
  startOf(field: number): number { return this.#starts[field]!; }
  endOf(field: number): number { return this.#ends[field]!; }

  stringSlice(field: number): boolean { return this.has(field, 2) && this.sliceAt(this.#starts[field]!, this.#ends[field]!); }
  string(field: number): Value { return this.stringSlice(field) ? this.sliceText() : null; }
  sliceText(): string { return decodeUtf8(this.bytes, this.sliceStart, this.sliceEnd); }
  hex(field: number): Value { return this.stringSlice(field) ? toHex(this.bytes, this.sliceStart, this.sliceEnd) : null; }

  /** A fixed64 as bigint, null when missing or 0: OTLP's way of saying that a time is not known. */
  time(field: number): bigint | null {
    const value = this.fixed64(field);
    return value === 0n ? null : value;
  }
  fixed64(field: number): bigint {
    if (!this.has(field, 1)) return 0n;
    const at = this.#starts[field]!;
    return unsigned64(fixed32At(this.bytes, at), fixed32At(this.bytes, at + 4));
  }
  fixed32(field: number): number { return this.has(field, 5) ? fixed32At(this.bytes, this.#starts[field]!) : 0; }
  /** A varint's low and high half as an unsigned number, exact up to 2^53; 0 when missing. */
  uint(field: number): number {
    if (!this.has(field, 0)) return 0;
    return varintHigh(this.bytes, this.#starts[field]!) * 0x1_0000_0000 + varintLow(this.bytes, this.#starts[field]!);
  }

  attributes(): Value {
    if (!this.#scanned) this.#scan();
    const bag = newBag();
    for (let i = 0; i < this.#attributesUsed; i += 2) addKeyValue(bag, this.bytes, this.#attributes[i]!, this.#attributes[i + 1]!);
    return bag;
  }

  /** Every occurrence of a repeated message or packed field, in order. */
  each(field: number, visit: (bytes: Uint8Array, start: number, end: number, wire: number) => void): void {
    reader.reset(this.bytes, this.#start, this.#end);
    while (reader.next()) if (reader.field === field) visit(this.bytes, reader.start, reader.end, reader.wire);
  }

  attributesField(): number {
    const { view } = this;
    if (view.signal === 'logs') return logField.attributes;
    if (view.signal === 'spans') return spanField.attributes;
    return pointLayout[view.nodes[view.nodeOf(this.index) * nodeStride + nOrdinal]!]!.attributes;
  }

  /** Its place among the known ones; the last one counts where a key is there twice, as it does in a bag. */
  #findAttribute(key: Uint8Array): number {
    const known = this.#known.find(key);
    if (known >= 0) return known;
    if (!this.#scanned && this.#known.count === 0) return this.#seekAttribute(key);
    if (!this.#scanned) this.#scan();
    for (let i = this.#attributesUsed - 2; i >= 0; i -= 2) {
      if (hasKey(this.bytes, this.#attributes[i]!, this.#attributes[i + 1]!, key)) return this.#known.add(key, this.#attributes[i]!, this.#attributes[i + 1]!);
    }
    return this.#known.add(key, 0, 0);
  }

  /** Steps over the fields and notes nothing but this one attribute: what a single predicate needs. */
  #seekAttribute(key: Uint8Array): number {
    if (this.index < 0) return this.#known.add(key, 0, 0);
    const { bytes } = this;
    const tag = (this.attributesField() << 3) | wireBytes;
    const end = this.#end;
    let soughtStart = 0;
    let soughtEnd = 0;
    let at = this.#start;
    while (at < end) {
      const first = bytes[at]!;
      // Nearly every field: a tag of one byte, and a length of one byte.
      if ((first & 0x87) === wireBytes && bytes[at + 1]! < 0x80) {
        const from = at + 2;
        at = from + bytes[at + 1]!;
        if (first === tag && hasKey(bytes, from, at, key)) { soughtStart = from; soughtEnd = at; }
        continue;
      }
      const next = fieldEnd(bytes, at, end);
      if (varintLow(bytes, at) === tag) {
        const from = varintEnd(bytes, varintEnd(bytes, at, end), end);
        if (hasKey(bytes, from, next, key)) { soughtStart = from; soughtEnd = next; }
      }
      at = next;
    }
    return this.#known.add(key, soughtStart, soughtEnd);
  }

  /** Notes where each field lies. The walk has checked every tag and length of a record, so this loop need not. */
  #scan(): void {
    this.#scanned = true;
    this.#wires.fill(0);
    this.#attributesUsed = 0;
    if (this.index < 0) return;
    const attributesField = this.attributesField();
    const { bytes } = this;
    const starts = this.#starts;
    const ends = this.#ends;
    const wires = this.#wires;
    const end = this.#end;
    let attributes = this.#attributes;
    let used = 0;
    let at = this.#start;
    while (at < end) {
      let tag = bytes[at++]!;
      if (tag > 0x7f) { tag = varintLow(bytes, at - 1); at = varintEnd(bytes, at - 1, end); }
      const wire = tag & 7;
      const field = tag >>> 3;
      let from = at;
      if (wire === wireBytes) {
        const low = bytes[at]!;
        if (low < 0x80) { from = at + 1; at = from + low; }
        else { from = varintEnd(bytes, at, end); at = from + (varintLow(bytes, at) | 0); }
        if (field === attributesField) {
          if (used === attributes.length) attributes = this.#attributes = doubled(attributes);
          attributes[used] = from;
          attributes[used + 1] = at;
          used += 2;
          continue;
        }
      } else if (wire === 1) at += 8;
      else if (wire === 5) at += 4;
      else while (bytes[at++]! > 0x7f);
      if (field < noted) { starts[field] = from; ends[field] = at; wires[field] = wire + 1; }
    }
    this.#attributesUsed = used;
  }
}

/** Where the field at `at` ends, in a record that the walk has checked. */
function fieldEnd(bytes: Uint8Array, at: number, end: number): number {
  const wire = bytes[at]! & 7;
  at = bytes[at]! < 0x80 ? at + 1 : varintEnd(bytes, at, end);
  if (wire === wireBytes) {
    const low = bytes[at]!;
    return low < 0x80 ? at + 1 + low : varintEnd(bytes, at, end) + (varintLow(bytes, at) | 0);
  }
  if (wire === 1) return at + 8;
  if (wire === 5) return at + 4;
  while (bytes[at++]! > 0x7f);
  return at;
}

function doubled(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(list.length * 2);
  bigger.set(list);
  return bigger;
}
