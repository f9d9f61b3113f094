// Finds which of many texts a piece of UTF-8 holds, in one pass, whatever their number (Aho and Corasick, as a table of
// transitions). Letters of ASCII are folded, and bytes that no text has share one column of the table.

/** Only the end of a text counts: a long one is told apart well enough by it, better than by its beginning (paths, ids). */
const maxBytes = 24;

const folded = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

export interface LiteralEntry { readonly text: Uint8Array; readonly value: number }

export class LiteralScan {
  /** Column of each byte in the table. */
  readonly #columns = new Uint8Array(256);
  readonly #width: number;
  /** Next state, as its offset in the table, by state offset + column. */
  readonly #next: Int32Array;
  /** States from this offset on have found something. */
  readonly #firstFound: number;
  /** What such a state has found, by its place behind `firstFound`. */
  readonly #found: readonly Int32Array[];

  /** Texts in lower case, of at least one byte. */
  constructor(entries: readonly LiteralEntry[]) {
    const texts = entries.map(({ text, value }) => ({ text: text.subarray(-maxBytes), value }));
    this.#width = this.#assignColumns(texts);
    const trie = new Trie(this.#width);
    for (const { text, value } of texts) trie.add(Array.from(text, (byte) => this.#columns[byte]!), value);
    const { next, found } = trie.close();
    // States that found something come last, so that one comparison tells them.
    const order = [...found.keys()].sort((a, b) => Number(found[a]!.length > 0) - Number(found[b]!.length > 0) || a - b);
    const place = new Int32Array(order.length);
    order.forEach((state, i) => { place[state] = i * this.#width; });
    this.#next = new Int32Array(order.length * this.#width);
    order.forEach((state, i) => { for (let column = 0; column < this.#width; column++) this.#next[i * this.#width + column] = place[next[state * this.#width + column]!]!; });
    const quiet = order.filter((state) => found[state]!.length === 0).length;
    this.#firstFound = quiet * this.#width;
    this.#found = order.slice(quiet).map((state) => Int32Array.from(new Set(found[state])));
  }

  #assignColumns(texts: readonly LiteralEntry[]): number {
    let width = 1;
    for (const { text } of texts) for (const byte of text) if (this.#columns[byte] === 0) this.#columns[byte] = width++;
    for (let byte = 65; byte <= 90; byte++) this.#columns[byte] = this.#columns[folded(byte)]!;
    return width;
  }

  /** Calls `visit` with the values of every text that bytes[start, end) holds; a value may come more than once. True when a
   *  byte beyond ASCII was met: a letter that folds to one of ASCII may make up a text that this scan does not see. */
  scan(bytes: Uint8Array, start: number, end: number, visit: (values: Int32Array) => void): boolean {
    const next = this.#next;
    const columns = this.#columns;
    const firstFound = this.#firstFound;
    let state = 0;
    let bits = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      bits |= byte;
      state = next[state + columns[byte]!]!;
      if (state >= firstFound) visit(this.#found[(state - firstFound) / this.#width]!);
    }
    return bits > 127;
  }
}

class Trie {
  readonly #width: number;
  #next: number[];
  readonly #found: number[][] = [[]];

  constructor(width: number) { this.#width = width; this.#next = Array.from({ length: width }, () => -1); }

  add(path: readonly number[], value: number): void {
    let state = 0;
    for (const column of path) {
      const at = state * this.#width + column;
      if (this.#next[at] === -1) {
        this.#next[at] = this.#found.length;
        this.#found.push([]);
        for (let i = 0; i < this.#width; i++) this.#next.push(-1);
      }
      state = this.#next[at]!;
    }
    this.#found[state]!.push(value);
  }

  /** Fills in where to go when a text breaks off: to the longest end that is the beginning of another. Breadth first. */
  close(): { readonly next: readonly number[]; readonly found: readonly (readonly number[])[] } {
    const fallback = new Int32Array(this.#found.length);
    const queue: number[] = [0];
    for (let i = 0; i < queue.length; i++) {
      const state = queue[i]!;
      for (let column = 0; column < this.#width; column++) {
        const at = state * this.#width + column;
        const onward = state === 0 ? 0 : this.#next[fallback[state]! * this.#width + column]!;
        const child = this.#next[at]!;
        if (child === -1) { this.#next[at] = onward; continue; }
        fallback[child] = onward;
        this.#found[child]!.push(...this.#found[onward]!);
        queue.push(child);
      }
    }
    return { next: this.#next, found: this.#found };
  }
}
