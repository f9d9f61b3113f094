// Messages of one TCP connection. Framing: RFC 6587, told apart for each message by how it begins: `LENGTH SP <` is octet counting, anything else
// ends with a line feed (or NUL). Each byte is looked at a bounded number of times, and at most one message is kept.

/** `bytes` are only valid during the call. `cut`: bytes that did not fit. */
export type TakeMessage = (bytes: Buffer, cut: number) => void;

const [lineFeed, nul, space, less, carriageReturn] = [0x0a, 0x00, 0x20, 0x3c, 0x0d];
const mostDigits = 8;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

export class Framer {
  readonly #most: number;
  readonly #take: TakeMessage;
  #held = Buffer.alloc(0);
  #length = 0;
  /** Of the message in hand: bytes beyond the bound. */
  #cut = 0;
  /** Null: not known yet; `line`: until a line feed; a number: bytes still to come. */
  #frame: null | 'line' | number = null;

  constructor(maxMessageBytes: number, take: TakeMessage) {
    this.#most = maxMessageBytes;
    this.#take = take;
  }

  /** Bytes kept of a message that has not ended. */
  get pending(): number { return this.#length + this.#cut; }

  add(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#frame === null) at = this.#begin(chunk, at);
      else if (this.#frame === 'line') at = this.#line(chunk, at);
      else at = this.#counted(chunk, at, this.#frame);
    }
  }

  /** The connection ended: what is in hand is a message, or the piece of one. */
  end(): void {
    if (this.pending > 0) this.#emit(this.#held.subarray(0, this.#length));
  }

  /** Until it is known how the message is framed, byte by byte: its length has at most `mostDigits` digits. */
  #begin(chunk: Buffer, at: number): number {
    const byte = chunk[at]!;
    if (this.#length === 0 && (byte === lineFeed || byte === nul || byte === carriageReturn || byte === space)) return at + 1;
    const [first, last] = [this.#length === 0 ? byte : this.#held[0]!, this.#length === 0 ? 0 : this.#held[this.#length - 1]!];
    if (byte === less && last === space) {
      this.#frame = Number(this.#held.toString('latin1', 0, this.#length - 1));
      this.#length = 0;
      return at;
    }
    const isCount = isDigit(first) && first !== 0x30 && (isDigit(byte) ? last !== space && this.#length < mostDigits : byte === space && last !== space);
    if (!isCount) { this.#frame = 'line'; return at; }
    this.#keep(chunk, at, at + 1);
    return at + 1;
  }

  #line(chunk: Buffer, at: number): number {
    const end = endOfLine(chunk, at);
    if (end < 0) { this.#keep(chunk, at, chunk.length); return chunk.length; }
    this.#finish(chunk, at, end);
    return end + 1;
  }

  #counted(chunk: Buffer, at: number, left: number): number {
    const end = Math.min(chunk.length, at + left);
    if (end - at < left) {
      this.#keep(chunk, at, end);
      this.#frame = left - (end - at);
    } else this.#finish(chunk, at, end);
    return end;
  }

  /** Most messages lie whole in one chunk: they are not copied. */
  #finish(chunk: Buffer, at: number, end: number): void {
    if (this.pending === 0 && end - at <= this.#most) { this.#emit(chunk.subarray(at, end)); return; }
    this.#keep(chunk, at, end);
    this.#emit(this.#held.subarray(0, this.#length));
  }

  #emit(bytes: Buffer): void {
    const cut = this.#cut;
    [this.#frame, this.#cut, this.#length] = [null, 0, 0];
    let end = bytes.length;
    while (end > 0 && (bytes[end - 1] === carriageReturn || bytes[end - 1] === lineFeed || bytes[end - 1] === nul)) end--;
    if (end > 0) this.#take(bytes.subarray(0, end), cut);
    if (this.#held.length > 65_536) this.#held = Buffer.alloc(0);
  }

  #keep(chunk: Buffer, at: number, end: number): void {
    const room = Math.min(end - at, this.#most - this.#length);
    this.#cut += end - at - room;
    if (this.#length + room > this.#held.length) {
      const grown = Buffer.alloc(Math.min(this.#most, Math.max(1024, this.#held.length * 2, this.#length + room)));
      this.#held.copy(grown, 0, 0, this.#length);
      this.#held = grown;
    }
    chunk.copy(this.#held, this.#length, at, at + room);
    this.#length += room;
  }
}

function endOfLine(chunk: Buffer, at: number): number {
  const end = chunk.indexOf(lineFeed, at);
  // Only up to the line feed: looking for a NUL in the whole chunk once for each line would be quadratic.
  const zero = chunk.subarray(at, end < 0 ? chunk.length : end).indexOf(nul);
  return zero < 0 ? end : at + zero;
}
