// One source of rows read by several branches of a union: read once, kept, given to each reader from the start.
// A reader that stops early leaves the rest unread.
import type { Row } from '../expr/index.ts';

export class SharedRows implements AsyncIterable<Row> {
  readonly #held: Row[] = [];
  readonly #source: AsyncIterator<Row> | Iterator<Row>;
  #ended = false;

  constructor(rows: AsyncIterable<Row> | Iterable<Row>) { this.#source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator](); }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row> {
    for (let at = 0; ; at++) {
      if (at === this.#held.length && !(await this.#readOne())) return;
      yield this.#held[at]!;
    }
  }

  /** Readers take turns: none is asked for a row before the one in front has ended. */
  async #readOne(): Promise<boolean> {
    if (this.#ended) return false;
    const next = await this.#source.next();
    if (next.done) this.#ended = true;
    else this.#held.push(next.value);
    return !this.#ended;
  }
}
