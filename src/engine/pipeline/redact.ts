// The redact sink: Body (nested too), all attributes, and a span's name and status message. A record whose bytes cannot
// hold a finding is settled by one look at them; only the others are decoded. Numbers and bytes are not text.
import type { Sink } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import { columnId, type ColumnId, type RecordEdit, type Value } from '../../otlp/index.ts';
import { createScanner, type MaskMode, type Scanner } from '../../redaction/index.ts';
import { CompileError, type Frame } from '../expr/index.ts';
import { isArray, isBag, type Bag } from '../values/index.ts';

const textColumns: Readonly<Record<Signal, readonly string[]>> = { logs: ['Body'], spans: ['Name', 'StatusMessage'], metrics: [] };
/** Deeper than any body that a person logs; what lies below is cut off, for it could not be scanned. */
const maxDepth = 64;

export function compileRedaction(signal: Signal, sink: Extract<Sink, { sink: 'redact' }>, hmacKey?: Uint8Array): (frame: Frame) => RecordEdit | null {
  const scanner = createScanner(sink.detectors, hmacKey === undefined ? {} : { hmacKey });
  if (!scanner.ok) throw new CompileError(scanner.error.message, scanner.error.help ?? '');
  const redactor = new Redactor(scanner.value, sink.mode);
  const columns = textColumns[signal].map((name) => ({ name, id: columnId(signal, name) }));
  const attributes = columnId(signal, 'Attributes');
  return (frame) => redactor.edit(frame, columns, attributes);
}

class Redactor {
  readonly #scanner: Scanner;
  readonly #mode: MaskMode;

  constructor(scanner: Scanner, mode: MaskMode) { this.#scanner = scanner; this.#mode = mode; }

  edit(frame: Frame, columns: readonly { readonly name: string; readonly id: ColumnId }[], attributesId: ColumnId): RecordEdit | null {
    const { cursor } = frame;
    const { view, index } = cursor;
    if (!this.#scanner.mayMatch(view.bytes, view.recordStart(index), view.recordEnd(index))) return null;
    const changed = new Map<string, Value>();
    for (const { name, id } of columns) this.#note(changed, name, cursor.column(id));
    const setAttributes = new Map<string, Value>();
    const removeAttributes = new Set<string>();
    const bag = cursor.column(attributesId);
    if (isBag(bag)) for (const key of Object.keys(bag)) this.#attribute(key, bag[key] ?? null, setAttributes, removeAttributes);
    return changed.size + setAttributes.size + removeAttributes.size === 0 ? null : { columns: changed, setAttributes, removeAttributes };
  }

  #note(changed: Map<string, Value>, name: string, value: Value): void {
    const clean = this.#clean(value, undefined, 0);
    if (clean !== value) changed.set(name, clean);
  }

  /** An attribute of which nothing is left goes itself. */
  #attribute(key: string, value: Value, set: Map<string, Value>, remove: Set<string>): void {
    const clean = this.#clean(value, key, 0);
    if (clean === value) return;
    if (clean === '' && this.#mode === 'remove') remove.add(key);
    else set.set(key, clean);
  }

  /** The value itself when nothing was found in it. `key` is the name it is stored under. */
  #clean(value: Value, key: string | undefined, depth: number): Value {
    if (typeof value === 'string') return this.#scanner.redactText(value, this.#mode, key)?.text ?? value;
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
    if (depth >= maxDepth) return null;
    if (isArray(value)) return this.#array(value, key, depth);
    return this.#bag(value as Bag, depth);
  }

  #array(items: readonly Value[], key: string | undefined, depth: number): Value {
    const clean = items.map((item) => this.#clean(item, key, depth + 1));
    return clean.some((item, i) => item !== items[i]) ? clean : items;
  }

  #bag(bag: Bag, depth: number): Value {
    const entries = Object.entries(bag).map(([key, item]) => [key, this.#clean(item, key, depth + 1)] as const);
    return entries.some(([key, item]) => item !== bag[key]) ? Object.fromEntries(entries) : bag;
  }
}
