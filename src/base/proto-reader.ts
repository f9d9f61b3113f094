// Steps through the fields of one protobuf message, in the order they lie, decoding nothing. Every length is checked
// against the end of the message; bad bytes stop the reader and leave `fault` and `faultAt`, they never throw or loop.
import { varintEnd, varintLength, varintLow } from './varint.ts';

export const wireVarint = 0;
export const wireFixed64 = 1;
export const wireBytes = 2;
export const wireFixed32 = 5;

export class ProtoReader {
  bytes: Uint8Array = new Uint8Array(0);
  /** Of the current field: number, wire type, where its tag starts, and the range of its value (without its length). */
  field = 0;
  wire = 0;
  fieldStart = 0;
  start = 0;
  end = 0;
  /** Null while all is well, else what is wrong, as the end of a sentence; `faultAt` is the byte offset of the field. */
  fault: string | null = null;
  faultAt = 0;
  #at = 0;
  #limit = 0;

  /** Points the reader at the message bytes[start, end). */
  reset(bytes: Uint8Array, start = 0, end = bytes.length): this {
    this.bytes = bytes;
    this.#at = start;
    this.#limit = end;
    this.fault = null;
    return this;
  }

  /** Moves to the next field; false at the end or at a fault. */
  next(): boolean {
    const { bytes } = this;
    const limit = this.#limit;
    let at = this.#at;
    if (at >= limit) return false;
    this.fieldStart = at;
    let tag = bytes[at]!;
    if (tag < 0x80) at++;
    else {
      const after = varintEnd(bytes, at, limit);
      if (after < 0 || after - at > 5) return this.#stop('a field tag is cut off or too long');
      tag = varintLow(bytes, at);
      at = after;
    }
    this.field = tag >>> 3;
    if (this.field === 0) return this.#stop('field number 0 is not allowed');
    this.wire = tag & 7;
    let end: number;
    if (this.wire === wireBytes) {
      const after = varintEnd(bytes, at, limit);
      if (after < 0) return this.#stop('a length is cut off or too long');
      const length = varintLength(bytes, at);
      if (length > limit - after) return this.#stop('a field is longer than the message that holds it');
      // `| 0` keeps positions small integers in compiled loops; as doubles they cost several times as much.
      end = after + (length | 0);
      at = after;
    } else if (this.wire === wireVarint) {
      end = varintEnd(bytes, at, limit);
      if (end < 0) return this.#stop('a varint is cut off or too long');
    } else if (this.wire === wireFixed64) end = at + 8;
    else if (this.wire === wireFixed32) end = at + 4;
    else return this.#stop(`wire type ${this.wire} ${this.wire < 5 ? '(a group) is not used by this format' : 'does not exist'}`);
    if (end > limit) return this.#stop('a field is longer than the message that holds it');
    this.start = at;
    this.end = end;
    this.#at = end;
    return true;
  }

  #stop(fault: string): false {
    this.fault = fault;
    this.faultAt = this.fieldStart;
    this.#at = this.#limit;
    return false;
  }
}

const scratch = new DataView(new ArrayBuffer(8));

/** The IEEE double of eight bytes, little-endian. */
export function doubleAt(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 8; i++) scratch.setUint8(i, bytes[at + i]!);
  return scratch.getFloat64(0, true);
}

/** Four bytes, little-endian, unsigned. */
export function fixed32At(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
