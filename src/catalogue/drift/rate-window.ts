// Records of one event in the last three minutes, by two-second steps of the reader's clock; a report's records are spread over the time
// that they took to come. Says whether the rate stepped, whether it rose or fell slowly over the last hour, and whether silence means that it is gone.
import { LongRates, stretchMs } from './long-rates.ts';

export const stepMs = 2000;
const steps = 90;
/** Reports lag: the last steps are not judged yet. */
const unsettledSteps = 2;
interface Blocks { /** Steps judged together. */ readonly size: number; /** How many such blocks before it is compared with. */ readonly least: number; readonly most: number }
const quick: Blocks = { size: 3, least: 5, most: 10 };
const slow: Blocks = { size: 15, least: 4, most: 4 };
/** Natural logarithm of how seldom chance may do as much: one in a billion. */
const lnChance = -Math.log(1e-9);
const stepAtLeast = 1.5;
/** Whole stretches that a slow change is compared with; the one just before it is left out, for the change had begun in it. */
const leastStretches = 3;

export interface RateStep { readonly wasPerSecond: number; readonly nowPerSecond: number }

export class RateWindow {
  readonly #counts = new Float32Array(steps);
  /** Number of the newest step held, and of the first ever counted. */
  #newest: number;
  readonly #first: number;
  readonly #long: LongRates;
  /** The last stretch that was judged. */
  #judged = -1;

  constructor(nowUnixMs: number) {
    this.#newest = this.#first = Math.floor(nowUnixMs / stepMs);
    this.#long = new LongRates(nowUnixMs);
  }

  /** Counts records that came during the `overMs` before now. */
  add(records: number, overMs: number, nowUnixMs: number): void {
    this.#moveTo(nowUnixMs);
    this.#long.add(records, overMs, nowUnixMs);
    const over = Math.max(1, Math.min(steps, Math.round(overMs / stepMs)));
    for (let i = 0; i < over; i++) this.#counts[(this.#newest - i) % steps]! += records / over;
  }

  /** Records a second over the last so many milliseconds, the newest ones left out; null before that was watched. */
  rate(overMs: number, nowUnixMs: number): number | null {
    this.#moveTo(nowUnixMs);
    const count = Math.min(Math.round(overMs / stepMs), this.#settled());
    return count < 1 ? null : this.#sum(0, count) / ((count * stepMs) / 1000);
  }

  /** A change by `factor` or more against what was before, beyond what its blocks differ by among themselves and what chance does. Looks at
   *  the last six seconds first, and for events that come seldom at the last thirty. */
  step(factor: number, nowUnixMs: number): RateStep | null {
    this.#moveTo(nowUnixMs);
    return this.#stepOf(quick, factor) ?? this.#stepOf(slow, factor);
  }

  /** A change by `factor` or more that came too slowly for `step`: the last two minutes against the hour before, once for each two minutes. `all`:
   *  records of its whole service in the same stretches; what the rest of the service does as well is no change of this event. */
  slowStep(factor: number, all: readonly number[], nowUnixMs: number): RateStep | null {
    const last = this.#long.lastWhole(nowUnixMs);
    if (last === this.#judged) return null;
    this.#judged = last;
    const [now, , ...before] = this.#long.whole(nowUnixMs);
    if (now === undefined || before.length < leastStretches || now === 0) return null;
    const sorted = before.toSorted((a, b) => a - b);
    const usual = middle(sorted);
    const spread = 1.4826 * middle(before.map((count) => Math.abs(count - usual)).sort((a, b) => a - b));
    const beyond = now > usual ? now > sorted.at(-1)! : now < sorted[0]!;
    if (usual === 0 || !beyond || Math.abs(now - usual) < 5 * spread) return null;
    const tide = tideOf(all, now, usual, before.length);
    const isStep = (now >= usual * factor * Math.max(1, tide) || now * factor <= usual * Math.min(1, tide)) && isBeyondChance(now, before);
    return isStep ? { wasPerSecond: (usual / stretchMs) * 1000, nowPerSecond: (now / stretchMs) * 1000 } : null;
  }

  /** A step was told: what comes is compared with what comes after it. */
  restart(nowUnixMs: number): void { this.#long.restart(nowUnixMs); }

  #stepOf({ size, least, most }: Blocks, factor: number): RateStep | null {
    const blocks = Math.min(most, Math.floor(this.#settled() / size) - 1);
    if (blocks < least) return null;
    const now = this.#sum(0, size);
    // What steps differs from the block before it, too, and what already happened before is no step, a burst among the blocks: most events are
    // done with here. Silence is another matter.
    const last = this.#sum(size, size);
    if (now === 0 || (now < last * stepAtLeast && last < now * stepAtLeast)) return null;
    let [lowest, highest] = [last, last];
    for (let i = 2; i <= blocks; i++) {
      const count = this.#sum(i * size, size);
      if (count < lowest) lowest = count; else if (count > highest) highest = count;
      if (now >= lowest && now <= highest) return null;
    }
    const before = Array.from({ length: blocks }, (_, i) => this.#sum((i + 1) * size, size)).sort((a, b) => a - b);
    const usual = middle(before);
    const spread = 1.4826 * middle(before.map((count) => Math.abs(count - usual)).sort((a, b) => a - b));
    const isStep = usual > 0 && Math.abs(now - usual) >= 5 * spread && (now >= usual * factor || now * factor <= usual) && isBeyondChance(now, before);
    return isStep ? { wasPerSecond: perSecond(usual, size), nowPerSecond: perSecond(now, size) } : null;
  }

  /** Milliseconds without a record up to the last settled step. */
  silentMs(nowUnixMs: number): number {
    this.#moveTo(nowUnixMs);
    const settled = this.#settled();
    let at = 0;
    while (at < settled && this.#at(at) === 0) at++;
    return at * stepMs;
  }

  /** The longest time without a record that a record ended, within the window. */
  longestGapMs(nowUnixMs: number): number {
    const settled = this.#settled();
    let longest = 0;
    for (let at = this.silentMs(nowUnixMs) / stepMs, run = 0; at < settled; at++) {
      run = this.#at(at) === 0 ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest * stepMs;
  }

  #settled(): number { return Math.max(0, Math.min(steps, this.#newest - this.#first + 1) - unsettledSteps); }
  #at(ago: number): number { return this.#counts[(this.#newest - unsettledSteps - ago) % steps]!; }
  #sum(ago: number, count: number): number {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += this.#at(ago + i);
    return sum;
  }

  #moveTo(nowUnixMs: number): void {
    const step = Math.floor(nowUnixMs / stepMs);
    // A clock that went back stands still here.
    for (let empty = Math.max(this.#newest + 1, step - steps + 1); empty <= step; empty++) this.#counts[empty % steps] = 0;
    this.#newest = Math.max(this.#newest, step);
  }
}

const perSecond = (count: number, size: number): number => count / ((size * stepMs) / 1000);

/** Whether records that come by chance at one rate would hardly fall so into the last block and those before: given their sum, the last
 *  one's share is binomial, and its tail at most exp(-n * divergence) (Chernoff). */
export function isBeyondChance(now: number, before: readonly number[]): boolean {
  const all = before.reduce((sum, count) => sum + count, now);
  if (all === 0) return false;
  const expected = 1 / (before.length + 1);
  return now * ln(now / all / expected) + (all - now) * ln((all - now) / all / (1 - expected)) > lnChance;
}

/** How much the rest of the service rose or fell: 1 when there is no rest to tell. */
function tideOf(all: readonly number[], now: number, usual: number, stretches: number): number {
  if (all.length < stretches + 2) return 1;
  const rest = middle(all.slice(2, stretches + 2).sort((a, b) => a - b)) - usual;
  const restNow = all[0]! - now;
  return rest > 0 && restNow > 0 ? restNow / rest : 1;
}

/** Of 0, which only stands where it is multiplied with 0, 0. */
const ln = (ratio: number): number => (ratio > 0 ? Math.log(ratio) : 0);

const middle = (sorted: readonly number[]): number => (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
