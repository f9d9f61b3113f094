// How many distinct values: of each source, the fingerprints of the running period with the time each was last seen, so that any
// range that ends now can be counted exactly. Fingerprints join within a period only: of periods that are over the number is kept,
// and over several periods the largest one's is a lower bound. Bounded: what has no room is remembered as "there were more".
import { dayMs, maxAllDistinct, maxDistinct } from '../bounds.ts';

export interface Period { readonly source: number; readonly period: string; readonly seen: Map<string, number>; /** Instead of `seen` once it is over. */ folded: number; lastMs: number; /** The last time that a value had no room. */ moreMs: number; firstMs: number }
export interface Distinct { readonly distinct: number; readonly isFloor: boolean }

const keyOf = (source: number, period: string): string => `${source} ${period}`;
/** Times are kept by tens of seconds, so that a value that is seen every second is written down once in ten. */
const grain = 10_000;
/** Periods of one source: a month of days and a few that clocks made. */
const maxPeriods = 40;

export class DistinctValues {
  readonly #bySource = new Map<number, Map<string, Period>>();
  #held = 0;
  readonly dirty = new Map<string, { readonly of: Period; readonly prints: Set<string> }>();
  readonly gone = new Map<string, { readonly source: number; readonly period: string; /** Only the single fingerprints. */ readonly printsOnly: boolean }>();

  get held(): number { return this.#held; }
  get all(): readonly Period[] { return [...this.#bySource.values()].flatMap((periods) => [...periods.values()]); }

  add(source: number, period: string, fingerprints: readonly string[], more: boolean, atMs: number): void {
    if (fingerprints.length === 0 && !more) return;
    const of = this.#period(source, period, atMs);
    if (of === null) return;
    const t = Math.floor(atMs / grain) * grain;
    for (const print of fingerprints) this.#note(of, print, t);
    if (more) this.#more(of, t);
    if (t > of.lastMs) { of.lastMs = t; this.#mark(of); }
  }

  /** Of one source, last seen from `fromMs` on and before `toMs`: of those that came again later it is not known whether they came then, too. */
  since(source: number, fromMs: number, toMs = Infinity): Distinct {
    const counts = [...this.#bySource.get(source)?.values() ?? []].filter(({ lastMs }) => lastMs + grain > fromMs).map((of) => countSince(of, fromMs, toMs));
    const some = counts.filter(({ distinct, isFloor }) => distinct > 0 || isFloor);
    return { distinct: Math.max(0, ...some.map(({ distinct }) => distinct)), isFloor: some.length > 1 || some.some(({ isFloor }) => isFloor) };
  }

  /** Of all sources together: a value that several have counts once. */
  allSince(fromMs: number, counts: (of: Period) => boolean = () => true): Distinct {
    const periods = this.all.filter(counts);
    const [unions, floors] = [new Map<string, Set<string>>(), new Set<string>()];
    for (const of of periods) {
      const { distinct, isFloor } = countSince(of, fromMs);
      if (isFloor || of.folded > 0) floors.add(of.period);
      if (distinct === 0) continue;
      const union = unions.get(of.period) ?? new Set<string>();
      unions.set(of.period, union);
      for (const [print, t] of of.seen) if (t + grain > fromMs) union.add(print);
    }
    const sizes = [...unions.values()].map(({ size }) => size);
    return { distinct: Math.max(0, ...sizes, ...periods.map((of) => countSince(of, fromMs).distinct)), isFloor: unions.size > 1 || floors.size > 0 };
  }

  /** Values of periods that ended a day ago become a number; what is past `retentionMs` goes. */
  fold(nowMs: number, retentionMs: number): void {
    for (const of of this.all) {
      if (of.lastMs < nowMs - retentionMs) this.forget(of.source, of.period);
      else if (of.seen.size > 0 && of.lastMs < nowMs - dayMs - dayMs / 12) this.#close(of);
    }
  }

  forgetSource(source: number): void { for (const period of this.#bySource.get(source)?.keys() ?? []) this.forget(source, period); }

  forget(source: number, period: string): void {
    const periods = this.#bySource.get(source);
    this.#held -= periods?.get(period)?.seen.size ?? 0;
    periods?.delete(period);
    if (periods?.size === 0) this.#bySource.delete(source);
    this.dirty.delete(keyOf(source, period));
    this.gone.set(keyOf(source, period), { source, period, printsOnly: false });
  }

  load(of: Omit<Period, 'seen'>, seen: ReadonlyMap<string, number>): void {
    this.#periodsOf(of.source).set(of.period, { ...of, seen: new Map(seen) });
    this.#held += seen.size;
  }

  #close(of: Period): void {
    this.#held -= of.seen.size;
    of.folded += of.seen.size;
    of.seen.clear();
    this.dirty.set(keyOf(of.source, of.period), { of, prints: new Set() });
    this.gone.set(keyOf(of.source, of.period), { source: of.source, period: of.period, printsOnly: true });
  }

  #note(of: Period, print: string, t: number): void {
    const known = of.seen.get(print);
    if (known === undefined && (of.seen.size >= maxDistinct || this.#held >= maxAllDistinct || of.folded > 0)) return this.#more(of, t);
    if (known === undefined) this.#held++;
    if (known !== undefined && known >= t) return;
    of.seen.set(print, t);
    this.#mark(of).prints.add(print);
  }

  #more(of: Period, t: number): void {
    if (t <= of.moreMs) return;
    of.moreMs = t;
    this.#mark(of);
  }

  #mark(of: Period): { readonly of: Period; readonly prints: Set<string> } {
    const key = keyOf(of.source, of.period);
    const known = this.dirty.get(key) ?? { of, prints: new Set<string>() };
    this.dirty.set(key, known);
    return known;
  }

  #periodsOf(source: number): Map<string, Period> {
    const known = this.#bySource.get(source) ?? new Map<string, Period>();
    this.#bySource.set(source, known);
    return known;
  }

  #period(source: number, period: string, atMs: number): Period | null {
    const periods = this.#periodsOf(source);
    const known = periods.get(period);
    if (known !== undefined) return known;
    if (periods.size >= maxPeriods) return null;
    const made: Period = { source, period, seen: new Map(), folded: 0, firstMs: atMs, lastMs: 0, moreMs: -1 };
    periods.set(period, made);
    return made;
  }
}

function countSince({ seen, folded, firstMs, moreMs }: Period, fromMs: number, toMs = Infinity): Distinct {
  const since = [...seen.values()].filter((t) => t + grain > fromMs);
  const live = since.filter((t) => t < toMs).length;
  // Of a period that is over only the whole is known: within a part of it there was at least one.
  return { distinct: live + (folded === 0 ? 0 : firstMs >= fromMs ? folded : 1), isFloor: live < since.length || moreMs + grain > fromMs || (folded > 0 && firstMs < fromMs) };
}
