// What telemetry costs and what could be saved, by what the catalogue measured over the last one or two minutes; what rules save, by what agents
// count. Money comes of the price table alone.
import { ok, type Result } from '../../base/index.ts';
import { aroundSeen, costOf, costReportSteps, eventsBetween, framedBytes, ruleDocumentOf, seriesOf, suggestSteps, toSuggestion, totalSaving, type DeployedSaving, type MeasuredEvent, type Rate, type SuggestionDraft } from '../../cost/index.ts';
import { eventKey } from '../../catalogue/index.ts';
import { meaningsOf } from '../../kql/index.ts';
import type { CostQuery, CostReport, PriceTable, SavingList, SuggestionList } from '../../model/index.ts';
import { printRule } from '../../rules/index.ts';
import type { Actor } from '../audit/index.ts';
import type { Aliases } from '../durability/index.ts';
import { inTurns, mapInTurns, type EventService, type EventWindow, type Taken } from '../events/index.ts';
import type { Fleet } from '../fleet/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { Serial } from '../ports/serial.ts';
import type { RuleService } from '../rules/index.ts';
import type { Store } from '../store/index.ts';
import { CostLedger } from './ledger.ts';
import { NamesInForce } from './names-in-force.ts';
import { Predictions, type Prediction } from './predictions.ts';
import { Prices } from './prices.ts';
import { SavingMeter } from './saving-meter.ts';
import { savingOfRule, takesAway } from './savings.ts';
import { Shared } from './shared.ts';

export interface CostServiceOptions {
  readonly events: EventService; readonly fleet: Fleet; readonly store: Store; readonly rules: Pick<RuleService, 'create'>; /** What names mean, and when that changes. */ readonly names: Pick<Aliases, 'book' | 'onChange'>; readonly nowMs: () => number; readonly onError: (error: unknown) => void;
}

/** All consoles that ask within this time get one measurement, and the same answers to the same questions. */
const freshMs = 5000;
const writeEveryMs = 10_000;
/** What was measured for less says nothing of a month. */
const leastSeconds = 10;
/** What nobody looked at for so long is suggested to be dropped for that. */
const leastUnreadMs = 3_600_000;
/** Suggestions that were shown: somebody may click on one a while later. */
const mostShown = 2000;

interface Measurement { readonly overSeconds: number; readonly events: readonly MeasuredEvent[]; /** By name. */ readonly logs: ReadonlyMap<string, readonly MeasuredEvent[]>; readonly answers: WeakMap<PriceTable, Shared<CostReport>> }

export class CostService {
  readonly prices: Prices;
  readonly #options: CostServiceOptions;
  readonly #ledger: CostLedger;
  readonly #predictions: Predictions;
  readonly #meter = new SavingMeter();
  readonly #names = new NamesInForce();
  /** Rules of which savings are told. */
  #wanted: ReadonlySet<string> = new Set();
  #wantedStamp = -1;
  readonly #measured: Shared<Measurement>;
  readonly #suggested: Shared<readonly SuggestionDraft[]>;
  readonly #shown = new Map<string, SuggestionDraft>();
  #writeMs = 0;
  #writing: Promise<void> = Promise.resolve();
  /** One after another: two clicks on one suggestion are one rule. */
  readonly #making = new Serial();

  constructor(options: CostServiceOptions) {
    this.#options = options;
    const { store, nowMs } = options;
    this.prices = new Prices(store, () => new Date(nowMs()).toISOString());
    this.#ledger = new CostLedger(store.events);
    this.#predictions = new Predictions(store.documents);
    this.#measured = new Shared(freshMs, nowMs);
    this.#suggested = new Shared(freshMs, nowMs);
  }

  async load(): Promise<void> {
    const { events, fleet, names, nowMs } = this.#options;
    await Promise.all([this.prices.load(), this.#ledger.load(), this.#predictions.load()]);
    await this.#refreshWanted();
    this.#writeMs = nowMs() + writeEveryMs;
    this.#noteNames();
    names.onChange(() => { this.#noteNames(); });
    events.onTaken((taken) => { this.#note(taken); });
    fleet.onStatus((agent, status) => { this.#meter.note(agent.id, status, this.#wanted, nowMs()); });
  }

  /** Once a second. */
  tick(): void {
    const { nowMs, onError } = this.#options;
    this.#noteNames();
    this.#refreshWanted().catch(onError);
    if (nowMs() < this.#writeMs) return;
    this.#writeMs = nowMs() + writeEveryMs;
    this.#noteSeries().catch(onError);
    this.#write();
  }

  async stop(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  async report(query: CostQuery): Promise<CostReport> {
    const measurement = await this.#measure();
    const { table } = this.prices;
    const answers = measurement.answers.get(table) ?? new Shared<CostReport>(freshMs, this.#options.nowMs);
    measurement.answers.set(table, answers);
    return answers.get(JSON.stringify([query.by, query.service ?? null, query.limit]), () => this.#report(measurement, query));
  }

  async #report({ events, overSeconds }: Measurement, { by, service, limit }: CostQuery): Promise<CostReport> {
    const { nowMs } = this.#options;
    const { table } = this.prices;
    const asked = service === undefined ? events : events.filter((event) => event.service === service);
    return inTurns(costReportSteps(asked, table, { by, limit, atUnixMs: nowMs(), overSeconds, history: this.#ledger.history(table, nowMs(), service), series: seriesIn(asked) }));
  }

  /** What log events of these names (as event() means them) would cost a month if no rule took any of them away; null until that was measured. */
  async costOf(members: readonly { readonly name: string; readonly service: string | null }[]): Promise<{ readonly perMonth: number; readonly currency: string } | null> {
    const { logs, overSeconds } = await this.#measure();
    if (overSeconds < leastSeconds) return null;
    const meant = members.flatMap(({ name, service }) => meaningsOf(this.#options.names.book.events, name).map((one) => ({ name: one.name, service: service ?? one.service })));
    const own = new Set(meant.flatMap((one) => (logs.get(one.name) ?? []).filter(({ service }) => one.service === null || one.service === service)));
    return { perMonth: [...own].reduce((sum, event) => { const { perMonth, savedPerMonth } = costOf(event, this.prices.table); return sum + perMonth + savedPerMonth; }, 0), currency: this.prices.table.currency };
  }

  async suggestions(): Promise<SuggestionList> {
    const drafts = await this.#drafts();
    for (const draft of drafts) {
      this.#shown.delete(draft.id);
      this.#shown.set(draft.id, draft);
    }
    for (const id of [...this.#shown.keys()].slice(0, Math.max(0, this.#shown.size - mostShown))) this.#shown.delete(id);
    return { suggestions: await mapInTurns(drafts, (draft) => toSuggestion(draft, printRule)), currency: this.prices.table.currency, totalPerMonth: totalSaving(drafts) };
  }

  /** Makes the draft of a rule, and notes what was predicted of it; of a suggestion that somebody took already, the rule that there is.
   *  Errors: `suggestion.unknown`, and those of a rule that cannot be saved. */
  makeRule(id: string, actor: Actor): Promise<Result<{ readonly ruleId: string }, Problem>> { return this.#making.run(() => this.#makeRule(id, actor)); }

  async #makeRule(id: string, actor: Actor): Promise<Result<{ readonly ruleId: string }, Problem>> {
    for (const { ruleId } of this.#predictions.ofSuggestion(id)) if (await this.#options.store.rules.get(ruleId) !== null) return ok({ ruleId });
    const draft = this.#shown.get(id) ?? (await this.#drafts()).find((one) => one.id === id);
    if (draft === undefined) return refuse('suggestion.unknown', `There is no suggestion ${id} now.`);
    const made = await this.#create(draft, draft.rule.name, actor);
    // Somebody has a rule of that name; the suggestion's own id tells them apart.
    const rule = !made.ok && made.error.code === 'rule.name-taken' ? await this.#create(draft, `${draft.rule.name.slice(0, 54).replace(/-+$/, '')}-${id.slice(-8)}`, actor) : made;
    if (!rule.ok) return rule;
    await this.#predictions.note(rule.value.id, draft, this.prices.table.currency, this.#now());
    await this.#refreshWanted();
    return ok({ ruleId: rule.value.id });
  }

  async savings(): Promise<SavingList> {
    const { store, nowMs } = this.#options;
    await this.#refreshWanted();
    const [rules, versions] = [await store.rules.list(), await store.rules.deployedVersions()];
    const savings = rules.filter(({ id }) => this.#wanted.has(id)).map((rule) => {
      const compiled = versions.get(rule.id)?.compiled;
      const plan = compiled?.kind === 'query' ? compiled.plan : null;
      const runs = rule.state === 'deployed' && rule.mode === 'live';
      const [prediction, reading] = [this.#predictions.of(rule.id), runs ? this.#meter.read(rule.id, nowMs()) : null];
      return savingOfRule(rule, plan, prediction, { reading, traffic: prediction === null || reading === null ? null : this.#trafficOf(prediction, reading.seconds) }, this.prices.table);
    });
    return { savings: savings.sort((a, b) => (b.measuredPerMonth ?? 0) - (a.measuredPerMonth ?? 0) || (a.ruleName < b.ruleName ? -1 : 1)), currency: this.prices.table.currency, totalPerMonth: savings.reduce((sum, { measuredPerMonth }) => sum + (measuredPerMonth ?? 0), 0) };
  }

  /** What came in of an event over the last seconds, under each name while it was in force; null while nobody told. The time is the same for all of them. */
  #trafficOf(prediction: Prediction, seconds: number): Rate | null {
    const { events: { rates, knownUntilMs }, nowMs } = this.#options;
    const { signal, service } = prediction;
    const [now, fromMs] = [nowMs(), knownUntilMs - seconds * 1000];
    this.#noteNames();
    const came = this.#names.of(prediction).flatMap((span) => {
      const key = eventKey({ signal, service, durableId: span.name });
      const watched = rates.between(key, fromMs, Infinity, now);
      return watched === null ? [] : [{ watchedMs: watched.fromMs, ...(rates.between(key, Math.max(fromMs, span.fromMs), span.untilMs, now) ?? { records: 0, bytes: 0 }) }];
    });
    if (came.length === 0) return null;
    const overSeconds = (knownUntilMs - Math.min(...came.map(({ watchedMs }) => watchedMs))) / 1000;
    const [records, bytes] = [came.reduce((sum, one) => sum + one.records, 0) / overSeconds, came.reduce((sum, one) => sum + one.bytes, 0) / overSeconds];
    return { recordsPerSecond: records, bytesPerSecond: framedBytes(records, bytes) };
  }

  #noteNames(): void { this.#names.note(this.#predictions.all, this.#options.names.book, this.#options.nowMs()); }

  #now(): string { return new Date(this.#options.nowMs()).toISOString(); }

  #create(draft: SuggestionDraft, name: string, actor: Actor): ReturnType<RuleService['create']> {
    const text = printRule({ ...ruleDocumentOf(draft), name });
    return this.#options.rules.create({ text, note: `Suggested: ${draft.title}`.slice(0, 500) }, actor);
  }

  /** The same until rules or prices are others. */
  #drafts(): Promise<readonly SuggestionDraft[]> {
    const { table } = this.prices;
    return this.#suggested.get(`${this.#options.store.rules.stamp} ${JSON.stringify(table)}`, async () => {
      const { events } = await this.#measure();
      return inTurns(suggestSteps(events, table, { deployed: await this.#deployed(), unreadBefore: new Date(this.#options.nowMs() - leastUnreadMs).toISOString() }));
    });
  }

  /** What was suggested and runs by now. */
  async #deployed(): Promise<DeployedSaving[]> {
    const running = new Set((await this.#options.store.rules.list()).filter(({ state }) => state === 'deployed').map(({ id }) => String(id)));
    return this.#predictions.all.filter(({ ruleId }) => running.has(ruleId)).map(({ signal, service, durableId, kind, field }) => ({ signal, service, id: durableId, kind, field }));
  }

  #measure(): Promise<Measurement> {
    return this.#measured.get('', async () => {
      const { events } = this.#options;
      await events.users.refresh();
      let overSeconds = 0;
      const logs = new Map<string, MeasuredEvent[]>();
      // Reports go on coming in meanwhile, so each event is measured up to when it is looked at.
      const measured = await mapInTurns(events.windows.keys(), (key): MeasuredEvent | null => {
        const window = events.windows.window(key, events.knownUntilMs);
        if (window === null) return null;
        overSeconds = Math.max(overSeconds, window.seconds);
        const [event] = this.#measuredEvent(window);
        if (event?.signal === 'logs') {
          const same = logs.get(event.id);
          if (same === undefined) logs.set(event.id, [event]); else same.push(event);
        }
        return event ?? null;
      });
      return { overSeconds, events: measured, logs, answers: new WeakMap() };
    });
  }

  #measuredEvent({ event, before, after, seconds }: EventWindow): readonly MeasuredEvent[] {
    const { users, reads } = this.#options.events;
    const lastMs = Math.max(event.firstUnixMs, reads.at(eventKey(event)) ?? 0);
    const facts = { users: [...users.of(event), ...users.byService(event.service)], unreadSince: users.isRead(event) ? null : new Date(lastMs).toISOString(), series: null };
    return eventsBetween(before === null ? [] : [before], [after], seconds, () => facts);
  }

  #note({ changes, coveredMs, nowMs }: Taken): void {
    if (coveredMs > 0) this.#ledger.cover(nowMs - coveredMs, nowMs);
    for (const { event: { service, signal, fields, looked }, records, bytes, removedRecords, removedBytes, tookMs } of changes) {
      // What surrounds records leaves with those that leave.
      const around = Math.max(0, records - removedRecords) * aroundSeen(fields.values(), looked);
      if (records > 0 || removedRecords > 0) this.#ledger.add({ service, signal, records, bytes: framedBytes(records, bytes) + around, removedRecords, removedBytes: framedBytes(removedRecords, removedBytes) }, nowMs - tookMs, nowMs);
    }
  }

  /** Series are counted now and then: they change slowly. */
  async #noteSeries(): Promise<void> {
    const { events, nowMs } = this.#options;
    const series = new Map<string, number>();
    await mapInTurns(events.windows.keys('metrics'), (key) => {
      const window = events.windows.window(key, events.knownUntilMs);
      if (window !== null) for (const measured of eventsBetween(window.before === null ? [] : [window.before], [window.after], window.seconds)) series.set(measured.service, (series.get(measured.service) ?? 0) + seriesOf(measured).series);
      return null;
    });
    for (const [service, count] of series) this.#ledger.noteSeries(service, count, nowMs());
  }

  #write(): void { this.#writing = this.#writing.then(() => this.#ledger.write(this.#options.nowMs())).catch(this.#options.onError); }

  /** Rules that take records away, and those that were suggested. */
  async #refreshWanted(): Promise<void> {
    const { store } = this.#options;
    const { stamp } = store.rules;
    if (stamp === this.#wantedStamp) return;
    this.#wantedStamp = stamp;
    const [rules, versions] = [await store.rules.list(), await store.rules.deployedVersions()];
    this.#wanted = new Set(rules.filter(({ id, state }) => {
      const compiled = versions.get(id)?.compiled;
      return this.#predictions.of(id) !== null || (state === 'deployed' && compiled?.kind === 'query' && takesAway(compiled.plan));
    }).map(({ id }) => String(id)));
    this.#meter.keep(this.#wanted);
  }
}

/** Of metrics; null when there are none. */
function seriesIn(events: readonly MeasuredEvent[]): number | null {
  const metrics = events.filter(({ signal }) => signal === 'metrics');
  return metrics.length === 0 ? null : metrics.reduce((sum, event) => sum + seriesOf(event).series, 0);
}

