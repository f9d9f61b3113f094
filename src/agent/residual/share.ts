// How much of what leaves is scanned a second time: all of it while that costs little, a share of it when there is much, so that the
// scan stays within its part of a core. The share follows what was measured in the second before.

export class ScanShare {
  readonly #msPerSecond: number;
  #share = 1;
  #usedMs = 0;

  constructor(msPerSecond: number) { this.#msPerSecond = msPerSecond; }

  /** 0 to 1. */
  get share(): number { return this.#share; }

  used(ms: number): void { this.#usedMs += ms; }

  /** No more this second, whatever the share says: a burst may cost several times what the second before did. */
  get isSpent(): boolean { return this.#usedMs > this.#msPerSecond * burst; }

  /** At the end of a second: what all of it would have cost tells how much of the next one fits. */
  second(): void {
    const all = this.#usedMs / this.#share;
    this.#share = all <= this.#msPerSecond ? Math.min(1, this.#share * 2) : Math.max(least, this.#msPerSecond / all);
    this.#usedMs = 0;
  }
}

const burst = 3;
const least = 0.001;
