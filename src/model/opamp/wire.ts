// The protobuf primitives that OpAMP needs: varints, fixed64 and length-delimited fields, read with every bound checked.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';

export const wireVarint = 0;
export const wireFixed64 = 1;
export const wireLength = 2;
export const wireFixed32 = 5;

/** Thrown inside this folder only; the public decoders turn it into a Failure. */
export class MalformedMessage extends Error {}

/** Reads one message's bytes from `start` to `end`; anything that would pass `end` throws MalformedMessage. */
export class WireReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  position: number;
  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  get done(): boolean { return this.position >= this.end; }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    return this.fail('a varint is longer than ten bytes');
  }

  fixed64(): bigint {
    this.#need(8);
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.position, 8);
    this.position += 8;
    return view.getBigUint64(0, true);
  }

  double(): number {
    this.#need(8);
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.position, 8);
    this.position += 8;
    return view.getFloat64(0, true);
  }

  /** A reader over the next length-delimited field; this reader moves past it. */
  nested(): WireReader {
    const length = this.varint();
    if (length > BigInt(this.end - this.position)) return this.fail('a length passes the end of its message');
    const start = this.position;
    this.position += Number(length);
    return new WireReader(this.bytes, start, this.position);
  }

  rest(): Uint8Array { return this.bytes.slice(this.position, this.end); }

  text(): string { return decodeUtf8(this.bytes, this.position, this.end); }

  skip(wireType: number): void {
    if (wireType === wireVarint) this.varint();
    else if (wireType === wireFixed64) { this.#need(8); this.position += 8; }
    else if (wireType === wireLength) this.nested();
    else if (wireType === wireFixed32) { this.#need(4); this.position += 4; }
    else this.fail(`wire type ${wireType} is not one that OpAMP uses`);
  }

  fail(why: string): never { throw new MalformedMessage(`${why} (at byte ${this.position})`); }

  #byte(): number {
    this.#need(1);
    return this.bytes[this.position++]!;
  }

  #need(count: number): void {
    if (this.end - this.position < count) this.fail('the message ends in the middle of a field');
  }
}

/** Collects fields and joins them once; messages here are small, so chunks beat a growing buffer for plainness. */
export class WireWriter {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  varint(value: bigint): void {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, value);
    while (rest > 0x7fn) {
      bytes.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    bytes.push(Number(rest));
    this.#push(Uint8Array.from(bytes));
  }

  tag(field: number, wireType: number): void { this.varint(BigInt(field * 8 + wireType)); }

  fixed64(value: bigint): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, value), true);
    this.#push(bytes);
  }

  double(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.#push(bytes);
  }

  delimited(bytes: Uint8Array): void {
    this.varint(BigInt(bytes.length));
    this.#push(bytes);
  }

  text(value: string): void { this.delimited(encodeUtf8(value)); }

  finish(): Uint8Array {
    const joined = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    return joined;
  }

  #push(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }
}
