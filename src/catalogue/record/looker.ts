// Looks at the fields of one record where they lie: attributes, a structured body by dotted paths, the resource and the scope. Nothing
// is decoded but the key of a new field and the first few values. Linear in the record, whatever it holds.
import { cutText, decodeUtf8, doubleAt, ProtoReader, signed64, varintHigh, varintLow } from '../../base/index.ts';
import type { FieldPlace } from '../../model/index.ts';
import { eachAttribute, eachEntry, eachResourceAttribute, eachScopeAttribute, rawBody, rawContent, rawKind, rawKinds, type RecordCursor } from '../../otlp/index.ts';
import { fewDistinct, keptValue, maxExamples, shapeOf, shapeOfText } from '../mask/index.ts';
import { halves, hashValue, mixed } from '../sketch/index.ts';
import { exampleBytes, FieldTable, SeenField } from './field-table.ts';
import type { ObservedEvent } from './observed-event.ts';

/** Maps within a body are gone into so deep; what is below is one field. */
const maxDepth = 8;
const longestKey = 256;
const emptyTable = new FieldTable();
const placeSalt: Readonly<Record<FieldPlace, number>> = { attribute: 0x1f83d9ab, body: 0x5be0cd19, resource: 0x3c6ef372, scope: 0x510e527f };

export class Looker {
  readonly #maxFields: number;
  readonly #cleanKey: (key: string, event: ObservedEvent) => string;
  readonly #readers = Array.from({ length: maxDepth + 1 }, () => new ProtoReader());
  #event!: ObservedEvent;
  #table: FieldTable = emptyTable;
  #place: FieldPlace = 'attribute';
  /** Where the field in hand stands within a body: hashes of the path so far, its keys, and how deep that is. */
  #firstOn = 0;
  #secondOn = 0;
  #path = '';
  #depth = 0;
  /** Share of a resource's bytes that falls to this record. */
  #part = 1;
  #fields = 0;

  constructor(maxFields: number, cleanKey: (key: string, event: ObservedEvent) => string) {
    this.#maxFields = maxFields;
    this.#cleanKey = cleanKey;
  }

  /** Looks at the record at the cursor for `event`; so many records of its request share its resource. The answer is what that cost, in looks at a common record. */
  look(cursor: RecordCursor, event: ObservedEvent, sharing: number): number {
    const { view, index } = cursor;
    const size = view.recordEnd(index) - view.recordStart(index);
    this.#event = event;
    this.#table = event.fields ??= new FieldTable();
    this.#table.grown = this.#fields = 0;
    event.looked++;
    event.lookedBytes += size;
    this.#enter('attribute', 1);
    eachAttribute(cursor, this);
    this.#enter('body', 1);
    if (rawBody(cursor)) this.#body(view.bytes, cursor.sliceStart, cursor.sliceEnd);
    this.#enter('resource', 1 / sharing);
    eachResourceAttribute(cursor, this);
    this.#enter('scope', this.#part);
    eachScopeAttribute(cursor, this);
    event.fieldBytes += this.#table.grown;
    event.size += this.#table.grown;
    return 1 + (this.#fields >> 4) + (size >> 13);
  }

  /** One KeyValue, as the wire's visitor shows it. */
  field(bytes: Uint8Array, keyStart: number, keyEnd: number, valueStart: number, valueEnd: number, size: number): void {
    this.#fields++;
    hashValue(bytes, keyStart, keyEnd);
    const first = mixed(halves.first ^ this.#firstOn);
    const second = mixed(halves.second ^ this.#secondOn);
    const kind = rawKind(bytes, valueStart, valueEnd);
    const { start, end } = rawContent;
    if (kind === rawKinds.kvlist && this.#place === 'body' && this.#depth < maxDepth) { this.#into(bytes, keyStart, keyEnd, first, second, start, end); return; }
    const field = this.#table.find(first, second) ?? this.#meet(bytes, keyStart, keyEnd, first, second, size);
    if (field !== null) this.#note(field, bytes, kind, start, end, valueStart, valueEnd, size);
  }

  #enter(place: FieldPlace, part: number): void {
    this.#place = place;
    this.#part = part;
    this.#firstOn = this.#secondOn = placeSalt[place];
    this.#path = '';
    this.#depth = 0;
  }

  #body(bytes: Uint8Array, start: number, end: number): void {
    const kind = rawKind(bytes, start, end);
    if (kind === rawKinds.kvlist) eachEntry(this.#readers[0]!, bytes, rawContent.start, rawContent.end, this);
    else this.field(bytes, start, start, start, end, end - start + 2);
  }

  #into(bytes: Uint8Array, keyStart: number, keyEnd: number, first: number, second: number, start: number, end: number): void {
    const [firstOn, secondOn, path] = [this.#firstOn, this.#secondOn, this.#path];
    this.#firstOn = first;
    this.#secondOn = second;
    this.#path = this.#pathTo(bytes, keyStart, keyEnd);
    this.#depth++;
    eachEntry(this.#readers[this.#depth]!, bytes, start, end, this);
    this.#depth--;
    this.#firstOn = firstOn;
    this.#secondOn = secondOn;
    this.#path = path;
  }

  #pathTo(bytes: Uint8Array, keyStart: number, keyEnd: number): string {
    const key = decodeUtf8(bytes, keyStart, Math.min(keyEnd, keyStart + longestKey * 4));
    return cutText(this.#depth === 0 ? key : `${this.#path}.${key}`, longestKey);
  }

  /** A field of the event that was not seen before, or null when there is no room for it. */
  #meet(bytes: Uint8Array, keyStart: number, keyEnd: number, first: number, second: number, size: number): SeenField | null {
    const table = this.#table;
    if (!table.makeRoom(this.#maxFields)) {
      table.foldedSeen++;
      table.foldedBytes += size * this.#part;
      return null;
    }
    const key = this.#pathTo(bytes, keyStart, keyEnd);
    const field = new SeenField(this.#place, this.#cleanKey(key, this.#event), first, second);
    table.add(field);
    return field;
  }

  #note(field: SeenField, bytes: Uint8Array, kind: number, start: number, end: number, valueStart: number, valueEnd: number, size: number): void {
    field.bytes += size * this.#part;
    field.heat++;
    // A key that stands twice in a record is there once.
    if (field.lastLook !== this.#event.looked) { field.lastLook = this.#event.looked; field.seen++; field.kinds[kind]!++; }
    const length = kind === rawKinds.empty ? 0 : end - start;
    if (length > field.maxBytes) field.maxBytes = length;
    hashValue(bytes, valueStart, valueEnd);
    if (!field.sketch.add(halves.first, halves.second)) return;
    field.grew = true;
    this.#table.grown += field.sketch.size - field.sketchBytes;
    field.sketchBytes = field.sketch.size;
    this.#sample(field, bytes, kind, start, end);
  }

  /** Keeps the shape of a new value, and the value while there are few. */
  #sample(field: SeenField, bytes: Uint8Array, kind: number, start: number, end: number): void {
    if (field.values.length > 0 && field.sketch.isOver(fewDistinct)) field.values = [];
    if (field.shapes.length >= maxExamples) return;
    const text = sampleText(bytes, kind, start, end);
    field.shapes.push(text === null ? shapeOfKind(bytes, kind, start, end) : shapeOfText(text));
    field.values.push(text ?? '');
    this.#table.grown += exampleBytes;
  }
}

/** A short value as text, null for what is no text or too long. */
function sampleText(bytes: Uint8Array, kind: number, start: number, end: number): string | null {
  switch (kind) {
    case rawKinds.string: return keptValue(bytes, start, end);
    case rawKinds.int: return String(signed64(varintLow(bytes, start), varintHigh(bytes, start)));
    case rawKinds.double: return String(doubleAt(bytes, start));
    default: return null;
  }
}

function shapeOfKind(bytes: Uint8Array, kind: number, start: number, end: number): string {
  switch (kind) {
    case rawKinds.string: return shapeOf(bytes, start, end);
    case rawKinds.bool: return varintLow(bytes, start) === 0 ? 'false' : 'true';
    case rawKinds.array: return `[…] (${end - start} bytes)`;
    case rawKinds.kvlist: return `{…} (${end - start} bytes)`;
    case rawKinds.bytes: return `bytes (${end - start})`;
    default: return '(empty)';
  }
}
