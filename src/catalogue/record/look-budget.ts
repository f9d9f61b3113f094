// Which records have their fields looked at. Counting is exact and costs tens of nanoseconds; a look costs microseconds, so looks are
// paid from a purse that fills with records and with time, and no load can make them more than a fixed share of the work.
// Due are: the first 64 records of an event, 64 more for each doubling, and one a second. What is left in the purse goes to records
// picked at random (from a seeded series), so that frequent events are known well and a new field or value shows within seconds.
import { rLookUnixMs, rUntilLook } from './hot-rows.ts';

/** One unit is a look at a common record: about 16 fields. Records that earn one, and units a millisecond earns. */
const recordsPerUnit = 10_000;
const unitsPerMs = 0.1;
const mostUnits = 4096;
/** At the start, when every event is new. */
const startingUnits = 12_000;
const firstLooks = 64;
const lookAgainMs = 1000;

export class LookBudget {
  #units = startingUnits;
  #records = 0;
  #sinceUnixMs = 0;
  #random = 0x2545f491;
  /** Records until one is picked at random. */
  untilRandom = 1;

  /** Whether the record in hand is to be looked at, an event's `records`-th, whose hot row is at `row`. `seen`: records of the catalogue so far. Asked
   *  only when the row says that it is due, or a random pick is. */
  due(hot: Float64Array, row: number, records: number, seen: number, nowUnixMs: number): boolean {
    this.#earn(seen, nowUnixMs);
    const isPicked = this.untilRandom <= 0;
    if (isPicked) this.untilRandom = this.#gap();
    const isDue = hot[row + rUntilLook]! <= 0 || nowUnixMs >= hot[row + rLookUnixMs]!;
    if (!isDue && !(isPicked && this.#units > mostUnits / 4)) return false;
    const canPay = this.#units > 0;
    hot[row + rUntilLook] = canPay ? stride(records) : 17 + (records >> 2);
    hot[row + rLookUnixMs] = nowUnixMs + lookAgainMs;
    return canPay;
  }

  spend(units: number): void { this.#units -= units; }
  get isEmpty(): boolean { return this.#units <= 0; }

  /** Fills the purse without a look. */
  earn(seen: number, nowUnixMs: number): void { this.#earn(seen, nowUnixMs); }

  #earn(seen: number, nowUnixMs: number): void {
    const ms = Math.min(10_000, Math.max(0, nowUnixMs - this.#sinceUnixMs));
    this.#sinceUnixMs = nowUnixMs;
    const earned = (seen - this.#records) / recordsPerUnit + ms * unitsPerMs;
    this.#records = seen;
    if (this.#units < mostUnits) this.#units = Math.min(mostUnits, this.#units + earned);
  }

  /** The fuller the purse, the sooner: every record or every other, one in 32 or one in 256 on average. */
  #gap(): number {
    this.#random ^= this.#random << 13;
    this.#random ^= this.#random >>> 17;
    this.#random ^= this.#random << 5;
    const spread = this.#units > mostUnits * 0.75 ? 1 : this.#units > mostUnits / 2 ? 63 : 511;
    return 1 + ((this.#random >>> 8) & spread);
  }
}

/** 1 up to 127 records, then twice as many for each doubling. */
const stride = (records: number): number => 1 << (31 - Math.clz32((records / firstLooks) | 1));
