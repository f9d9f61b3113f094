// Watches the events of a book and tells what changed about them, each change once. Give it every report's changes (`take`) and the time
// every two seconds or so (`tick`, or `pieces` of it): it has no clock. What is new in a service, it needs a minute to know; then a change is told within ten
// seconds. A rename is found from the start, when much speaks for it.
import type { Drift } from '../../model/index.ts';
import { eventKey, type EventChange, type EventKey, type MergedEvent } from '../merge/index.ts';
import { detectDrift, type FieldDrift } from './detect-drift.ts';
import { driftDefaults, type DriftOptions } from './options.ts';
import { isNewToService } from './newness.ts';
import { FieldRenames, type FieldRenameVerdict } from './field-rename-watch.ts';
import { certain, type RenameVerdict } from './rename-book.ts';
import { RenameWatch, reportLagMs } from './rename-watch.ts';
import { RateWindow } from './rate-window.ts';
import { ServiceLog } from './service-log.ts';
import { snapshotOf } from './snapshot.ts';
import { Watched } from './watched.ts';
import { durationText, perSecondText, rateTexts, recordsText } from './words.ts';

/** A mined template is told as new once it came so often. */
const leastOfTemplate = 3;
/** What was not told as new within so long is one that comes seldom. */
const pendingMs = 3_600_000;
/** A service is known for so long before what comes may be a new name of it. */
const leastKnownMs = 8000;
/** A step is told once: until the new rate is what is compared with. */
const quietMs = 66_000;

/** In one tick all events are judged, or a quarter of very many, and at least so many: each within eight seconds. In pieces of about a millisecond. */
const leastPerTick = 5000;
const ticksPerRound = 4;
const pieceEvents = 250;

type What = Pick<Drift, 'kind' | 'was' | 'now'> & { readonly field?: string; readonly since?: number };

export class DriftWatch {
  readonly #options: DriftOptions;
  readonly #startedUnixMs: number;
  readonly #watched = new Map<string, Watched>();
  /** Services that were known before this watch began. */
  readonly #known = new Set<string>();
  #round: Iterator<Watched> = this.#watched.values();
  readonly #services = new ServiceLog();
  readonly #renameWatch = new RenameWatch(this.#services);
  readonly #fieldRenameWatch = new FieldRenames();
  /** Drifts of each service in this minute. */
  readonly #counts = new Map<string, number>();
  #minute = 0;
  #number = 0;
  #suppressed = 0;
  #renames: RenameVerdict[] = [];
  #back: MergedEvent[] = [];

  constructor(startedUnixMs: number, options: Partial<DriftOptions> = {}) {
    this.#startedUnixMs = startedUnixMs;
    this.#options = { ...driftDefaults, ...options };
  }

  /** Drifts beyond the bound for a service and minute. */
  get suppressed(): number { return this.#suppressed; }

  /** Events known from before, from a store for one: none of them is new, and what they lack now is no news. */
  know(event: MergedEvent, nowUnixMs: number): void {
    this.#services.note(event, event.lastUnixMs, event.firstUnixMs);
    this.#services.count(event, event.records, null, nowUnixMs, true);
    this.#known.add(event.service);
    const watched = this.#watch(event, nowUnixMs);
    for (const { once } of detectDrift(snapshotOf(event), event, this.#options)) watched.told.add(once);
  }

  /** The book has no room for it any more. */
  forget(key: EventKey): void {
    const watched = this.#watched.get(eventKey(key));
    if (watched === undefined) return;
    this.#renameWatch.forget(watched);
    this.#watched.delete(eventKey(key));
  }

  /** Rules hide some of what was told of it. */
  renew(key: EventKey): void { this.#watched.get(eventKey(key))?.renewFields(); }

  /** A rename that was proposed before this watch began. */
  reopen(former: EventKey, current: EventKey, certainty: number, nowUnixMs: number): void {
    const [one, other] = [this.#watched.get(eventKey(former)), this.#watched.get(eventKey(current))];
    if (one !== undefined && other !== undefined) this.#renameWatch.reopen(one.event, other.event, certainty, nowUnixMs);
  }

  /** Somebody decided of a rename: it is not looked at any more. */
  closeRename(former: EventKey, current: string): void { this.#renameWatch.close(former, current); }

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
      if (watched.isPending) drifts.push(...this.#tellNew(watched, nowUnixMs));
      if (event.looked !== watched.compared) drifts.push(...this.#fields(watched, nowUnixMs));
    }
    return drifts;
  }

  /** Rates, silence and renames, in one go: see `pieces`. */
  tick(nowUnixMs: number): Drift[] { return [...this.pieces(nowUnixMs)].flat(); }

  /** The same in pieces of a millisecond or so, between which others may have their turn. */
  *pieces(nowUnixMs: number): Generator<readonly Drift[], void> {
    const most = Math.min(this.#watched.size, Math.max(leastPerTick, Math.ceil(this.#watched.size / ticksPerRound)));
    for (let from = 0; from < most; from += pieceEvents) yield this.#judge(Math.min(pieceEvents, most - from), nowUnixMs);
    const search = this.#renameWatch.search(nowUnixMs);
    for (;;) {
      const step = search.next();
      if (step.done === true) { yield step.value.flatMap((verdict) => this.#noteRename(verdict, nowUnixMs)); return; }
      yield [];
    }
  }

  /** The next so many of all, round and round. */
  #judge(count: number, nowUnixMs: number): Drift[] {
    const drifts: Drift[] = [];
    for (let i = 0; i < count; i++) {
      let next = this.#round.next();
      if (next.done === true) next = (this.#round = this.#watched.values()).next();
      if (next.done === true) break;
      drifts.push(...this.#rate(next.value, nowUnixMs), ...this.#silence(next.value, nowUnixMs));
      this.#renameWatch.visit(next.value, nowUnixMs);
    }
    return drifts;
  }

  /** Renames of events that the evidence speaks for, told again when it changes, and those that it speaks against since. */
  takeRenames(): RenameVerdict[] { return this.#renames.splice(0); }
  /** Events that came again after they had been told as silent. */
  takeBack(): EventKey[] { return this.#back.splice(0); }
  takeFieldRenames(): FieldRenameVerdict[] { return this.#fieldRenameWatch.take(); }

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
    if (former.length > 0) return;
    const { settleMs } = this.#options;
    // A service whose events come from a store is known for as long as they are, however short a time this watch has run.
    watched.isSettled = serviceKnownMs >= settleMs && (nowUnixMs - this.#startedUnixMs >= settleMs || this.#known.has(event.service));
    watched.isPending = watched.isSettled;
    watched.isNew = serviceKnownMs >= leastKnownMs;
    watched.serviceKnownMs = serviceKnownMs;
    watched.serviceRecords = this.#services.usual(event.service);
    if (watched.isNew) this.#renameWatch.meet(watched);
  }

  #tellNew(watched: Watched, nowUnixMs: number): Drift[] {
    const { event, serviceKnownMs: knownMs, serviceRecords: recordsBefore } = watched;
    const presentMs = nowUnixMs - Math.min(watched.sinceUnixMs, event.firstUnixMs);
    watched.isPending = presentMs < pendingMs;
    if (event.source === 'template' && event.records < leastOfTemplate) return [];
    const recordsSince = this.#services.usual(event.service) - recordsBefore;
    if (!isNewToService({ records: event.records, presentMs, spanMs: event.lastUnixMs - event.firstUnixMs, longestGapMs: watched.longestPauseMs, knownMs, recordsBefore, recordsSince, isDeployed: this.#services.broughtBy(event, nowUnixMs) !== null })) return [];
    watched.isPending = false;
    return this.#tell(event, nowUnixMs, { kind: 'new-event', since: event.firstUnixMs, was: 'not seen before', now: presentMs < 1000 ? `${recordsText(event.records)} so far` : `${recordsText(event.records)} in ${durationText(presentMs)}` });
  }

  #count(watched: Watched, change: EventChange, nowUnixMs: number): void {
    const window = (watched.window ??= new RateWindow(nowUnixMs));
    const nowMs = window.silentMs(nowUnixMs);
    // It is back: half a minute of silence and half of records are no rate to compare.
    if (watched.isGone) {
      watched.quietUntilUnixMs = Math.max(watched.quietUntilUnixMs, nowUnixMs + quietMs);
      this.#back.push(watched.event);
    }
    if (nowUnixMs - watched.sinceUnixMs > nowMs) watched.longestGapMs = Math.max(watched.longestGapMs, nowMs);
    window.add(change.records, change.overMs, nowUnixMs);
    this.#services.count(watched.event, change.records, change.overMs, nowUnixMs, !watched.isNew);
    watched.count(nowUnixMs);
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
    const lookedBeforeUnixMs = watched.comparedUnixMs;
    watched.compared = event.looked;
    watched.comparedUnixMs = nowUnixMs;
    this.#fieldRenameWatch.look(watched, fresh.some((one) => one.kind === 'missing-field' || one.kind === 'new-field'));
    return fresh.flatMap((one) => this.#tell(event, nowUnixMs, asWhat(one, lookedBeforeUnixMs)));
  }

  #rate(watched: Watched, nowUnixMs: number): Drift[] {
    const { event, window } = watched;
    if (window === null || nowUnixMs < watched.quietUntilUnixMs || nowUnixMs - this.#startedUnixMs < this.#options.settleMs || nowUnixMs - watched.sinceUnixMs < this.#options.settleMs) return [];
    const { rateFactor } = this.#options;
    const step = window.step(rateFactor, nowUnixMs) ?? window.slowStep(rateFactor, this.#services.stretches(event.service, nowUnixMs), nowUnixMs);
    // Silence is told as such, once it is long enough.
    if (step === null || step.nowPerSecond === 0 || watched.isGone) return [];
    watched.quietUntilUnixMs = nowUnixMs + quietMs;
    window.restart(nowUnixMs);
    const [was, now] = rateTexts(step.wasPerSecond, step.nowPerSecond);
    return this.#tell(event, nowUnixMs, { kind: 'rate-step', was, now });
  }

  /** Silence where records would have come, by the rate there was, while the service goes on speaking. */
  #silence(watched: Watched, nowUnixMs: number): Drift[] {
    const { event, window } = watched;
    const knownMs = nowUnixMs - watched.sinceUnixMs;
    if (window === null || watched.isGone || watched.isContinued || knownMs < this.#options.settleMs || watched.countedUnixMs - watched.runSinceUnixMs < this.#options.goneRunMs) return [];
    const nowMs = window.silentMs(nowUnixMs);
    const { goneLeastMs, goneFactor, goneChance } = this.#options;
    if (nowMs < goneLeastMs - reportLagMs || nowMs < goneFactor * Math.max(window.longestGapMs(nowUnixMs), watched.longestGapMs)) return [];
    const spokenMs = Math.max(1, Math.min(knownMs, 180_000) - nowMs);
    const perMs = (window.rate(180_000, nowUnixMs) ?? 0) * Math.min(knownMs, 180_000) / 1000 / spokenMs;
    // All records in the time before the silence, had they come at one rate: few records say little of a rate.
    const isSilentByChance = (spokenMs / (spokenMs + nowMs)) ** (perMs * spokenMs) >= goneChance;
    if (isSilentByChance || nowUnixMs - this.#services.last(event.service) > nowMs) return [];
    watched.isGone = true;
    return this.#tell(event, nowUnixMs, { kind: 'gone-event', since: event.lastUnixMs, was: perSecondText(perMs * 1000), now: `silent for ${durationText(nowMs + reportLagMs)}` });
  }

  #noteRename(verdict: RenameVerdict, nowUnixMs: number): Drift[] {
    this.#renames.push(verdict);
    const { former, current, certainty, reason } = verdict;
    const [one, other] = [this.#watched.get(eventKey(former)), this.#watched.get(eventKey(current))];
    if (verdict.isWithdrawn || certainty < certain || one === undefined || other === undefined || other.renamedFrom === former.durableId) {
      if (verdict.isWithdrawn && other?.renamedFrom === former.durableId) other.renamedFrom = null;
      return [];
    }
    // It is told as renamed, so neither as gone nor as new as well.
    one.isGone = true;
    other.isPending = false;
    other.renamedFrom = former.durableId;
    return this.#tell(current, nowUnixMs, { kind: 'renamed', since: current.firstUnixMs, was: former.durableId, now: `${current.durableId}: ${reason}` });
  }

  #tell(event: MergedEvent, nowUnixMs: number, what: What): Drift[] {
    if (!this.#hasRoom(event.service, nowUnixMs)) { this.#suppressed++; return []; }
    const version = this.#services.broughtBy(event, nowUnixMs);
    return [{
      id: `${nowUnixMs.toString(36)}-${(this.#number++).toString(36)}`, at: nowUnixMs, ...(what.since === undefined ? {} : { since: what.since }), kind: what.kind, signal: event.signal, service: event.service, durableId: event.durableId,
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

/** A new type came after the last look; a count of values grows by and by, and has no beginning. */
function asWhat({ kind, field, was, now, sinceUnixMs }: FieldDrift, lookedBeforeUnixMs: number | null): What {
  const since = sinceUnixMs ?? (kind === 'type-change' ? lookedBeforeUnixMs : null);
  return { kind, field, was, now, ...(since !== null && { since }) };
}
