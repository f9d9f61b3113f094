// The array of strings: JSON escapes undone, bytes appended to one table. Half of a surrogate pair without its other half
// becomes U+FFFD.
import { badFile, tooLarge } from './heap-file-error.ts';
import { trimmed, withRoom } from './growing.ts';
import { code, isBlank, shown, type Section } from './section.ts';
import type { StringTable } from './string-table.ts';

const maxBytes = 2 ** 32 - 1;
/** The one-letter escapes of JSON (RFC 8259, section 7), by their letter. */
const escapes = new Map<number, number>([['"', 0x22], ['\\', 0x5c], ['/', 0x2f], ['b', 8], ['f', 12], ['n', 10], ['r', 13], ['t', 9]].map(([letter, byte]) => [(letter as string).charCodeAt(0), byte as number]));
const letterU = 0x75;

type State = 'before' | 'between' | 'text' | 'escape' | 'unicode';

export class StringSection implements Section {
  done = false;
  #state: State = 'before';
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  #start = new Uint32Array(1 << 12);
  #count = 0;
  #unit = 0;
  #hexDigits = 0;
  #highSurrogate = 0;

  feed(chunk: Uint8Array, from: number): number {
    // Nothing takes more bytes than it is written with, but what an escape begun in an earlier chunk ends as.
    this.#reserve(this.#length + chunk.length - from + 8);
    let at = from;
    while (at < chunk.length && !this.done) {
      if (this.#state === 'text') at = this.#text(chunk, at);
      else this.#other(chunk[at++]!);
    }
    return at;
  }

  table(): StringTable {
    const start = withRoom(this.#start, this.#count + 1);
    start[this.#count] = this.#length;
    return { count: this.#count, bytes: trimmed(this.#bytes, this.#length), start: trimmed(start, this.#count + 1) };
  }

  #reserve(length: number): void {
    if (length > maxBytes) throw tooLarge('its strings are beyond 4 GiB');
    this.#bytes = withRoom(this.#bytes, length);
  }

  /** Plain bytes up to the next quote or backslash. */
  #text(chunk: Uint8Array, from: number): number {
    const bytes = this.#bytes;
    let at = from;
    let length = this.#length;
    if (this.#highSurrogate !== 0 && chunk[at] !== code.backslash) { this.#endPair(); length = this.#length; }
    while (at < chunk.length) {
      const byte = chunk[at]!;
      if (byte === code.quote || byte === code.backslash) break;
      bytes[length++] = byte;
      at++;
    }
    this.#length = length;
    if (at === chunk.length) return at;
    this.#state = chunk[at] === code.quote ? 'between' : 'escape';
    return at + 1;
  }

  #other(byte: number): void {
    if (this.#state === 'between') this.#between(byte);
    else if (this.#state === 'escape') this.#escape(byte);
    else if (this.#state === 'unicode') this.#hexDigit(byte);
    else if (byte === code.openBracket) this.#state = 'between';
    else throw badFile('"strings" is no array');
  }

  #between(byte: number): void {
    if (byte === code.quote) this.#begin();
    else if (byte === code.closeBracket) this.done = true;
    else if (byte !== code.comma && !isBlank(byte)) throw badFile(`${shown(byte)} stands between strings`);
  }

  #begin(): void {
    this.#start = withRoom(this.#start, this.#count + 1);
    this.#start[this.#count++] = this.#length;
    this.#state = 'text';
  }

  #escape(byte: number): void {
    if (byte === letterU) { this.#state = 'unicode'; this.#unit = 0; this.#hexDigits = 0; return; }
    const plain = escapes.get(byte);
    if (plain === undefined) throw badFile(`${shown(byte)} stands after a backslash`);
    this.#endPair();
    this.#bytes[this.#length++] = plain;
    this.#state = 'text';
  }

  #hexDigit(byte: number): void {
    const digit = byte <= code.nine ? byte - code.zero : (byte | 0x20) - 0x57;
    if (digit < 0 || digit > 15 || (byte > code.nine && digit < 10)) throw badFile(`${shown(byte)} stands in a \\u escape`);
    this.#unit = this.#unit * 16 + digit;
    if (++this.#hexDigits < 4) return;
    this.#unitRead(this.#unit);
    this.#state = 'text';
  }

  #unitRead(unit: number): void {
    const high = this.#highSurrogate;
    if (high !== 0 && unit >= 0xdc00 && unit < 0xe000) {
      this.#highSurrogate = 0;
      this.#point(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
      return;
    }
    this.#endPair();
    if (unit >= 0xd800 && unit < 0xdc00) this.#highSurrogate = unit;
    else this.#point(unit >= 0xdc00 && unit < 0xe000 ? 0xfffd : unit);
  }

  /** What comes now is no low half: the high half kept stands alone. */
  #endPair(): void {
    if (this.#highSurrogate === 0) return;
    this.#highSurrogate = 0;
    this.#point(0xfffd);
  }

  #point(point: number): void {
    const bytes = this.#bytes;
    let at = this.#length;
    if (point < 0x80) bytes[at++] = point;
    else if (point < 0x800) { bytes[at++] = 0xc0 | (point >> 6); bytes[at++] = 0x80 | (point & 0x3f); }
    else if (point < 0x10000) { bytes[at++] = 0xe0 | (point >> 12); bytes[at++] = 0x80 | ((point >> 6) & 0x3f); bytes[at++] = 0x80 | (point & 0x3f); }
    else { bytes[at++] = 0xf0 | (point >> 18); bytes[at++] = 0x80 | ((point >> 12) & 0x3f); bytes[at++] = 0x80 | ((point >> 6) & 0x3f); bytes[at++] = 0x80 | (point & 0x3f); }
    this.#length = at;
  }
}
