// Walks JSON as bytes, one value after the other, decoding only what is asked for: a trace of hundreds of megabytes never becomes one
// string or one tree. Nesting costs a counter, not a stack. Bad JSON throws a FormatFault that names the byte.
import { decodeUtf8 } from '../../../base/index.ts';
import { FormatFault } from '../fault.ts';

const [quote, backslash, comma, colon, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x5c, 0x2c, 0x3a, 0x7b, 0x7d, 0x5b, 0x5d] as const;

export class JsonScanner {
  readonly bytes: Uint8Array;
  /** The next byte to look at. */
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    if (at === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
  }

  /** Passes white space; the byte that follows, or -1 at the end. */
  peek(): number {
    const { bytes, end } = this;
    let { at } = this;
    while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at++;
    this.at = at;
    return at < end ? bytes[at]! : -1;
  }

  get isObject(): boolean { return this.peek() === openBrace; }
  get isArray(): boolean { return this.peek() === openBracket; }

  /** Over the members of an object: `visit` gets each key and must read or skip its value. Another value is skipped. */
  members(visit: (key: string) => void): void {
    if (!this.isObject) return this.skip();
    this.at++;
    if (this.peek() === closeBrace) { this.at++; return; }
    for (;;) {
      const key = this.string();
      this.#expect(colon, 'a colon');
      visit(key);
      if (this.#ends(closeBrace)) return;
    }
  }

  /** Over the elements of an array: `visit` must read or skip one value. Another value is skipped. */
  elements(visit: () => void): void {
    if (!this.isArray) return this.skip();
    this.at++;
    if (this.peek() === closeBracket) { this.at++; return; }
    do visit(); while (!this.#ends(closeBracket));
  }

  /** A number, also when written as text; another value is skipped and gives NaN. */
  number(): number {
    const next = this.peek();
    if (next === quote) { const text = this.string(); return text.trim() === '' ? NaN : Number(text); }
    if (next !== 0x2d && (next < 0x30 || next > 0x39)) { this.skip(); return NaN; }
    return this.#smallInteger() ?? Number(decodeUtf8(this.bytes, this.at, this.#afterScalar()));
  }

  /** A string's text; fails on another value. */
  string(): string {
    if (this.peek() !== quote) throw this.#unexpected('a string');
    const from = this.at;
    const plain = this.#skipString();
    return plain ? decodeUtf8(this.bytes, from + 1, this.at - 1) : this.#parse(from, this.at) as string;
  }

  /** Passes one value of any kind. */
  skip(): void {
    let depth = 0;
    do {
      const next = this.peek();
      if (next === quote) this.#skipString();
      else if (next === openBrace || next === openBracket) { depth++; this.at++; }
      else if (next === closeBrace || next === closeBracket) { if (--depth < 0) throw this.#unexpected('a value'); this.at++; }
      else if ((next === comma || next === colon) && depth > 0) this.at++;
      else this.#skipScalar(next);
    } while (depth > 0);
  }

  /** Passes one value of any kind and gives its JSON, cut at `maxBytes`. */
  raw(maxBytes: number): string {
    this.peek();
    const from = this.at;
    this.skip();
    return decodeUtf8(this.bytes, from, Math.min(this.at, from + maxBytes));
  }

  /** Passes one value and gives it parsed, as JSON.parse would; fails when it is longer than `maxBytes`. */
  value(maxBytes: number): unknown {
    this.peek();
    const from = this.at;
    this.skip();
    if (this.at - from > maxBytes) throw new FormatFault('unsupported', `the value at byte ${from} is longer than ${maxBytes / 1024 / 1024} MB`);
    return this.#parse(from, this.at);
  }

  /** Anything but white space after the value is a fault. */
  finish(): void {
    if (this.peek() >= 0) throw this.#unexpected('the end of the file');
  }

  #parse(from: number, to: number): unknown {
    try {
      return JSON.parse(decodeUtf8(this.bytes, from, to));
    } catch (failed) {
      if (!(failed instanceof SyntaxError)) throw failed;
      throw new FormatFault('malformed', `the JSON between bytes ${from} and ${to} is not valid (${failed.message})`);
    }
  }

  /** After an element: true at the closing byte, false after a comma. */
  #ends(close: number): boolean {
    const next = this.peek();
    if (next !== close && next !== comma) throw this.#unexpected(close === closeBrace ? 'a comma or }' : 'a comma or ]');
    this.at++;
    return next === close;
  }

  #expect(byte: number, called: string): void {
    if (this.peek() !== byte) throw this.#unexpected(called);
    this.at++;
  }

  /** Whole numbers of up to 15 digits without decoding; null for others. */
  #smallInteger(): number | null {
    const { bytes, end } = this;
    const negative = bytes[this.at] === 0x2d;
    let at = this.at + (negative ? 1 : 0);
    const from = at;
    let value = 0;
    for (; at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39; at++) value = value * 10 + bytes[at]! - 0x30;
    if (at === from || at - from > 15 || (at < end && isScalar(bytes[at]!))) return null;
    this.at = at;
    return negative ? -value : value;
  }

  /** Moves past the string that begins here; true when it has no escapes. */
  #skipString(): boolean {
    const { bytes, end } = this;
    let plain = true;
    for (let at = this.at + 1; at < end; at++) {
      if (bytes[at] === quote) { this.at = at + 1; return plain; }
      if (bytes[at] === backslash) { plain = false; at++; }
    }
    throw new FormatFault('truncated', `the file ends at byte ${end}, within a text that begins at byte ${this.at}`);
  }

  #skipScalar(next: number): void {
    if (next < 0 || !isScalar(next)) throw this.#unexpected('a value');
    this.#afterScalar();
  }

  #afterScalar(): number {
    const { bytes, end } = this;
    let { at } = this;
    while (at < end && isScalar(bytes[at]!)) at++;
    this.at = at;
    return at;
  }

  #unexpected(wanted: string): FormatFault {
    const next = this.peek();
    if (next < 0) return new FormatFault('truncated', `the file ends at byte ${this.at}, where ${wanted} should be`);
    const shown = next > 0x20 && next < 0x7f ? `"${String.fromCharCode(next)}"` : `the byte ${next}`;
    return new FormatFault('malformed', `${wanted} should be at byte ${this.at}, where ${shown} is`);
  }
}

/** Letters, digits, signs and points: what numbers, true, false and null are made of. */
const isScalar = (byte: number): boolean => (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x2d || byte === 0x2b || byte === 0x2e;
