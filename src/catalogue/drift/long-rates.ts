// Records by stretches of two minutes over the last hour: what a rate is compared with that changes too slowly for the last three minutes to show.
export const stretchMs = 120_000;
const stretches = 32;
/** Reports lag: a stretch is whole so long after its end. */
const lagMs = 4000;

export class LongRates {
  readonly #counts = new Float32Array(stretches);
  #newest: number;
  /** The first stretch that was watched from its beginning. */
  #first: number;

  constructor(nowUnixMs: number) {
    this.#newest = Math.floor(nowUnixMs / stretchMs);
    this.#first = this.#newest + 1;
  }

  /** Counts records that came during the `overMs` before now. */
  add(records: number, overMs: number, nowUnixMs: number): void {
    this.#moveTo(nowUnixMs);
    const over = Math.max(1, Math.min(stretches, this.#newest - Math.floor((nowUnixMs - overMs) / stretchMs) + 1));
    for (let i = 0; i < over; i++) this.#counts[(this.#newest - i + stretches) % stretches]! += records / over;
  }

  /** Forgets what was: from here on is compared. */
  restart(nowUnixMs: number): void { this.#first = Math.floor(nowUnixMs / stretchMs) + 1; }

  /** Number of the last stretch that is whole. */
  lastWhole(nowUnixMs: number): number { return Math.floor((nowUnixMs - lagMs) / stretchMs) - 1; }

  /** Counts of the whole stretches, the newest first; what was not watched from its beginning is left out. */
  whole(nowUnixMs: number): number[] {
    this.#moveTo(nowUnixMs);
    const last = this.lastWhole(nowUnixMs);
    const count = Math.max(0, Math.min(stretches - 2, last - this.#first + 1));
    return Array.from({ length: count }, (_, i) => this.#counts[(last - i) % stretches]!);
  }

  #moveTo(nowUnixMs: number): void {
    const stretch = Math.floor(nowUnixMs / stretchMs);
    for (let empty = Math.max(this.#newest + 1, stretch - stretches + 1); empty <= stretch; empty++) this.#counts[empty % stretches] = 0;
    this.#newest = Math.max(this.#newest, stretch);
  }
}
