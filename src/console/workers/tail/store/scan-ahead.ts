// Before a predicate is asked of a record: is the piece of text that it needs in the record's bytes at all? Rows are asked
// in the order of their bytes, so one search usually answers for many rows to come.
import type { RequiredText } from '../../../../engine/index.ts';
import type { RequestView } from '../../../../otlp/index.ts';
import type { RowTest } from './row-filter.ts';

/** How far one search goes beyond the row in hand while rows are asked one after the other. */
const aheadBytes = 16 * 1024;
/** After so many rows, a text that most of them hold is no longer looked for. */
const trialRows = 4096;

export function scanAhead(text: RequiredText, test: RowTest): RowTest {
  const scan = new Scan(text);
  return (view, index, slot) => scan.mayPass(view, index) && test(view, index, slot);
}

class Scan {
  readonly #text: RequiredText;
  #view: RequestView | null = null;
  #index = -1;
  /** In the view's bytes no occurrence starts within [from, clearTo); with `found`, one starts at `clearTo`. */
  #from = 0;
  #clearTo = 0;
  #found = false;
  #asked = 0;
  #held = 0;

  constructor(text: RequiredText) { this.#text = text; }

  /** False only when the text is not in the record. */
  mayPass(view: RequestView, index: number): boolean {
    if (this.#asked >= trialRows && this.#held * 2 > this.#asked) return true;
    const held = this.#holds(view, index);
    this.#asked++;
    if (held) this.#held++;
    return held;
  }

  #holds(view: RequestView, index: number): boolean {
    const start = view.recordStart(index);
    const end = view.recordEnd(index);
    const inOrder = index === 0 || (view === this.#view && index === this.#index + 1);
    if (view !== this.#view || start < this.#from || start > this.#clearTo) this.#restart(view, start);
    this.#index = index;
    const lastStart = end - this.#text.length;
    if (!this.#found && this.#clearTo <= lastStart) this.#search(view.bytes, inOrder ? Math.min(end + aheadBytes, view.bytes.length) : end);
    return this.#found && this.#clearTo <= lastStart;
  }

  #restart(view: RequestView, at: number): void {
    this.#view = view;
    this.#from = this.#clearTo = at;
    this.#found = false;
  }

  #search(bytes: Uint8Array, end: number): void {
    const at = this.#text.find(bytes, this.#clearTo, end);
    this.#found = at >= 0;
    this.#clearTo = this.#found ? at : end - this.#text.length + 1;
  }
}
