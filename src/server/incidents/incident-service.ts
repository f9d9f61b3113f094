// Incidents: opened by people and by nets, they gather what is collected for them. Everything of one incident is written in one order.
import { ok, type Result } from '../../base/index.ts';
import type { CollectPlan, Incident, IncidentDetail, IncidentEntry, IncidentRates, NetFired } from '../../model/index.ts';
import type { ActionService } from '../actions/index.ts';
import type { ArtifactService } from '../artifacts/index.ts';
import { record, type Actor } from '../audit/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { Serial } from '../ports/serial.ts';
import type { Store, StoredArtifact, StoredIncident, StoredRun } from '../store/index.ts';
import { afterMs, changesBeforeMs, firingsKeptMs, maxEntries, maxListed, maxNames, rateBucketMs, ratesKeptMs } from './bounds.ts';
import { collect } from './collect.ts';
import { takeFirings } from './firings.ts';
import { RateKeeper } from './rates.ts';
import { actionEntry, artifactEntry, deploymentEntry, entry } from './words.ts';

export interface IncidentOptions {
  readonly fleet: Fleet; readonly store: Store; readonly actions: ActionService; readonly artifacts: ArtifactService; readonly nowMs: () => number; readonly newId: () => string; readonly onError: (error: unknown) => void;
}
type Listing = { readonly incidents: Incident[]; readonly more: number };

const tidyMs = 3_600_000;

export class IncidentService {
  readonly serial = new Serial();
  readonly rates: RateKeeper;
  readonly options: IncidentOptions;
  /** Does what a firing wants of the server, before the firing is noted: it may be told more than once. */
  onFiring: ((agent: Agent, fired: NetFired) => Promise<void>) | null = null;
  /** Firings of nets that could not be read, or came too fast. */
  refusedFirings = 0;
  readonly #work = new Set<Promise<void>>();
  /** When each incident began that is open or has just closed; null: to be read. */
  #ratesFrom: { readonly id: string; readonly fromMs: number; readonly untilMs: number }[] = [];
  #ratesMs = 0;
  #tidiedMs = 0;

  constructor(options: IncidentOptions) {
    this.options = options;
    this.rates = new RateKeeper(options.fleet.series, options.store, options.nowMs);
  }

  async load(): Promise<void> {
    const { store, actions, artifacts, fleet } = this.options;
    for (const open of await store.incidents.open()) this.#watch(open);
    artifacts.desk.incidentOf = async ({ incident, action }) => incident ?? (action === null ? null : (await store.actions.get(action))?.report.incident ?? await store.incidents.incidentOfAction(action));
    artifacts.shelf.onStored((artifact) => this.#gained(artifact));
    actions.onChange((run) => this.#acted(run));
    fleet.onCustom((agent, type, data) => { if (type === 'net.fired') takeFirings(this, agent, data); });
  }

  /** Ends when everything that was begun is written down. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
    await this.serial.run(() => Promise.resolve());
  }

  now(): string { return new Date(this.options.nowMs()).toISOString(); }

  /** Work that goes on after the answer; its failure is told. */
  later(work: Promise<void>): void {
    const done = work.catch(this.options.onError).finally(() => { this.#work.delete(done); });
    this.#work.add(done);
  }

  tick(): void {
    const { nowMs, store } = this.options;
    const now = nowMs();
    this.#ratesFrom = this.#ratesFrom.filter(({ untilMs }) => untilMs > now);
    if (now - this.#ratesMs >= rateBucketMs && this.#ratesFrom.length > 0) {
      this.#ratesMs = now;
      this.later(this.rates.write(Math.min(...this.#ratesFrom.map(({ fromMs }) => fromMs))));
    }
    if (now - this.#tidiedMs < tidyMs) return;
    this.#tidiedMs = now;
    this.later(store.incidents.forgetRates(now - ratesKeptMs).then(() => store.incidents.forgetFirings(new Date(now - firingsKeptMs).toISOString())));
  }

  /** Its rates are written down from now until a while after it has closed. */
  #watch({ id, openedAt, closedAt }: StoredIncident): void {
    this.rates.reach(Date.parse(openedAt));
    this.#ratesFrom = [...this.#ratesFrom.filter((one) => one.id !== id), { id, fromMs: Date.parse(openedAt), untilMs: closedAt === null ? Infinity : Date.parse(closedAt) + afterMs + rateBucketMs }];
  }

  /** A new one with its first entry; call inside the order. */
  async begin(facts: Pick<StoredIncident, 'title' | 'openedBy' | 'agents' | 'services'>, actor: Actor, plan: CollectPlan | null): Promise<StoredIncident> {
    const { store, newId } = this.options;
    const now = this.now();
    const incident = await store.transaction(async (parts) => {
      const begun: StoredIncident = { ...facts, id: newId(), number: await parts.incidents.nextNumber(), state: 'open', openedAt: now, closedAt: null, triggers: 0, imported: null, lastTriggerAt: null };
      await parts.incidents.put(begun);
      await parts.incidents.putEntry(begun.id, entry('opened', now, 'opened', begun.title, { by: actor.user, rule: facts.openedBy.rule }));
      await record(parts, actor, now, { action: 'incident.open', subject: `incident:${begun.id}`, before: null, after: { number: begun.number, title: begun.title, plan } });
      return begun;
    });
    this.#watch(incident);
    return incident;
  }

  async open(given: { readonly title?: string | undefined; readonly note?: string | undefined; readonly collect: CollectPlan | null }, actor: Actor): Promise<Incident> {
    const { fleet } = this.options;
    const agents = (given.collect?.agents ?? []).map((id) => fleet.find(id)?.name ?? id);
    const title = given.title ?? `Opened by ${actor.user}`;
    const incident = await this.serial.run(() => this.begin({ title, openedBy: { kind: 'person', name: actor.user, rule: null }, agents: agents.slice(0, maxNames), services: (given.collect?.services ?? []).slice(0, maxNames) }, actor, given.collect));
    if (given.note !== undefined && given.note !== '') await this.addNote(incident.id, given.note, actor);
    if (given.collect !== null) this.#collect(incident, given.collect, actor);
    return this.#shown(incident);
  }

  #collect(incident: StoredIncident, plan: CollectPlan, actor: Actor): void {
    const { fleet, actions } = this.options;
    this.later(collect({ fleet, actions, tell: (id, text, agent) => this.serial.run(async () => { await this.put(id, entry(`weir:${this.options.newId()}`, this.now(), 'note', `${agent}: ${text}`, { by: 'weir', agent })); }) }, incident, plan, actor));
  }

  /** More for an incident that is open. */
  async collectMore(id: string, plan: CollectPlan, actor: Actor): Promise<Result<Incident, Problem>> {
    const { store } = this.options;
    const incident = await store.incidents.get(id);
    if (incident === null) return unknown(id);
    if (incident.state === 'closed' || incident.imported !== null) return refuse('incident.closed', incident.imported === null ? `Incident #${incident.number} is closed.` : `Incident #${incident.number} was imported.`);
    await store.transaction((parts) => record(parts, actor, this.now(), { action: 'incident.collect', subject: `incident:${id}`, before: null, after: plan }));
    this.#collect(incident, plan, actor);
    return ok(await this.#shown(incident));
  }

  /** An entry, as long as the timeline has room; one that is there already is replaced. Call inside the order. */
  async put(id: string, line: IncidentEntry): Promise<boolean> {
    const { incidents } = this.options.store;
    if (await incidents.countEntries(id) >= maxEntries && !await incidents.hasEntry(id, line.id)) return false;
    await incidents.putEntry(id, line);
    return true;
  }

  async addNote(id: string, text: string, actor: Actor): Promise<Result<null, Problem>> {
    if (await this.options.store.incidents.get(id) === null) return unknown(id);
    const note = entry(`note:${this.options.newId()}`, this.now(), 'note', text, { by: actor.user });
    const written = await this.serial.run(() => this.put(id, note));
    if (!written) return refuse('incident.full', `The timeline has ${maxEntries} entries, as many as may be.`);
    await this.options.store.transaction((parts) => record(parts, actor, note.at, { action: 'incident.note', subject: `incident:${id}`, before: null, after: { note: note.id } }));
    return ok(null);
  }

  change(id: string, { title, state }: { readonly title?: string | undefined; readonly state?: Incident['state'] | undefined }, actor: Actor): Promise<Result<Incident, Problem>> {
    return this.serial.run(async () => {
      const before = await this.options.store.incidents.get(id);
      if (before === null) return unknown(id);
      const now = this.now();
      const turned = state !== undefined && state !== before.state;
      const after: StoredIncident = { ...before, title: title ?? before.title, ...(turned && { state, closedAt: state === 'closed' ? now : null }) };
      await this.options.store.transaction(async (parts) => {
        await parts.incidents.put(after);
        if (turned) await parts.incidents.putEntry(id, entry(`${state}:${this.options.newId()}`, now, state === 'closed' ? 'closed' : 'reopened', state === 'closed' ? 'Closed' : 'Reopened', { by: actor.user }));
        await record(parts, actor, now, { action: turned ? `incident.${state === 'closed' ? 'close' : 'reopen'}` : 'incident.change', subject: `incident:${id}`, before: { title: before.title, state: before.state }, after: { title: after.title, state: after.state } });
      });
      if (turned && after.imported === null) this.#watch(after);
      return ok(await this.#shown(after));
    });
  }

  async list(filter: { readonly state?: Incident['state'] | undefined; readonly q?: string | undefined }, limit: number): Promise<Listing> {
    const { incidents, count } = await this.options.store.incidents.list(filter, limit);
    return { incidents: await this.#allShown(incidents), more: Math.max(0, count - incidents.length) };
  }

  async detail(id: string): Promise<Result<IncidentDetail, Problem>> {
    const { store, actions, artifacts } = this.options;
    const incident = await store.incidents.get(id);
    if (incident === null) return unknown(id);
    const [runs, files] = [await actions.list({ incident: id }, maxListed), await artifacts.list({ incident: id }, maxListed)];
    return ok({ incident: await this.#shown(incident), timeline: await this.#timeline(incident), actions: runs.actions, artifacts: files.artifacts });
  }

  /** What was written down, and, of an own one, what was deployed meanwhile and in the time before. */
  async #timeline(incident: StoredIncident): Promise<IncidentEntry[]> {
    const { store } = this.options;
    const [entries, until] = [await store.incidents.entries(incident.id), incident.closedAt ?? this.now()];
    const deployed = incident.imported !== null ? [] : (await store.rules.deploymentsSince(new Date(Date.parse(incident.openedAt) - changesBeforeMs).toISOString())).filter(({ at }) => at <= until).slice(0, maxListed).map(deploymentEntry);
    return [...entries, ...deployed].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }

  async ratesOf(id: string): Promise<Result<IncidentRates, Problem>> {
    const incident = await this.options.store.incidents.get(id);
    if (incident === null) return unknown(id);
    if (this.#ratesFrom.some((one) => one.id === id)) await this.rates.write(Date.parse(incident.openedAt));
    return ok(await this.rates.of(incident));
  }

  shown(incident: StoredIncident): Promise<Incident> { return this.#shown(incident); }
  async #shown(incident: StoredIncident): Promise<Incident> { return (await this.#allShown([incident]))[0] as Incident; }

  async #allShown(incidents: readonly StoredIncident[]): Promise<Incident[]> {
    const { store } = this.options;
    const ids = incidents.map(({ id }) => id);
    const [counts, sums] = [Map.groupBy(await store.actions.countsOf(ids), ({ incident }) => incident), new Map((await store.artifacts.sumsOf(ids)).map((sum) => [sum.incident, sum]))];
    const count = (id: string, states: readonly string[]): number => (counts.get(id) ?? []).reduce((sum, one) => sum + (states.includes(one.state) ? one.count : 0), 0);
    return incidents.map((incident) => ({
      ...toModel(incident), actions: { waiting: count(incident.id, ['waiting']), running: count(incident.id, ['running', 'uploading']), done: count(incident.id, ['done']), failed: count(incident.id, ['failed', 'cancelled', 'refused']) },
      artifacts: sums.get(incident.id)?.count ?? 0, artifactBytes: sums.get(incident.id)?.bytes ?? 0,
    }));
  }

  async #acted(run: StoredRun): Promise<void> {
    const id = run.report.incident;
    if (id === null || await this.options.store.incidents.get(id) === null) return;
    await this.put(id, actionEntry(run, this.options.nowMs()));
    await this.#involve(id, run.agent.name, run.report.process?.service ?? null);
  }

  async #gained(artifact: StoredArtifact): Promise<void> {
    const { store, actions } = this.options;
    actions.noteArtifact(artifact);
    const { incident } = artifact.meta;
    if (incident !== null && await store.incidents.get(incident) !== null) await this.put(incident, artifactEntry(artifact, this.now()));
  }

  /** The incident is about this agent and service, too. */
  #involve(id: string, agent: string, service: string | null): Promise<void> {
    return this.serial.run(async () => {
      const incident = await this.options.store.incidents.get(id);
      if (incident === null) return;
      const [agents, services] = [withName(incident.agents, agent), withName(incident.services, service)];
      if (agents !== incident.agents || services !== incident.services) await this.options.store.incidents.put({ ...incident, agents, services });
    });
  }
}

const toModel = ({ id, number, title, state, openedAt, closedAt, openedBy, agents, services, triggers, imported }: StoredIncident) => ({ id, number, title, state, openedAt, closedAt, openedBy, agents, services, triggers, imported });
export const withName = (names: string[], name: string | null): string[] => (name === null || names.includes(name) || names.length >= maxNames ? names : [...names, name]);
const unknown = (id: string) => refuse('incident.unknown', `There is no incident with the id "${id}".`);
