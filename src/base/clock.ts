/** Time as a port: pure layers never read a clock of their own. */
export interface Clock {
  /** Wall clock, nanoseconds since the Unix epoch. */
  nowUnixNano(): bigint;
  /** Monotonic, milliseconds with fractions; only differences mean anything. */
  monotonicMs(): number;
}

/** A clock that stands still until it is told to move; for tests and replays. */
export class ManualClock implements Clock {
  #unixNano: bigint;
  constructor(unixNano = 0n) { this.#unixNano = unixNano; }
  nowUnixNano(): bigint { return this.#unixNano; }
  monotonicMs(): number { return Number(this.#unixNano / 1000n) / 1000; }
  advanceMs(ms: number): void { this.#unixNano += BigInt(Math.round(ms * 1e6)); }
}
