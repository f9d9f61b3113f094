// Renames that were found and are still looked at: each is judged again as records come, told anew when it is clearly more or less certain, and
// withdrawn when both names go on beside each other, or when little speaks for it any more.
import { eventKey, type MergedEvent } from '../merge/index.ts';
import { areBesides, handsOver, leastCertainty, type RenameCandidate } from './renames.ts';

/** `isWithdrawn`: what was said of it before does not hold. */
export interface RenameVerdict extends RenameCandidate { readonly isWithdrawn: boolean }

/** A rename as certain as this is drift by itself, and as this is held for true. */
export const certain = 0.8, sure = 0.9;
/** A change of certainty that is worth telling. */
const clearly = 0.07;
const mostOpen = 200;
/** How long one is looked at. */
const openMs = 24 * 3_600_000;
/** Records of the former name that are no stragglers. */
const leastBack = 3;

interface Open { readonly former: MergedEvent; readonly current: MergedEvent; readonly sinceUnixMs: number; readonly formerRecords: number; said: number }

export class RenameBook {
  readonly #open = new Map<string, Open>();

  get size(): number { return this.#open.size; }
  formers(): MergedEvent[] { return [...this.#open.values()].map((one) => one.former); }
  currents(): MergedEvent[] { return [...this.#open.values()].map((one) => one.current); }

  /** One that was found before, by a server that ended since. */
  reopen(former: MergedEvent, current: MergedEvent, certainty: number, nowUnixMs: number): void {
    this.#put({ former, current, sinceUnixMs: nowUnixMs, formerRecords: former.records, said: certainty });
  }

  /** Somebody decided, or there is no such event any more. */
  close(isOver: (former: MergedEvent, current: MergedEvent) => boolean): void {
    for (const [key, { former, current }] of this.#open) if (isOver(former, current)) this.#open.delete(key);
  }

  /** `found`: all that the evidence speaks for now. The answer is what there is to say of it. */
  judge(found: readonly RenameCandidate[], nowUnixMs: number): RenameVerdict[] {
    const verdicts = found.flatMap((candidate) => this.#found(candidate, nowUnixMs));
    const now = new Set(found.map(keyOf));
    for (const [key, open] of this.#open) {
      if (!now.has(key) && this.#isWrong(open)) {
        this.#open.delete(key);
        verdicts.push({ former: open.former, current: open.current, certainty: 0, reason: areBesides(open.former, open.current) ? 'both names go on beside each other' : 'little speaks for it any more', isWithdrawn: true });
      } else if (nowUnixMs - open.sinceUnixMs > openMs) this.#open.delete(key);
    }
    return verdicts;
  }

  #found(candidate: RenameCandidate, nowUnixMs: number): RenameVerdict[] {
    const { former, current, certainty } = candidate;
    const known = this.#open.get(keyOf(candidate));
    if (known !== undefined && !isClearlyOther(known.said, certainty)) return [];
    if (known === undefined) this.#put({ former, current, sinceUnixMs: nowUnixMs, formerRecords: former.records, said: certainty });
    else known.said = certainty;
    return [{ ...candidate, isWithdrawn: false }];
  }

  /** The former one is back for good while the other goes on; or one did take the other's place, but what made them alike has faded. */
  #isWrong({ former, current, formerRecords }: Open): boolean {
    return areBesides(former, current) ? former.records - formerRecords >= leastBack : handsOver(former, current);
  }

  #put(open: Open): void {
    this.#open.set(keyOf(open), open);
    if (this.#open.size > mostOpen) this.#open.delete(this.#open.keys().next().value!);
  }
}

const keyOf = ({ former, current }: Pick<RenameCandidate, 'former' | 'current'>): string => `${eventKey(former)}\n${eventKey(current)}`;

/** Over a line that matters, or by much. Once it is sure, only doubt is news. */
export function isClearlyOther(said: number, now: number): boolean {
  const rank = (certainty: number): number => (certainty >= sure ? 2 : certainty >= certain ? 1 : certainty >= leastCertainty ? 0 : -1);
  return rank(said) !== rank(now) || (now < sure && Math.abs(said - now) >= clearly);
}
