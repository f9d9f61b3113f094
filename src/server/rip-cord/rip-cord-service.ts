// The server's rip cord: one for the fleet, one for each agent. An order goes out before it is written down: in an emergency a slow disk
// must not hold it up. What is pulled stays so over restarts, and reaches agents that were away when they come back.
import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import { ripCordPull, ripCordReport, type RipCordOrder, type RipCordReport, type RipCordState } from '../../model/index.ts';
import { readJson } from '../actions/index.ts';
import { record, type Actor } from '../audit/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { Serial } from '../ports/serial.ts';
import type { Store } from '../store/index.ts';

type Pull = z.infer<typeof ripCordPull>;
export interface RipCordOptions { readonly fleet: Fleet; readonly store: Store; readonly nowMs: () => number; readonly onError: (error: unknown) => void }

const key = 'rip-cord';
const kept = z.object({ fleet: ripCordPull.nullable(), agents: z.record(z.string(), ripCordPull) });
type Stand = z.infer<typeof kept>;
/** Agents whose last word is kept. */
const maxReports = 5000;

export class RipCordService {
  readonly #options: RipCordOptions;
  readonly #serial = new Serial();
  readonly #reports = new Map<string, RipCordReport>();
  #fleetPull: Pull | null = null;
  readonly #agentPulls = new Map<string, Pull>();

  constructor(options: RipCordOptions) { this.#options = options; }

  async load(): Promise<void> {
    const { fleet, store } = this.#options;
    const text = await store.settings.get(key);
    if (text !== null) {
      const stored = kept.parse(JSON.parse(text));
      this.#fleetPull = stored.fleet;
      for (const [id, pull] of Object.entries(stored.agents)) this.#agentPulls.set(id, pull);
    }
    fleet.onReady((agent) => { this.#tell(agent); });
    fleet.onCustom((agent, type, data) => { if (type === 'rip-cord.report') this.#receive(agent, data); });
  }

  /** What is ordered of an agent; null: nothing. */
  pullOf = (agent: string): Pull | null => this.#fleetPull ?? this.#agentPulls.get(agent) ?? null;

  settled(): Promise<void> { return this.#serial.run(() => Promise.resolve()); }

  /** No agents named: all, and those that come. */
  async pull(agents: readonly string[], reason: string, actor: Actor): Promise<Result<RipCordState, Problem>> {
    const unknown = this.#unknown(agents);
    if (unknown !== null) return unknown;
    const [pull, before]: [Pull, Stand] = [{ from: 'server', by: actor.user, atUnixMs: this.#options.nowMs(), reason }, this.#stand()];
    if (agents.length === 0) this.#fleetPull = pull;
    for (const id of agents) this.#agentPulls.set(id, pull);
    this.#tellAll(agents);
    await this.#write(actor, 'rip-cord.pull', agents, reason, before);
    return ok(this.state());
  }

  /** No agents named: every cord that the server holds. */
  async release(agents: readonly string[], reason: string, actor: Actor): Promise<Result<RipCordState, Problem>> {
    const unknown = this.#unknown(agents);
    if (unknown !== null) return unknown;
    if (agents.length > 0 && this.#fleetPull !== null) return refuse('rip-cord.pulled', `It is pulled for the whole fleet, by ${this.#fleetPull.by}: it can only be released for all at once.`);
    if (agents.length === 0 ? this.#fleetPull === null && this.#agentPulls.size === 0 : !agents.some((id) => this.#agentPulls.has(id))) return refuse('rip-cord.not-pulled', 'The rip cord is not pulled there by this server.');
    const before = this.#stand();
    if (agents.length === 0) { this.#fleetPull = null; this.#agentPulls.clear(); }
    for (const id of agents) this.#agentPulls.delete(id);
    this.#tellAll(agents);
    await this.#write(actor, 'rip-cord.release', agents, reason, before);
    return ok(this.state());
  }

  state(): RipCordState {
    const agents = this.#options.fleet.agents.filter(({ report, id }) => report.weir || this.#agentPulls.has(id));
    return { fleet: this.#fleetPull, agents: agents.map((agent) => ({ agent: { id: agent.id, name: agent.name, connected: agent.connection !== null }, ordered: this.pullOf(agent.id), report: this.#reports.get(agent.id) ?? null })) };
  }

  #unknown(agents: readonly string[]): Result<never, Problem> | null {
    const missing = agents.find((id) => this.#options.fleet.find(id) === null);
    return missing === undefined ? null : refuse('agent.unknown', `There is no agent with the id "${missing}".`);
  }

  #tellAll(agents: readonly string[]): void {
    for (const agent of this.#options.fleet.connectedWeirAgents) if (agents.length === 0 || agents.includes(agent.id)) this.#tell(agent);
  }

  #tell(agent: Agent): void {
    const pull = this.pullOf(agent.id);
    const order: RipCordOrder = pull === null ? { pulled: false, by: 'server', atUnixMs: this.#options.nowMs(), reason: '' } : { pulled: true, by: pull.by, atUnixMs: pull.atUnixMs, reason: pull.reason };
    this.#options.fleet.sendCustom(agent, key, order);
  }

  #receive(agent: Agent, data: Uint8Array): void {
    const report = readJson(ripCordReport, data);
    if (report === null) return;
    const before = this.#reports.get(agent.id);
    this.#reports.delete(agent.id);
    this.#reports.set(agent.id, report);
    if (this.#reports.size > maxReports) this.#reports.delete(this.#reports.keys().next().value!);
    // Pulled by hand on the machine: nobody here knows of it yet.
    const [own, known] = [report, before].map((one) => one?.pulls.find(({ from }) => from === 'machine') ?? null);
    if (own?.atUnixMs !== known?.atUnixMs) this.#audit({ user: `agent:${agent.name}` }, own == null ? 'rip-cord.release' : 'rip-cord.pull', `agent:${agent.id}`, { by: own?.by ?? known?.by, reason: own?.reason ?? '' });
  }

  #stand(): Stand { return { fleet: this.#fleetPull, agents: Object.fromEntries(this.#agentPulls) }; }

  #write(actor: Actor, action: string, agents: readonly string[], reason: string, before: Stand): Promise<void> {
    const after = this.#stand();
    const names = agents.map((id) => this.#options.fleet.find(id)?.name ?? id);
    return this.#serial.run(() => this.#options.store.transaction(async (parts) => {
      await parts.settings.set(key, JSON.stringify(after));
      await record(parts, actor, new Date(this.#options.nowMs()).toISOString(), { action, subject: 'fleet', before, after, more: { agents: names.length === 0 ? 'all' : names, reason } });
    }));
  }

  #audit(actor: Actor, action: string, subject: string, after: object): void {
    this.#serial.run(() => this.#options.store.transaction((parts) => record(parts, actor, new Date(this.#options.nowMs()).toISOString(), { action, subject, before: null, after }))).catch(this.#options.onError);
  }
}
