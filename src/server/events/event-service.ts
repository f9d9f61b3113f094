// The catalogue at work: takes what agents report of every line of code, keeps and stores it, watches how it changes, learns renames from the
// evidence, and hands templates from agent to agent.
import { DriftWatch, eventKey, SeenBook, type EventChange, type EventKey, type MergedEvent } from '../../catalogue/index.ts';
import { isMinedId, resolveNames, type Plan } from '../../kql/index.ts';
import type { Aliases, UserBook } from '../durability/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';
import { Serial } from '../ports/serial.ts';
import { planScope, scopeCovers } from '../rules/index.ts';
import type { Store, StoredEventRow } from '../store/index.ts';
import { DriftLog, withoutEvent, withoutTexts } from './drift-log.ts';
import { EventNaming } from './event-naming.ts';
import { GoneAgents } from './gone-agents.ts';
import { EventRates, EventWindows } from './rates/index.ts';
import { ReadMarks } from './read-marks.ts';
import { readReport } from './read-report.ts';
import { ReportTimes } from './report-times.ts';
import type { TemplateExchange } from './templates/index.ts';
import { EventUsers } from './users/index.ts';

export interface EventServiceOptions {
  readonly fleet: Fleet; readonly store: Store; readonly aliases: Aliases; readonly users: UserBook; /** Loaded. */ readonly templates: TemplateExchange; readonly nowMs: () => number;
  /** What went wrong without stopping anything. */
  readonly onError: (error: unknown) => void;
}

/** What a report changed of one event, and in how long that came. */
export interface TakenChange extends EventChange { readonly tookMs: number }

/** What one report changed, and how long the agent was listened to for it. */
export interface Taken { readonly changes: readonly TakenChange[]; readonly coveredMs: number; readonly nowMs: number }

const watchEveryMs = 2000;
const writeEveryMs = 10_000;
const rowsAtOnce = 500;
/** Pieces of a tick that are done in one go, about a millisecond each; the rest has its turn after what else waits. */
const piecesAtOnce = 8;
/** Former ids that are known to have been told; telling one again costs a look. */
const mostMined = 50_000;
const nameColumns = ['DurableId', 'EventName', 'Name', 'MetricName'];

export class EventService {
  readonly book = new SeenBook();
  readonly rates = new EventRates();
  readonly windows = new EventWindows();
  readonly drift: DriftLog;
  readonly reads: ReadMarks;
  readonly users: EventUsers;
  readonly templates: TemplateExchange;
  readonly #options: EventServiceOptions;
  readonly #watch: DriftWatch;
  readonly #names: EventNaming;
  /** The tick under way. */
  #pieces: ReturnType<DriftWatch['pieces']> | null = null;
  readonly #times = new ReportTimes();
  readonly #gone: GoneAgents;
  readonly #listeners = new Set<(taken: Taken) => void>();
  readonly #naming = new Serial();
  readonly #writing = new Serial();
  readonly #mined = new Map<string, string>();
  /** Rows that could not be written. */
  readonly #unwritten = new Map<string, StoredEventRow>();
  #watchMs = 0;
  #writeMs = 0;
  /** What agents told that could not be read: whole reports, and single events of others. */
  readonly refused = { reports: 0, events: 0 };

  constructor(options: EventServiceOptions) {
    this.#options = options;
    const { store, fleet, nowMs } = options;
    this.#watch = new DriftWatch(nowMs());
    this.#writeMs = nowMs() + writeEveryMs;
    this.drift = new DriftLog(store.events);
    this.#names = new EventNaming({ aliases: options.aliases, watch: this.#watch, drift: this.drift, book: this.book, nowMs, run: (work) => { this.#naming.run(work).catch(options.onError); } });
    this.reads = new ReadMarks(store.events);
    this.users = new EventUsers(options.users);
    this.templates = options.templates;
    this.#gone = new GoneAgents(fleet, (agent) => { this.book.forgetAgent(agent); });
  }

  async load(): Promise<void> {
    const { fleet, store, nowMs, onError } = this.#options;
    let unreadable = 0;
    for (const row of await store.events.rows()) if (!this.book.load(row)) unreadable++;
    if (unreadable > 0) onError(new Error(`${unreadable} stored events could not be read and are left out of the catalogue.`));
    for (const event of this.book.events()) this.#watch.know(event, nowMs());
    await this.drift.load();
    await this.reads.load();
    this.#names.start();
    fleet.onReady((agent) => { this.templates.welcome(agent); this.#gone.met(agent); });
    fleet.onCustom((agent, type, data) => {
      if (type === 'events.report') this.#receive(agent, data);
      if (type === 'templates.book') this.templates.take(agent, data);
    });
  }

  /** Called with what each report changed. */
  onTaken(listener: (taken: Taken) => void): () => void { this.#listeners.add(listener); return () => this.#listeners.delete(listener); }

  /** Up to when is known what agents saw, Unix milliseconds. */
  get knownUntilMs(): number {
    const now = this.#options.nowMs();
    return now - this.rates.reportedMs <= 2 * watchEveryMs ? this.rates.reportedMs : now;
  }

  /** Once a second. */
  tick(): void {
    const now = this.#options.nowMs();
    this.templates.tick(now);
    this.#gone.tick(now);
    if (now - this.#watchMs >= watchEveryMs) {
      this.#watchMs = now;
      this.#pieces ??= this.#watch.pieces(now);
      this.#watchOn();
    }
    if (now < this.#writeMs) return;
    this.#writeMs = now + writeEveryMs;
    this.rates.tidy(now);
    void this.write();
  }

  /** Some pieces of the tick, and the others when whatever else waits has had its turn. */
  #watchOn(): void {
    for (let i = 0; i < piecesAtOnce && this.#pieces !== null; i++) {
      const piece = this.#pieces.next();
      if (piece.done === true) this.#pieces = null;
      else this.drift.add(piece.value);
    }
    if (this.#pieces !== null) setImmediate(() => { this.#watchOn(); });
    else this.#names.note();
  }

  async stop(): Promise<void> {
    this.#pieces = null;
    await this.settled();
    await this.write();
  }

  /** Renames that were found are told by then. */
  settled(): Promise<void> { return this.#naming.run(() => Promise.resolve()); }

  /** Everything that is not in the store yet; what fails is tried again later. */
  write(): Promise<void> {
    return this.#writing.run(async () => {
      await this.#writeRows();
      await this.drift.write();
      await this.reads.write();
      await this.templates.write();
    }).catch(this.#options.onError);
  }

  /** Somebody looks at records of the events that the Plan names. */
  noteRead(plan: Plan): void {
    const scope = planScope(resolveNames(plan, this.#options.aliases.book));
    if (!nameColumns.some((column) => scope.has(column))) return;
    for (const event of this.book.events()) if (scopeCovers(scope, event)) this.reads.touch(eventKey(event), this.#options.nowMs());
  }

  #receive(agent: Agent, data: Uint8Array): void {
    const read = readReport(data);
    if (read === null) { this.refused.reports++; return; }
    const { report } = read;
    this.refused.events += read.refused;
    const now = this.#options.nowMs();
    this.rates.noteReport(now);
    const sinceMs = this.#times.take(agent.id, report);
    const changes = this.book.take(agent.id, report, now).map((change): TakenChange => ({ ...change, tookMs: Math.max(1, Math.min(change.overMs, sinceMs)) }));
    for (const change of changes) {
      const key = eventKey(change.event);
      this.rates.add(key, change, change.tookMs, now);
      this.windows.note(key, change.event, change.isNew, change.tookMs, now);
    }
    this.#forgetHidden(changes);
    this.drift.add(this.#watch.take(changes, now));
    const coveredMs = Number.isFinite(sinceMs) ? sinceMs : Math.max(0, ...changes.map(({ tookMs }) => tookMs));
    for (const listener of this.#listeners) listener({ changes, coveredMs, nowMs: now });
    this.#noteMined(changes.map(({ event }) => event));
    this.#names.note();
  }

  /** Ids that templates bore before they were generalised. */
  #noteMined(events: readonly MergedEvent[]): void {
    const links = events.flatMap(({ source, formerIds, durableId }) => (source === 'template' ? formerIds.flatMap((former) => (this.#mined.get(former) === durableId || !isMinedId(former) ? [] : [{ former, current: durableId }])) : []));
    if (links.length === 0) return;
    if (this.#mined.size > mostMined) this.#mined.clear();
    for (const { former, current } of links) this.#mined.set(former, current);
    const { aliases, nowMs, onError } = this.#options;
    this.#naming.run(() => aliases.learnMined(links, nowMs())).catch((error: unknown) => {
      for (const { former } of links) this.#mined.delete(former);
      onError(error);
    });
  }

  /** Nothing is left of what rules hide since: of whole events, and of the fields and versions of others. */
  #forgetHidden(changes: readonly EventChange[]): void {
    for (const key of this.book.takeHidden()) {
      this.drift.forget(withoutEvent(key));
      this.#names.hide(key);
    }
    for (const { event, isAnew } of changes) {
      if (!isAnew) continue;
      this.drift.forget(withoutTexts(event));
      this.#watch.renew(event);
    }
  }

  async #writeRows(): Promise<void> {
    for (;;) {
      const { rows, forgotten } = this.book.takeChanges(rowsAtOnce);
      for (const row of rows) this.#unwritten.set(eventKey(row), { key: eventKey(row), lastMs: row.lastUnixMs, body: row });
      if (forgotten.length > 0) await this.#forget(forgotten);
      if (this.#unwritten.size === 0) return;
      const now = [...this.#unwritten.values()];
      await this.#options.store.events.putRows(now);
      for (const row of now) if (this.#unwritten.get(row.key) === row) this.#unwritten.delete(row.key);
    }
  }

  async #forget(keys: readonly EventKey[]): Promise<void> {
    const texts = keys.map(eventKey);
    for (const key of keys) this.#watch.forget(key);
    for (const key of texts) { this.rates.forget(key); this.windows.forget(key); this.reads.forget(key); this.#unwritten.delete(key); }
    await this.#options.store.events.removeRows(texts);
  }
}
