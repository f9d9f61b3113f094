// A normal form being written: its bytes, where each came from, the token under way, and lists. Equal elements side by side are a list and
// become one, and so do values with nothing but a comma between.
import { blank, comma } from './ascii.ts';
import { wild } from './byte-class.ts';
import { isHost } from './locators.ts';

/** A form is cut there: what follows is payload. */
export const mostForm = 1024;
const slack = 1024;
/** Bytes of a body that are looked at. */
const mostRead = 16 * 1024;

export class FormBuilder {
  /** The form is out[0, length). */
  readonly out = new Uint8Array(mostForm + slack);
  /** The same, four bytes a number. */
  readonly fours = new Int32Array(this.out.buffer);
  length = 0;
  /** Where each byte of the form came from, and where its value ended, in the bytes read; for wildcards. */
  readonly from = new Int32Array(mostForm + slack);
  readonly to = new Int32Array(mostForm + slack);
  /** What is read: bytes[…, end). */
  bytes: Uint8Array = new Uint8Array(0);
  end = 0;
  /** The current token in `out`: a word with what is joined to it; its joiners and last dot. */
  token = 0;
  joins = 0;
  dot = -1;
  /** The current element in `out` (between blanks, commas and brackets). */
  element = 0;
  hasWild = false;
  /** The element before it; -1: none to compare with. */
  #beforeStart = -1;
  #beforeEnd = -1;
  /** Whether equal elements side by side are a list; in a request they are not, for each place means something else. */
  hasLists = true;

  begin(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.end = Math.min(end, start + mostRead);
    // Not within a character.
    for (let back = 0; back < 3 && this.end < end && (bytes[this.end]! & 0xc0) === 0x80; back++) this.end--;
    this.length = 0;
    this.newToken();
    this.element = 0;
    this.hasWild = false;
    this.#beforeStart = -1;
    this.hasLists = true;
  }

  put(byte: number, at: number): void {
    this.out[this.length] = byte;
    this.from[this.length++] = at;
  }

  newToken(): void {
    this.token = this.length;
    this.joins = 0;
    this.dot = -1;
  }

  /** A wildcard for bytes[from, to). */
  wild(from: number, to: number): void {
    const length = this.length;
    // Values with nothing but a comma between are one list.
    if (length > 1 && this.out[length - 1] === comma && this.out[length - 2] === wild) {
      this.length = length - 2;
      this.element = Math.min(this.element, length - 2);
      this.#wildAt(this.from[length - 2]!, to);
    } else this.#wildAt(from, to);
  }

  #wildAt(from: number, to: number): void {
    this.to[this.length] = to;
    this.put(wild, from);
    this.hasWild = true;
    this.newToken();
  }

  /** A wildcard in the place of the current token too. */
  wildToken(from: number, to: number): void {
    const start = this.length > this.token ? this.from[this.token]! : from;
    this.length = this.token;
    this.wild(start, to);
  }

  before(): number { return this.length === 0 ? blank : this.out[this.length - 1]!; }

  space(): void {
    this.endToken();
    if (this.length === 0 || this.before() === blank) return;
    this.endElement();
    this.put(blank, 0);
    this.newToken();
    this.element = this.length;
  }

  /** What comes now is compared with nothing before it. */
  beginList(): void {
    this.newToken();
    this.element = this.length;
    this.#beforeStart = -1;
  }

  /** A token that ends may turn out to be a host. */
  endToken(): void {
    if (this.dot > this.token && this.length > this.dot + 1 && isHost(this.out, this.token, this.length, false)) this.wildToken(0, this.from[this.length - 1]! + 1);
  }

  /** An element equal to the one before it, both with a value, is one of a list: one of them stays. */
  endElement(): void {
    const start = this.element;
    if (this.length === start) return;
    if (!this.hasWild) { this.#beforeStart = -1; return; }
    this.hasWild = false;
    if (this.hasLists && this.#equalsBefore(start)) {
      this.to[this.#beforeEnd - 1] = this.to[this.length - 1]!;
      this.length = this.#beforeEnd;
      this.newToken();
      this.element = this.length;
      return;
    }
    this.#beforeStart = start;
    this.#beforeEnd = this.length;
  }

  #equalsBefore(start: number): boolean {
    const size = this.length - start;
    if (this.#beforeStart < 0 || this.#beforeEnd - this.#beforeStart !== size) return false;
    for (let i = 0; i < size; i++) if (this.out[this.#beforeStart + i] !== this.out[start + i]) return false;
    return true;
  }

  /** Whether all of it is ASCII; perhaps not told where it is. */
  isAscii(): boolean {
    const fours = this.fours;
    let all = 0;
    for (let i = this.length - 1 >> 2; i >= 0; i--) all |= fours[i]!;
    return (all & 0x80808080) === 0;
  }

  copy(at: number, end: number): number {
    for (let i = at; i < end; i++) this.put(this.bytes[i]!, i);
    return end;
  }

  plain(i: number, byte: number): number {
    this.endToken();
    this.put(byte, i);
    this.newToken();
    return i + 1;
  }
}
