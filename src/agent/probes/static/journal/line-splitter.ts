// Lines of a stream, a chunk at a time; what is too long is passed over and counted. Linear however it is cut into chunks.

export class LineSplitter {
  readonly #most: number;
  #parts: Buffer[] = [];
  #held = 0;
  #isPassing = false;
  readonly #tooLong: () => void;

  /** `tooLong`: called for each line that is longer than the bound. */
  constructor(mostBytes: number, tooLong: () => void) {
    this.#most = mostBytes;
    this.#tooLong = tooLong;
  }

  /** The whole lines that end in this chunk; valid until its memory is used again. */
  *add(chunk: Buffer): Generator<Buffer> {
    let at = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, at)) {
      const line = this.#end(chunk.subarray(at, end));
      at = end + 1;
      if (line !== null && line.length > 0) yield line;
    }
    if (at < chunk.length) this.#keep(chunk.subarray(at));
  }

  #end(last: Buffer): Buffer | null {
    if (this.#held + last.length > this.#most) this.#pass();
    const line = this.#isPassing ? null : this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    [this.#parts, this.#held, this.#isPassing] = [[], 0, false];
    return line;
  }

  #keep(part: Buffer): void {
    if (this.#isPassing) return;
    if (this.#held + part.length > this.#most) { this.#pass(); return; }
    this.#parts.push(part);
    this.#held += part.length;
  }

  #pass(): void {
    if (!this.#isPassing) this.#tooLong();
    [this.#isPassing, this.#parts, this.#held] = [true, [], 0];
  }
}
