// What was found in one record, to take it out of what is told of the record: a value that a policy hides for its key, or that a
// detector finds behind a word, may stand again in another text, a name or a key, where nothing knows it. Dies with the record.
import { decodeUtf8 } from '../../base/index.ts';
import { bullets, type Decided } from '../../redaction/index.ts';

/** Characters of values that are looked for: shorter ones would hide half of every text. */
const shortest = 4;
const longestBytes = 512;
/** Values of one record. */
const mostValues = 100;

export class RecordValues {
  readonly #values = new Set<string>();
  #longestFirst: readonly string[] | null = null;
  /** There were more values than are looked for. */
  overflowed = false;

  add(bytes: Uint8Array, { start, end }: Pick<Decided, 'start' | 'end'>): void {
    if (end - start < shortest || end - start > longestBytes) return;
    const value = decodeUtf8(bytes, start, end);
    if (value.length < shortest || this.#values.has(value)) return;
    if (this.#values.size >= mostValues) { this.overflowed = true; return; }
    this.#values.add(value);
    this.#longestFirst = null;
  }

  /** The text without any of them. */
  hidden(text: string): string { return text === '' || this.#values.size === 0 ? text : without(text, this.#sorted()); }

  /** The same for later, when these are cleared. */
  hider(): (text: string) => string {
    const values = this.#sorted();
    return (text) => without(text, values);
  }

  #sorted(): readonly string[] { return (this.#longestFirst ??= [...this.#values].toSorted((a, b) => b.length - a.length)); }

  clear(): void {
    if (this.#values.size > 0) this.#values.clear();
    this.#longestFirst = null;
    this.overflowed = false;
  }
}

function without(text: string, longestFirst: readonly string[]): string {
  let left = text;
  for (const value of longestFirst) if (left.includes(value)) left = left.replaceAll(value, bullets);
  return left;
}
