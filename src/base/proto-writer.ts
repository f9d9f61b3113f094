// A growing buffer that writes protobuf. Fields are written in the order of the calls; nested messages are opened and
// closed, their length is filled in when they close. Wire types: 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes.
import { encodeUtf8 } from './utf8.ts';

export class ProtoWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #at = 0;

  constructor(initialBytes = 1024) {
    this.#bytes = new Uint8Array(initialBytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes written so far. */
  get length(): number { return this.#at; }
  /** Starts over in the same memory. */
  clear(): void { this.#at = 0; }
  /** A copy of what was written. */
  finish(): Uint8Array { return this.#bytes.slice(0, this.#at); }

  #need(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + count));
    grown.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  tag(field: number, wire: 0 | 1 | 2 | 5): void { this.varint(field * 8 + wire); }

  /** An unsigned integer up to 2^53. */
  varint(value: number): void {
    this.#need(10);
    while (value > 0x7f) {
      this.#bytes[this.#at++] = (value % 128) | 0x80;
      value = Math.floor(value / 128);
    }
    this.#bytes[this.#at++] = value;
  }

  /** A signed 64-bit integer as ten-byte two's complement when negative (protobuf int32, int64, enum). */
  int64(value: number | bigint): void {
    if (typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) return this.varint(value);
    this.#need(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) { this.#bytes[this.#at++] = Number(rest & 0x7fn) | 0x80; rest >>= 7n; }
    this.#bytes[this.#at++] = Number(rest);
  }

  fixed64(value: number | bigint): void {
    this.#need(8);
    this.#view.setBigUint64(this.#at, BigInt.asUintN(64, BigInt(value)), true);
    this.#at += 8;
  }

  fixed32(value: number): void { this.#need(4); this.#view.setUint32(this.#at, value >>> 0, true); this.#at += 4; }
  double(value: number): void { this.#need(8); this.#view.setFloat64(this.#at, value, true); this.#at += 8; }

  /** Bytes as they are, without tag or length. */
  raw(bytes: Uint8Array, start = 0, end = bytes.length): void {
    const count = end - start;
    this.#need(count);
    // A handful of bytes is copied faster by hand than through subarray and set.
    if (count < 24) for (let i = start; i < end; i++) this.#bytes[this.#at++] = bytes[i]!;
    else { this.#bytes.set(bytes.subarray(start, end), this.#at); this.#at += count; }
  }

  bytesField(field: number, bytes: Uint8Array): void { this.tag(field, 2); this.varint(bytes.length); this.raw(bytes); }
  stringField(field: number, text: string): void { this.bytesField(field, encodeUtf8(text)); }

  /** Opens a nested message; give what this returns to `close`. */
  open(field: number): number {
    this.tag(field, 2);
    this.#need(1);
    return ++this.#at;
  }

  /** Fills in the length of the message opened at `mark`, making room when it needs more than one byte. */
  close(mark: number): void {
    const length = this.#at - mark;
    let extra = 0;
    for (let rest = length; rest > 0x7f; rest = Math.floor(rest / 128)) extra++;
    if (extra > 0) {
      this.#need(extra);
      this.#bytes.copyWithin(mark + extra, mark, this.#at);
    }
    this.#at = mark - 1;
    this.varint(length);
    this.#at += length;
  }
}
