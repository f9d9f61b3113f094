// Watches the events of a book and tells what changed about them, each change once. Give it every report's changes (`take`) and the time
// every two seconds or so (`tick`): it has no clock. What is new, it needs a minute to know; then a change is told within ten seconds.
import type { Drift } from '../../model/index.ts';
import { eventKey, type EventChange, type MergedEvent } from '../merge/index.ts';
import { detectDrift, type FieldDrift } from './detect-drift.ts';
import { driftDefaults, type DriftOptions } from './options.ts';
import { findFieldRenames, type FieldRenameCandidate } from './field-renames.ts';
import { findRenames, type RenameCandidate } from './renames.ts';
import { RateWindow } from './rate-window.ts';
import { ServiceLog } from './service-log.ts';
import { snapshotOf } from './snapshot.ts';
import { Watched } from './watched.ts';
import { durationText, perSecondText } from './words.ts';

/** A mined template is told as new once it came so often. */
const leastOfTemplate = 3;
/** A step is told once: until the new rate is what is compared with. */
const quietMs = 66_000;
/** How long an event counts as new, and one that fell silent as a candidate for a rename. */
const renameMs = 180_000;
const silentForRenameMs = 6000;
/** Times its own longest pause. */
const pausesForRename = 2;
const mostFresh = 200;
/** New events that are remembered while a version is rolled out, and how long at most: the former name ends with the former version. */
const mostRemembered = 2000;
const rolloutMs = 24 * 3_600_000;
/** A rename as certain as this is drift by itself. */
const certain = 0.8;

/** Events whose rate and silence are judged in one tick: about ten milliseconds. */
const mostPerTick = 5000;

type What = Pick<Drift, 'kind' | 'was' | 'now'> & { readonly field?: string };

export class DriftWatch {
  readonly #options: DriftOptions;
  readonly #startedUnixMs: number;
  readonly #watched = new Map<string, Watched>();
  #round: Iterator<Watched> = this.#watched.values();
  readonly #fresh = new Set<Watched>();
  readonly #services = new ServiceLog();
  /** Drifts of each service in this minute. */
  readonly #counts = new Map<string, number>();
  #minute = 0;
  #number = 0;
  #suppressed = 0;
  #renames: RenameCandidate[] = [];
  #fieldRenames: FieldRenameCandidate[] = [];
  readonly #toldRenames = new Set<string>();

  constructor(startedUnixMs: number, options: Partial<DriftOptions> = {}) {
    this.#startedUnixMs = startedUnixMs;
    this.#options = { ...driftDefaults, ...options };
  }

  /** Drifts beyond the bound for a service and minute. */
  get suppressed(): number { return this.#suppressed; }

  /** Events known from before, from a store for one: none of them is new, and what they lack now is no news. */
  know(event: MergedEvent, nowUnixMs: number): void {
    this.#services.note(event, event.lastUnixMs, event.firstUnixMs);
    const watched = this.#watch(event, nowUnixMs);
    for (const { once } of detectDrift(snapshotOf(event), event, this.#options)) watched.told.add(once);
  }

  /** The book has no room for it any more. */
  forget(key: Pick<MergedEvent, 'signal' | 'service' | 'durableId'>): void {
    const watched = this.#watched.get(eventKey(key));
    if (watched === undefined) return;
    this.#fresh.delete(watched);
    this.#watched.delete(eventKey(key));
  }

  /** What a report changed, as the book says. */
  take(changes: readonly EventChange[], nowUnixMs: number): Drift[] {
    const drifts: Drift[] = [];
    for (const change of changes) {
      const { event } = change;
      if (event.source === 'folded') continue;
      const wasKnownFor = nowUnixMs - (this.#services.since(event.service) ?? nowUnixMs);
      this.#services.note(event, nowUnixMs);
      const known = this.#watched.get(eventKey(event));
      const watched = known ?? this.#watch(event, nowUnixMs);
      if (known === undefined && change.isNew) this.#meet(watched, wasKnownFor, nowUnixMs);
      if (change.records > 0) this.#count(watched, change, nowUnixMs);
      if (watched.isPending && (event.source !== 'template' || event.records >= leastOfTemplate)) drifts.push(...this.#tellNew(watched, nowUnixMs));
      drifts.push(...this.#fields(watched, nowUnixMs));
    }
    return drifts;
  }

  /** Rates and silence. */
  tick(nowUnixMs: number): Drift[] {
    const drifts: Drift[] = [];
    for (const watched of this.#nextRound()) drifts.push(...this.#rate(watched, nowUnixMs), ...this.#silence(watched, nowUnixMs));
    drifts.push(...this.#findRenames(nowUnixMs));
    return drifts;
  }

  /** All events, or the next of very many: a tick must not hold up what else goes on. */
  *#nextRound(): Generator<Watched> {
    const most = Math.min(this.#watched.size, mostPerTick);
    for (let i = 0; i < most; i++) {
      let next = this.#round.next();
      if (next.done === true) next = (this.#round = this.#watched.values()).next();
      if (next.done === true) return;
      yield next.value;
    }
  }

  /** Renames of events that the evidence speaks for, each told once. */
  takeRenames(): RenameCandidate[] { return this.#renames.splice(0); }
  takeFieldRenames(): FieldRenameCandidate[] { return this.#fieldRenames.splice(0); }

  /** Records a second of an event over the last `overMs`; null before it was watched. */
  rate(event: Pick<MergedEvent, 'signal' | 'service' | 'durableId'>, overMs: number, nowUnixMs: number): number | null {
    return this.#watched.get(eventKey(event))?.window?.rate(overMs, nowUnixMs) ?? null;
  }
  /** Its rates in steps of `overSteps` times two seconds, oldest first: at most three minutes. */
  history(event: Pick<MergedEvent, 'signal' | 'service' | 'durableId'>, points: number, overSteps: number, nowUnixMs: number): (number | null)[] {
    return this.#watched.get(eventKey(event))?.window?.history(points, overSteps, nowUnixMs) ?? [];
  }

  #watch(event: MergedEvent, nowUnixMs: number): Watched {
    const watched = new Watched(event, nowUnixMs);
    this.#watched.set(eventKey(event), watched);
    return watched;
  }

  /** An event that nobody saw before. When the miner says that it knew it by another name, it goes on under this one. */
  #meet(watched: Watched, serviceKnownMs: number, nowUnixMs: number): void {
    const { event } = watched;
    const former = event.formerIds.map((durableId) => this.#watched.get(eventKey({ ...event, durableId }))).filter((one) => one !== undefined);
    for (const one of former) one.isContinued = true;
    const isSettled = nowUnixMs - this.#startedUnixMs >= this.#options.settleMs && serviceKnownMs >= this.#options.settleMs;
    watched.isPending = watched.isNew = former.length === 0 && isSettled;
    if (watched.isNew) this.#fresh.add(watched);
  }

  #tellNew(watched: Watched, nowUnixMs: number): Drift[] {
    watched.isPending = false;
    const { event } = watched;
    return this.#tell(event, nowUnixMs, { kind: 'new-event', was: 'not seen before', now: `${event.records} records since ${durationText(Math.max(0, nowUnixMs - watched.sinceUnixMs))}` });
  }

  #count(watched: Watched, change: EventChange, nowUnixMs: number): void {
    const window = (watched.window ??= new RateWindow(nowUnixMs));
    const nowMs = window.silentMs(nowUnixMs);
    if (nowUnixMs - watched.sinceUnixMs > nowMs) watched.longestGapMs = Math.max(watched.longestGapMs, nowMs);
    window.add(change.records, change.overMs, nowUnixMs);
    watched.isGone = watched.isContinued = false;
  }

  #fields(watched: Watched, nowUnixMs: number): Drift[] {
    const { event, told } = watched;
    const before = watched.before(nowUnixMs);
    const found = detectDrift(before, event, this.#options);
    const missing = new Set(found.map((one) => one.once));
    // A field that is back may go missing again.
    for (const once of told) if (once.startsWith('missing-field') && !missing.has(once)) told.delete(once);
    const fresh = found.filter((one) => !told.has(one.once));
    for (const one of fresh) told.add(one.once);
    if (fresh.some((one) => one.kind === 'missing-field' || one.kind === 'new-field')) this.#noteFieldRenames(watched);
    return fresh.flatMap((one) => this.#tell(event, nowUnixMs, asWhat(one)));
  }

  /** A field went missing in the event in which another is new. */
  #noteFieldRenames({ event, told }: Watched): void {
    const of = (kind: string) => [...event.fields].filter(([key]) => told.has(`${kind}\n${key}\n`)).map(([, field]) => field);
    for (const candidate of findFieldRenames(event, of('missing-field'), of('new-field'))) {
      const once = `renamed\n${candidate.former}\n${candidate.current}`;
      if (told.has(once)) continue;
      told.add(once);
      this.#fieldRenames.push(candidate);
    }
  }

  #rate(watched: Watched, nowUnixMs: number): Drift[] {
    const { event, window } = watched;
    if (window === null || nowUnixMs < watched.quietUntilUnixMs || nowUnixMs - this.#startedUnixMs < this.#options.settleMs || nowUnixMs - watched.sinceUnixMs < this.#options.settleMs) return [];
    const step = window.step(this.#options.rateFactor, nowUnixMs);
    // Silence is told as such, once it is long enough.
    if (step === null || step.nowPerSecond === 0 || watched.isGone) return [];
    watched.quietUntilUnixMs = nowUnixMs + quietMs;
    return this.#tell(event, nowUnixMs, { kind: 'rate-step', was: perSecondText(step.wasPerSecond), now: perSecondText(step.nowPerSecond) });
  }

  /** Silence where records would have come, by the rate there was, while the service goes on speaking. */
  #silence(watched: Watched, nowUnixMs: number): Drift[] {
    const { event, window } = watched;
    const knownMs = nowUnixMs - watched.sinceUnixMs;
    if (window === null || watched.isGone || watched.isContinued || knownMs < this.#options.settleMs) return [];
    const nowMs = window.silentMs(nowUnixMs);
    const { goneLeastMs, goneFactor, goneChance } = this.#options;
    if (nowMs < goneLeastMs - reportLagMs || nowMs < goneFactor * Math.max(window.longestGapMs(nowUnixMs), watched.longestGapMs)) return [];
    const spokenMs = Math.max(1, Math.min(knownMs, 180_000) - nowMs);
    const perMs = (window.rate(180_000, nowUnixMs) ?? 0) * Math.min(knownMs, 180_000) / 1000 / spokenMs;
    // All records in the time before the silence, had they come at one rate: few records say little of a rate.
    const isSilentByChance = (spokenMs / (spokenMs + nowMs)) ** (perMs * spokenMs) >= goneChance;
    if (isSilentByChance || nowUnixMs - this.#services.last(event.service) > nowMs) return [];
    watched.isGone = true;
    return this.#tell(event, nowUnixMs, { kind: 'gone-event', was: perSecondText(perMs * 1000), now: `silent for ${durationText(nowMs + reportLagMs)}` });
  }

  #findRenames(nowUnixMs: number): Drift[] {
    for (const one of this.#fresh) if (this.#fresh.size > mostRemembered || (nowUnixMs - one.sinceUnixMs > renameMs && !this.#isRollingOut(one, nowUnixMs))) this.#fresh.delete(one);
    if (this.#fresh.size === 0) return [];
    const fresh = [...this.#fresh].slice(-mostFresh).map((one) => one.event);
    const services = new Set(fresh.map((event) => event.service));
    const ending = [...this.#watched.values()].filter((one) => services.has(one.event.service) && this.#mayHaveEnded(one, nowUnixMs)).map((one) => one.event);
    return findRenames(ending, fresh).flatMap((candidate) => this.#noteRename(candidate, nowUnixMs));
  }

  /** Its service still runs versions without it, or did until a short time ago. */
  #isRollingOut({ event, sinceUnixMs }: Watched, nowUnixMs: number): boolean {
    return nowUnixMs - sinceUnixMs <= rolloutMs && this.#services.lastWithout(event) >= nowUnixMs - renameMs;
  }

  #mayHaveEnded(watched: Watched, nowUnixMs: number): boolean {
    if (watched.window === null) return false;
    const nowMs = watched.window.silentMs(nowUnixMs);
    // One that often pauses so long has not ended yet.
    const usualMs = pausesForRename * Math.max(watched.window.longestGapMs(nowUnixMs), watched.longestGapMs);
    return !watched.isNew && !watched.isContinued && nowMs >= Math.max(silentForRenameMs - reportLagMs, usualMs) && nowMs <= renameMs;
  }

  #noteRename(candidate: RenameCandidate, nowUnixMs: number): Drift[] {
    const { former, current, certainty, reason } = candidate;
    const once = `${eventKey(former)}\n${current.durableId}\n${certainty >= certain}`;
    if (this.#toldRenames.has(once) || this.#toldRenames.size > 10_000) return [];
    this.#toldRenames.add(once);
    this.#renames.push(candidate);
    if (certainty < certain) return [];
    const watched = this.#watched.get(eventKey(former));
    // It is told as renamed, so not as gone as well.
    if (watched !== undefined) watched.isGone = true;
    return this.#tell(current, nowUnixMs, { kind: 'renamed', was: former.durableId, now: `${current.durableId}: ${reason}` });
  }

  #tell(event: MergedEvent, nowUnixMs: number, what: What): Drift[] {
    if (!this.#hasRoom(event.service, nowUnixMs)) { this.#suppressed++; return []; }
    const version = this.#services.broughtBy(event, nowUnixMs);
    return [{
      id: `${nowUnixMs.toString(36)}-${(this.#number++).toString(36)}`, at: nowUnixMs, kind: what.kind, signal: event.signal, service: event.service, durableId: event.durableId,
      ...(what.field === undefined ? {} : { field: what.field }), was: what.was, now: what.now, ...(version === null ? {} : { version }),
    }];
  }

  #hasRoom(service: string, nowUnixMs: number): boolean {
    const minute = Math.floor(nowUnixMs / 60_000);
    if (minute !== this.#minute) { this.#minute = minute; this.#counts.clear(); }
    const count = (this.#counts.get(service) ?? 0) + 1;
    this.#counts.set(service, count);
    return count <= this.#options.mostPerMinute;
  }
}

/** A report is at most so late; the window leaves out as much. */
const reportLagMs = 4000;
const asWhat = ({ kind, field, was, now }: FieldDrift): What => ({ kind, field, was, now });
