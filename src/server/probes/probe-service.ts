// Probes as the server sees them: puts them on agents, keeps what agents say of them, and knows which are no longer in. Limits, redaction
// and the process itself are the agent's.
import { ok, type Result } from '../../base/index.ts';
import { isDynamic, probeReport, startProbe, type FleetProbe, type ProbeEnd, type ProbeReport, type ProbeRequest } from '../../model/index.ts';
import type { z } from 'zod';
import { readJson } from '../actions/index.ts';
import { record, type Actor } from '../audit/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { Serial } from '../ports/serial.ts';
import type { ProbeFilter, Store, StoredProbe } from '../store/index.ts';
import { keptProbes, maxPerAgent, maxReportBytes, silentMs, writeEveryMs } from './bounds.ts';
import { withHistory } from './history.ts';

export interface ProbeOptions {
  readonly fleet: Fleet; readonly store: Store; readonly nowMs: () => number; readonly newId: () => string; readonly onError: (error: unknown) => void;
  /** A Weir agent that is connected. */
  readonly agent: (id: string) => Result<Agent, Problem>;
  /** Null: the rip cord is not pulled there. */
  readonly cord: (agentId: string) => { readonly by: string } | null;
}

/** `owedMs`: by then its agent has to have spoken of it; null when it has. */
interface Live { stored: StoredProbe; owedMs: number | null; writtenMs: number; changed: boolean }
/** Who asks, and what for. */
type Order = z.output<typeof startProbe>;

/** What the server itself concluded. */
const noReport = 'probe.no-report';

export const isOver = ({ state }: Pick<ProbeReport, 'state'>): boolean => state === 'ended' || state === 'refused' || state === 'failed';

export class ProbeService {
  readonly #options: ProbeOptions;
  readonly #serial = new Serial();
  /** Those that are not over, by id. */
  readonly #live = new Map<string, Live>();
  /** Reports that could not be read, or were of somebody else's probe. */
  refusedReports = 0;

  constructor(options: ProbeOptions) { this.#options = options; }

  async load(): Promise<void> {
    const { fleet, store, nowMs } = this.#options;
    const { probes } = await store.probes.list({ state: 'in' }, keptProbes);
    for (const stored of probes) this.#live.set(stored.report.id, this.#liveOf(stored));
    fleet.onCustom((agent, type, data) => { if (type === 'probe.report') this.#receive(agent, data); });
    fleet.onReady((agent) => { for (const live of this.#live.values()) if (live.stored.agent.id === agent.id) live.owedMs = nowMs() + silentMs; });
  }

  async stop(): Promise<void> {
    for (const live of this.#live.values()) if (live.changed) this.#write(live);
    await this.settled();
  }

  /** When all that has come is written down. */
  settled(): Promise<void> { return this.#serial.run(() => Promise.resolve()); }

  /** Sends it on its way; what the agent makes of it comes as reports. */
  async start({ agent: agentId, ...order }: Order, actor: Actor): Promise<Result<FleetProbe, Problem>> {
    const agent = this.#options.agent(agentId);
    if (!agent.ok) return agent;
    const cord = this.#options.cord(agentId);
    if (cord !== null && isDynamic(order.what.kind)) return refuse('rip-cord.pulled', `The rip cord is pulled on ${agent.value.name}, by ${cord.by}: no probe goes in.`);
    const request: ProbeRequest = { ...order, id: this.#options.newId(), owner: actor.user, createdUnixMs: this.#options.nowMs() };
    const stored: StoredProbe = { report: onItsWay(request), agent: nameOf(agent.value) };
    return this.#serial.run(async () => {
      await this.#keepNew(stored, actor);
      this.#options.fleet.sendCustom(agent.value, 'probe.insert', request);
      return ok(this.shown(stored));
    });
  }

  async remove(id: string, why: string, actor: Actor): Promise<Result<FleetProbe, Problem>> {
    const { store, fleet, nowMs } = this.#options;
    const found = await this.get(id);
    if (!found.ok) return found;
    if (isOver(found.value)) return refuse('probe.over', `The probe ${found.value.name} is over: ${found.value.end ?? found.value.state}.`);
    const agent = this.#options.agent(found.value.agent.id);
    if (!agent.ok) return agent;
    await store.transaction((parts) => record(parts, actor, new Date(nowMs()).toISOString(), { action: 'probe.remove', subject: `probe:${id}`, before: { state: found.value.state, hits: found.value.hits }, after: { agent: found.value.agent.name, name: found.value.name, why } }));
    fleet.sendCustom(agent.value, 'probe.remove', { id, why: why === '' ? `Removed by ${actor.user}` : why });
    return found;
  }

  async list(filter: ProbeFilter, limit: number): Promise<{ readonly probes: FleetProbe[]; readonly more: number }> {
    const { probes, count } = await this.#options.store.probes.list(filter, limit);
    return { probes: probes.map((stored) => this.shown(this.#live.get(stored.report.id)?.stored ?? stored)), more: Math.max(0, count - probes.length) };
  }

  async get(id: string): Promise<Result<FleetProbe, Problem>> {
    const stored = this.#live.get(id)?.stored ?? await this.#options.store.probes.get(id);
    return stored === null ? refuse('probe.unknown', `There is no probe with the id "${id}".`) : ok(this.shown(stored));
  }

  shown({ report, agent }: StoredProbe): FleetProbe { return { ...report, agent: { ...agent, connected: this.#options.fleet.find(agent.id)?.connection != null } }; }

  /** Once a second: counts are written down, and what nobody speaks of is over. */
  tick(): void {
    const { fleet, nowMs } = this.#options;
    for (const live of this.#live.values()) {
      const isThere = fleet.find(live.stored.agent.id)?.connection != null;
      if (isThere && live.owedMs !== null && nowMs() > live.owedMs) this.#end(live, 'agent-crashed', `${live.stored.agent.name} does not know it: it was restarted meanwhile.`);
      else if (live.changed && nowMs() - live.writtenMs >= writeEveryMs) this.#write(live);
    }
  }

  #end(live: Live, end: ProbeEnd, message: string): void {
    const report: ProbeReport = { ...live.stored.report, state: 'ended', end, endedUnixMs: this.#options.nowMs(), why: { code: noReport, message, help: 'Insert it again if you still need it.' } };
    this.#take(live, report);
  }

  #receive(agent: Agent, data: Uint8Array): void {
    const report = data.length > maxReportBytes ? null : readJson(probeReport, data);
    if (report === null) { this.refusedReports += 1; return; }
    const live = this.#live.get(report.id);
    if (live !== undefined && live.stored.agent.id !== agent.id) { this.refusedReports += 1; return; }
    if (live !== undefined) { live.owedMs = null; this.#take(live, report); return; }
    this.#later(() => this.#takeUnknown(agent, report));
  }

  #take(live: Live, told: ProbeReport): void {
    const before = live.stored.report;
    const report = withHistory(told, before);
    live.stored = { ...live.stored, report };
    live.changed = true;
    if (before.state !== report.state) this.#write(live, isOver(report) ? report : null);
  }

  /** One of an earlier life of this server, or that an agent keeps by itself. One that was over stays over. */
  async #takeUnknown(agent: Agent, report: ProbeReport): Promise<void> {
    const known = await this.#options.store.probes.get(report.id);
    const mine = [...this.#live.values()].filter(({ stored }) => stored.agent.id === agent.id).length;
    const isOthers = known !== null && known.agent.id !== agent.id;
    if (isOthers || (known === null && mine >= maxPerAgent)) { this.refusedReports += 1; return; }
    // The agent's own word, when it comes after all, stands in the place of what the server concluded.
    // A log source that stopped with its agent comes back with it.
    if (known !== null && isOver(known.report) && known.report.why?.code !== noReport && known.report.end !== 'agent-stopped') return;
    await this.#keepNew({ report: known === null ? report : withHistory(report, known.report), agent: nameOf(agent) }, known === null ? { user: `agent:${agent.name}` } : null);
  }

  /** `actor`: who is audited for it; null when it is known already. */
  async #keepNew(stored: StoredProbe, actor: Actor | null): Promise<void> {
    const { store, nowMs } = this.#options;
    const { id, name, what, target, limits, reason } = stored.report;
    await store.transaction(async (parts) => {
      await parts.probes.put(stored);
      if (actor !== null) await record(parts, actor, new Date(nowMs()).toISOString(), { action: 'probe.insert', subject: `probe:${id}`, before: null, after: { agent: stored.agent.name, name, what, target, limits, reason } });
      await parts.probes.trim(keptProbes);
    });
    if (!isOver(stored.report)) this.#live.set(id, this.#liveOf(stored, stored.report.state === 'inserting'));
  }

  /** `ended`: it is over now, which is audited with what it did. */
  #write(live: Live, ended: ProbeReport | null = null): void {
    const { store, nowMs } = this.#options;
    [live.changed, live.writtenMs] = [false, nowMs()];
    const { stored } = live;
    if (ended !== null) this.#live.delete(ended.id);
    this.#later(() => store.transaction(async (parts) => {
      await parts.probes.put(stored);
      if (ended !== null) await record(parts, { user: `agent:${stored.agent.name}` }, new Date(nowMs()).toISOString(), { action: 'probe.end', subject: `probe:${ended.id}`, before: null, after: { name: ended.name, end: ended.end, why: ended.why?.message ?? null, hits: ended.hits, emitted: ended.emitted, suppressed: ended.suppressed } });
    }));
  }

  #liveOf(stored: StoredProbe, owed = true): Live {
    const now = this.#options.nowMs();
    return { stored, owedMs: owed ? now + silentMs : null, writtenMs: now, changed: false };
  }

  #later(work: () => Promise<void>): void { this.#serial.run(work).catch(this.#options.onError); }
}

const nameOf = ({ id, name }: Agent): StoredProbe['agent'] => ({ id, name });

function onItsWay({ id, name, what, target, limits, owner, reason, createdUnixMs }: ProbeRequest): ProbeReport {
  const expiresUnixMs = isDynamic(what.kind) ? createdUnixMs + limits.expiresAfterMs : null;
  return { id, name, what, target, limits, owner, reason, createdUnixMs, state: 'inserting', end: null, why: null, expiresUnixMs, endedUnixMs: null, hits: 0, emitted: 0, suppressed: 0, places: [], notes: [] };
}
