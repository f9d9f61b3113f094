// A text with one level of wrapping taken off, and where each of its bytes came from. One buffer serves all small texts.

export interface Unwrapped {
  /** The text inside is bytes[0, length). */
  readonly bytes: Uint8Array;
  readonly length: number;
  /** from[i] is the offset outside of what byte i was; from[length] is the end. */
  readonly from: Int32Array;
}

const sharedBytes = 16 * 1024;
const shared = { bytes: new Uint8Array(sharedBytes), from: new Int32Array(sharedBytes + 1) };

/** Builds one unwrapped text of at most so many bytes. What it gives holds until the next one is built. */
export class Unwrapping {
  readonly #bytes: Uint8Array;
  readonly #from: Int32Array;
  #length = 0;

  constructor(most: number) {
    const room = most <= sharedBytes ? shared : { bytes: new Uint8Array(most), from: new Int32Array(most + 1) };
    this.#bytes = room.bytes;
    this.#from = room.from;
  }

  add(byte: number, from: number): void {
    this.#from[this.#length] = from;
    this.#bytes[this.#length++] = byte;
  }

  /** A code point as UTF-8; lone halves of surrogate pairs as U+FFFD. */
  addPoint(point: number, from: number): void {
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) { this.add(code, from); return; }
    const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    this.add((code >> (6 * more)) | (0xf00 >> more & 0xff), from);
    for (let i = more - 1; i >= 0; i--) this.add(0x80 | ((code >> (6 * i)) & 0x3f), from);
  }

  done(end: number): Unwrapped {
    this.#from[this.#length] = end;
    return { bytes: this.#bytes, length: this.#length, from: this.#from };
  }
}

/** Value of a hex digit, -1 of any other byte. */
export const hexValue = (byte: number): number =>
  byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66 ? (byte | 0x20) - 0x57 : -1;
