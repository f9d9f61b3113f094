// The shared scanner with what 75 MB of nodes need: members and elements one step at a time (no closure a node), texts told by their bytes
// without being decoded, runs of numbers in one loop. Lenient about commas, strict about what it takes.
import { FormatFault } from '../fault.ts';
import { JsonScanner } from '../json/index.ts';

const [quote, comma, minus, zero, nine, colon, openSquare, backslash, closeSquare, openCurly, closeCurly] = [0x22, 0x2c, 0x2d, 0x30, 0x39, 0x3a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d];
/** More digits than these may not fit a double exactly. */
const exactDigits = 15;

export class JsonBytes extends JsonScanner {
  readonly view: DataView;
  /** The text taken last: its bytes without quotes, whether it holds escapes, FNV-1a over its bytes. */
  textStart = 0;
  textEnd = 0;
  escaped = false;
  hash = 0;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  override peek(): number {
    const byte = this.bytes[this.at]!;
    return byte > 0x20 ? byte : super.peek();
  }

  /** Takes the byte when it is next. */
  take(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at++;
    return true;
  }

  openObject(): void { if (!this.take(openCurly)) throw this.fault('an object'); }
  openArray(): void { if (!this.take(openSquare)) throw this.fault('an array'); }
  colon(): void { if (!this.take(colon)) throw this.fault('a colon'); }

  /** After `{` or a member's value: whether another member follows, whose key is next. */
  member(): boolean {
    this.take(comma);
    return !this.take(closeCurly);
  }

  /** After `[` or an element: whether another element follows. */
  element(): boolean {
    this.take(comma);
    return !this.take(closeSquare);
  }

  takeText(): void {
    if (this.peek() !== quote) throw this.fault('a text');
    const { bytes, end } = this;
    let at = this.at + 1;
    let hash = 0x811c9dc5;
    this.textStart = at;
    this.escaped = false;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === quote) {
        this.textEnd = at;
        this.at = at + 1;
        this.hash = hash;
        return;
      }
      hash = Math.imul(hash ^ byte, 0x01000193);
      if (byte === backslash) {
        this.escaped = true;
        at++;
        hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
      }
    }
    throw new FormatFault('truncated', `the file ends at byte ${end}, within a text that begins at byte ${this.at}`);
  }

  /** The text taken last, decoded. */
  text(): string {
    const { at } = this;
    this.at = this.textStart - 1;
    const text = this.string();
    this.at = at;
    return text;
  }

  /** Takes a text when it is `other`: four bytes at a time, no hash. Leaves `textStart` and what belongs to it as it was. */
  takeString(other: DataView): boolean {
    if (this.peek() !== quote) return false;
    const to = this.at + 1 + other.byteLength;
    if (this.bytes[to] !== quote || !this.same(this.at + 1, other, 0, other.byteLength)) return false;
    this.at = to + 1;
    return true;
  }

  /** Whether the bytes from `at` are those of other[start, end). */
  same(at: number, other: DataView, start: number, end: number): boolean {
    const { view } = this;
    if (at + end - start > view.byteLength) return false;
    for (; start + 4 <= end; start += 4, at += 4) if (view.getInt32(at) !== other.getInt32(start)) return false;
    for (; start < end; start++, at++) if (view.getUint8(at) !== other.getUint8(start)) return false;
    return true;
  }

  /**
   * As many plain integers, each with a comma right behind it, as are next: into `values` from `count` up to `limit`; the new count.
   * What it does not take (spaces, fractions, the last element) is for `element` and `number`.
   */
  integers(values: Float64Array, count: number, limit: number): number {
    const { bytes } = this;
    const last = bytes.length - exactDigits - 2;
    let { at } = this;
    while (count < limit && at < last) {
      const first = bytes[at]! === minus ? at + 1 : at;
      let end = first;
      let value = 0;
      let byte = bytes[end]!;
      while (byte >= zero && byte <= nine && end - first < exactDigits) {
        value = value * 10 + byte - zero;
        byte = bytes[++end]!;
      }
      if (end === first || byte !== comma) break;
      values[count++] = first === at ? value : -value;
      at = end + 1;
    }
    this.at = at;
    return count;
  }

  /** A number, nothing else. */
  finite(): number {
    const next = this.peek();
    const from = this.at;
    const value = next === minus || (next >= zero && next <= nine) ? this.number() : Number.NaN;
    if (Number.isFinite(value)) return value;
    this.at = from;
    throw this.fault('a number');
  }

  fault(wanted: string): FormatFault {
    const next = this.peek();
    if (next < 0) return new FormatFault('truncated', `the file ends at byte ${this.at}, where ${wanted} should be`);
    return new FormatFault('malformed', `${wanted} should be at byte ${this.at}, where ${next > 0x20 && next < 0x7f ? `"${String.fromCharCode(next)}"` : `the byte ${next}`} is`);
  }
}
