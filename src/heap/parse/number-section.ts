// A flat array of integers, in rows of a fixed number of fields: nodes, edges, locations. The one hot loop of opening a
// file: digits into a batch, a batch into columns.
import { badFile } from './heap-file-error.ts';
import { code, isBlank, shown, type Section } from './section.ts';

/** Takes rows one after the other in `values`: fields of the first row, of the second, … Throws HeapFileError. */
type RowSink = (values: Float64Array, rows: number) => void;

/** A batch stays in the processor's nearest cache while its columns are filled one by one. */
const rowsInBatch = 256;

/** As differences from the digit 0. */
const comma = code.comma - code.zero;
const lineFeed = 0x0a - code.zero;

export class NumberSection implements Section {
  done = false;
  readonly #name: string;
  readonly #fields: number;
  readonly #sink: RowSink;
  readonly #batch: Batch;
  #value = 0;
  #inNumber = false;
  #negative = false;
  #opened = false;

  constructor(name: string, fields: number, sink: RowSink) {
    this.#name = name;
    this.#fields = fields;
    this.#sink = sink;
    this.#batch = { values: new Float64Array(fields * rowsInBatch), filled: 0 };
  }

  feed(chunk: Uint8Array, from: number): number {
    let at = this.#opened ? from : this.#open(chunk, from);
    if (this.#inNumber) at = this.#restOfNumber(chunk, at);
    while (at < chunk.length && !this.done) {
      if (!this.#negative) at = scanNumbers(chunk, at, this.#batch);
      if (this.#batch.filled === this.#batch.values.length) this.#flush();
      else if (at < chunk.length) at = this.#slowly(chunk, at);
    }
    return at;
  }

  #open(chunk: Uint8Array, from: number): number {
    const byte = chunk[from];
    if (byte === undefined) return from;
    if (byte !== code.openBracket) throw badFile(`"${this.#name}" is no array`);
    this.#opened = true;
    return from + 1;
  }

  #slowly(chunk: Uint8Array, at: number): number {
    const byte = chunk[at]!;
    if (byte >= code.zero && byte <= code.nine) return this.#restOfNumber(chunk, at);
    if (byte === code.closeBracket) this.#close();
    else if (byte === code.minus) this.#negative = true;
    else if (byte !== code.comma && !isBlank(byte)) throw badFile(`${shown(byte)} stands among the numbers of "${this.#name}"`);
    return at + 1;
  }

  /** Digits of a number begun; at the chunk's end it stays begun. */
  #restOfNumber(chunk: Uint8Array, from: number): number {
    if (!this.#inNumber) this.#value = 0;
    this.#inNumber = true;
    for (let at = from; at < chunk.length; at++) {
      const digit = chunk[at]! - code.zero;
      if (digit < 0 || digit > 9) { this.#endNumber(); return at; }
      this.#value = this.#value * 10 + digit;
    }
    return chunk.length;
  }

  #endNumber(): void {
    this.#batch.values[this.#batch.filled++] = this.#negative ? -this.#value : this.#value;
    this.#inNumber = false;
    this.#negative = false;
    if (this.#batch.filled === this.#batch.values.length) this.#flush();
  }

  #flush(): void {
    this.#sink(this.#batch.values, rowsInBatch);
    this.#batch.filled = 0;
  }

  #close(): void {
    const { values, filled } = this.#batch;
    if (filled % this.#fields !== 0) throw badFile(`"${this.#name}" ends in the middle of a row`);
    this.#sink(values, filled / this.#fields);
    this.done = true;
  }
}

interface Batch { readonly values: Float64Array; filled: number }

/**
 * Plain numbers with commas and line feeds between them, in 32-bit arithmetic, until the batch is full. Gives the position of
 * the first thing that is neither, or of a number of more than nine digits, or one that the chunk's end cuts. Apart from the class
 * and without calls, so that it is compiled once for all sections.
 */
function scanNumbers(chunk: Uint8Array, from: number, batch: Batch): number {
  const { values } = batch;
  const end = chunk.length;
  const full = values.length;
  let filled = batch.filled;
  let at = from;
  while (at < end && filled < full) {
    let digit = chunk[at]! - code.zero;
    if (digit === comma || digit === lineFeed) { at++; continue; }
    const begin = at;
    let value = 0;
    while (digit >= 0 && digit <= 9) {
      value = (Math.imul(value, 10) + digit) | 0;
      at++;
      if (at === end) break;
      digit = chunk[at]! - code.zero;
    }
    const length = at - begin;
    if (length === 0 || length > 9 || at === end) { at = begin; break; }
    values[filled++] = value;
  }
  batch.filled = filled;
  return at;
}
