// Which events may have ended and which are new, and the renames between them: gathered while all events are gone through, searched in pieces.
import type { EventKey, MergedEvent } from '../merge/index.ts';
import { RenameBook, type RenameVerdict } from './rename-book.ts';
import { perMs, searchRenames, type RenameCandidate } from './renames.ts';
import type { ServiceLog } from './service-log.ts';
import type { Watched } from './watched.ts';

/** How long an event counts as new, and one that fell silent as a candidate; one that comes seldom so many of its records longer. */
const renameMs = 180_000;
const missedForRename = 30;
const silentForRenameMs = 6000;
/** Times its own longest pause. */
const pausesForRename = 2;
/** Of what is known for less, so many records have to be missing, of so many there were; and what came before its service was known for as long needs the name or the line to speak for it. */
const knownMs = 60_000;
const leastMissed = 5, leastRecords = 5;
const leastUnsettled = 0.6;
const mostFresh = 200;
const mostEnding = 2000;
/** New events that are remembered while a version is rolled out, and how long at most: the former name ends with the former version. */
const mostRemembered = 2000;
const rolloutMs = 24 * 3_600_000;
/** A report is at most so late; the window leaves out as much. */
export const reportLagMs = 4000;

export class RenameWatch {
  readonly #services: ServiceLog;
  readonly #book = new RenameBook();
  /** New events by service, those that came last at the end. */
  readonly #fresh = new Map<string, Set<Watched>>();
  readonly #ending = new Set<Watched>();
  #count = 0;

  constructor(services: ServiceLog) { this.#services = services; }

  meet(watched: Watched): void {
    const { service } = watched.event;
    const known = this.#fresh.get(service);
    if (known === undefined) this.#fresh.set(service, new Set([watched]));
    else known.add(watched);
    this.#count++;
  }

  /** One that was found by a server that ended since. */
  reopen(former: MergedEvent, current: MergedEvent, certainty: number, nowUnixMs: number): void { this.#book.reopen(former, current, certainty, nowUnixMs); }

  /** Somebody decided of it. */
  close({ signal, service, durableId }: EventKey, current: string): void {
    this.#book.close((former, now) => former.signal === signal && former.service === service && former.durableId === durableId && now.durableId === current);
  }

  forget(watched: Watched): void {
    const { event } = watched;
    this.#leave(watched);
    this.#ending.delete(watched);
    this.#book.close((former, current) => former === event || current === event);
  }

  /** One of all events, every few seconds. */
  visit(watched: Watched, nowUnixMs: number): void {
    if (this.#fresh.has(watched.event.service) && mayHaveEnded(watched, nowUnixMs)) { if (this.#ending.size < mostEnding) this.#ending.add(watched); }
    else this.#ending.delete(watched);
  }

  *search(nowUnixMs: number): Generator<void, RenameVerdict[]> {
    this.#tidy(nowUnixMs);
    if (this.#count === 0 && this.#book.size === 0) return [];
    const fresh = [...this.#fresh.values()].flatMap((set) => [...set].slice(-mostFresh));
    const isSettled = new Map(fresh.map((one) => [one.event, one.isSettled]));
    // Those that are looked at again come first: what there is no time for must not look as if nothing spoke for it.
    const ended = new Set([...this.#book.formers(), ...[...this.#ending].map(({ event }) => event)]);
    const begun = new Set([...this.#book.currents(), ...fresh.map(({ event }) => event)]);
    const found: RenameCandidate[] = yield* searchRenames([...ended], [...begun]);
    return this.#book.judge(found.filter(({ current, certainty }) => isSettled.get(current) !== false || certainty >= leastUnsettled), nowUnixMs);
  }

  #tidy(nowUnixMs: number): void {
    for (const set of this.#fresh.values()) for (const one of set) if (this.#count > mostRemembered || (nowUnixMs - one.sinceUnixMs > renameMs && !this.#isRollingOut(one, nowUnixMs))) this.#leave(one);
  }

  #leave(watched: Watched): void {
    const { service } = watched.event;
    const set = this.#fresh.get(service);
    if (set?.delete(watched) !== true) return;
    // From now on it may be renamed itself.
    watched.isNew = false;
    this.#count--;
    if (set.size === 0) this.#fresh.delete(service);
  }

  /** Its service still runs versions without it, or did until a short time ago. */
  #isRollingOut({ event, sinceUnixMs }: Watched, nowUnixMs: number): boolean {
    return nowUnixMs - sinceUnixMs <= rolloutMs && this.#services.lastWithout(event) >= nowUnixMs - renameMs;
  }
}

function mayHaveEnded(watched: Watched, nowUnixMs: number): boolean {
  const { event, window } = watched;
  if (watched.isNew || watched.isContinued) return false;
  const silentMs = window === null ? nowUnixMs - event.lastUnixMs : window.silentMs(nowUnixMs);
  const missed = perMs(event) * silentMs;
  if (silentMs < silentForRenameMs - reportLagMs || (silentMs > renameMs && missed > missedForRename)) return false;
  // One that often pauses so long has not ended yet.
  const usualMs = pausesForRename * Math.max(window?.longestGapMs(nowUnixMs) ?? 0, watched.longestGapMs);
  if (silentMs < usualMs) return false;
  // What is known of its pauses is little in a short time.
  return (window !== null && nowUnixMs - watched.sinceUnixMs >= knownMs) || (event.records >= leastRecords && missed >= leastMissed);
}

