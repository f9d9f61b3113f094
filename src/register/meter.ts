// What the first pass costs, as a share of one core: every sixteenth record is timed and stands for all. Judged once a second; three
// seconds past the bound in a row turn rules off, so that a pause of the process that falls into a timed record does not. Redaction is
// not measured here: it may not turn itself off.
const every = 16;
const judgeEveryMs = 1000;
const strikes = 3;

export class Meter {
  readonly #nowMs: () => number;
  readonly #bound: number;
  #records = 0;
  #spentMs = 0;
  #sinceMs: number;
  #broken = 0;
  /** Of the last full second. */
  share = 0;

  constructor(bound: number, nowMs: () => number) {
    this.#bound = bound;
    this.#nowMs = nowMs;
    this.#sinceMs = nowMs();
  }

  /** When this record's work begins, or NaN when it is not timed. */
  begin(): number { return (this.#records++ & (every - 1)) === 0 ? this.#nowMs() : Number.NaN; }

  /** `began` is what `begin` gave. */
  end(began: number): void { if (began === began) this.#spentMs += (this.#nowMs() - began) * every; }

  /** To be asked often: true when the bound was broken in each of the last three seconds. */
  judge(): boolean {
    const nowMs = this.#nowMs();
    const elapsedMs = nowMs - this.#sinceMs;
    if (elapsedMs < judgeEveryMs) return false;
    this.share = this.#spentMs / elapsedMs;
    this.#spentMs = 0;
    this.#sinceMs = nowMs;
    this.#broken = this.share > this.#bound ? this.#broken + 1 : 0;
    return this.#broken >= strikes;
  }
}
