// CPU per record, measured apart from the run that counts: the same few records go through the rule, and through what runs
// with no rule, again and again. The engine is warmed up first; a round is as long as a browser's clock, which counts in
// tenths of a millisecond, can tell. A fast round is the low end. An agent never gets there: it takes small batches between other
// work, so that code and data are cold again each time. The high end is therefore the first pass, before anything was warm.

/** What is timed: the rule, and what runs without it, each once over the same `records` records. */
export interface CpuWork { readonly records: number; readonly rule: () => void; readonly baseline: () => void }
/** Microseconds per record: of the middle round, of a fast one, and of the first, cold pass (or of a slow round, if that was slower). */
export interface CpuEstimate { readonly median: number; readonly low: number; readonly high: number }

/** With fewer records the estimate would be one of those few, not of the stream. */
const leastRecords = 20;
const warmMs = 20;
const roundMs = 3;
const wantedRounds = 31;
const leastRounds = 5;
/** Of all timing together, as long as there are rounds enough. */
const budgetMs = 300;

export class CpuMeter {
  readonly #now: () => number;
  /** Microseconds per record, one a round. */
  readonly #withRule: number[] = [];
  readonly #without: number[] = [];
  /** Microseconds per record of the first pass, what runs anyway taken away. */
  #cold: number | null = null;
  #warmedMs = 0;
  #warmPasses = 0;
  #spentMs = 0;

  /** @param now monotonic milliseconds */
  constructor(now: () => number) { this.#now = now; }

  /** Goes on until `now()` passes the deadline; true when done. */
  measure(work: CpuWork, deadline: number): boolean {
    if (work.records < leastRecords) return true;
    while (!this.#enough()) {
      if (this.#cold === null) this.#cool(work);
      else if (this.#warmedMs < warmMs) this.#warm(work); else this.#round(work);
      if (this.#now() > deadline) return this.#enough();
    }
    return true;
  }

  #enough(): boolean {
    const rounds = this.#withRule.length;
    return rounds >= wantedRounds || (rounds >= leastRounds && this.#spentMs > budgetMs);
  }

  /** The clock may be too coarse for one pass: then it says nothing, and slow rounds stand for it. */
  #cool({ rule, baseline, records }: CpuWork): void {
    const [without, withRule] = [this.#time(baseline), this.#time(rule)];
    this.#warmedMs += withRule;
    this.#warmPasses++;
    this.#cold = (Math.max(0, withRule - without) * 1000) / records;
  }

  #warm({ rule, baseline }: CpuWork): void {
    baseline();
    this.#warmedMs += this.#time(rule);
    this.#warmPasses++;
  }

  /** So many passes that they last long enough to be told apart. */
  #round({ rule, baseline, records }: CpuWork): void {
    const passes = Math.max(1, Math.round((this.#warmPasses * roundMs) / Math.max(this.#warmedMs, 0.001)));
    const perRecord = 1000 / (records * passes);
    this.#withRule.push(this.#time(() => { for (let i = 0; i < passes; i++) rule(); }) * perRecord);
    this.#without.push(this.#time(() => { for (let i = 0; i < passes; i++) baseline(); }) * perRecord);
  }

  #time(run: () => void): number {
    const start = this.#now();
    run();
    const took = this.#now() - start;
    this.#spentMs += took;
    return took;
  }

  /** Null when there were too few records to measure. */
  estimate(): CpuEstimate | null {
    if (this.#withRule.length < leastRounds) return null;
    // A busy machine slows some rounds of either: quantile is set against quantile, so that what slows both falls out.
    const at = (share: number) => Math.max(0, quantile(this.#withRule, share) - quantile(this.#without, share));
    const [low, median, high] = [at(0.1), at(0.5), at(0.75)].sort((a, b) => a - b);
    return { low: low!, median: median!, high: Math.max(high!, this.#cold ?? 0) };
  }
}

const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.round((values.length - 1) * share)]!;

/** The newest requests of a run, as many as make a fair mix and are quickly gone through. */
export class CpuSample<R> {
  readonly #kept: { readonly request: R; readonly records: number }[] = [];
  #records = 0;

  add(request: R, records: number): void {
    if (records === 0) return;
    this.#kept.push({ request, records });
    this.#records += records;
    while (this.#kept.length > 1 && this.#records - this.#kept[0]!.records >= wantedRecords) this.#records -= this.#kept.shift()!.records;
  }

  get records(): number { return this.#records; }
  get requests(): readonly R[] { return this.#kept.map(({ request }) => request); }
}
const wantedRecords = 1000;
