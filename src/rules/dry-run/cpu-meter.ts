// CPU per record, by timing chunks of requests with the rule and without: the difference is the rule. A browser's clock
// counts in tenths of a millisecond, so a chunk is as long as it takes to see one.

/** Milliseconds of one chunk, and of all timing together: the estimate must not double the dry run. */
const chunkMs = 2;
const budgetMs = 250;
/** The first chunks warm the engine up. */
const warmChunks = 2;
const leastChunks = 3;

export class CpuMeter {
  readonly #now: () => number;
  readonly #micros: number[] = [];
  #withRule = 0;
  #without = 0;
  #records = 0;
  #spent = 0;

  /** @param now monotonic milliseconds */
  constructor(now: () => number) { this.#now = now; }

  /** Runs `work`, and `baseline` beside it while there is time left for measuring. `records`: how many `work` takes. */
  time<T>(records: number, work: () => T, baseline: () => void): T {
    if (this.#spent > budgetMs || records === 0) return work();
    const start = this.#now();
    const done = work();
    const between = this.#now();
    baseline();
    const end = this.#now();
    this.#add(records, between - start, end - between);
    return done;
  }

  #add(records: number, withRule: number, without: number): void {
    this.#spent += withRule + without;
    this.#withRule += withRule;
    this.#without += without;
    this.#records += records;
    if (this.#withRule < chunkMs) return;
    this.#micros.push(Math.max(0, this.#withRule - this.#without) * 1000 / this.#records);
    this.#withRule = this.#without = this.#records = 0;
  }

  /** Microseconds per record, the median of the chunks after the first; null when there were too few. */
  microsPerRecord(): number | null {
    const chunks = this.#micros.slice(warmChunks).sort((a, b) => a - b);
    return chunks.length < leastChunks ? null : chunks[chunks.length >> 1]!;
  }
}
