// The fleet: who is connected, what each agent last said, what all should run, and what they measure together.
import { weirCapability, type AgentConfig, type AgentId, type AgentStatus } from '../../model/index.ts';
import { serverCapabilities, type AgentToServer, type Draft, type ServerToAgent } from '../../model/opamp/index.ts';
import type { AgentStore } from '../store/index.ts';
import { Agent, type AgentConnection } from './agent.ts';
import { updateReport } from './agent-report.ts';
import { FleetSeries } from './fleet-series.ts';
import { intend, type IntendedConfig } from './intended-config.ts';
import { RuleBook } from './rule-book.ts';
import { stepBetween } from './status-delta.ts';
import { TalkerSeries } from './talker-series.ts';
import { TargetedAgents } from './targets.ts';

export interface FleetOptions {
  readonly store: AgentStore;
  readonly nowMs: () => number;
  /** A store that fails must not stop the fleet; somebody should read of it. */
  readonly onError: (error: unknown) => void;
  /** 32 random bits. */
  readonly u32: () => number;
}

export interface FleetMark { readonly t: number; readonly label: string }
const maxMarks = 200;
/** An agent that was heard within this time lives; Weir's own report every second. */
const livingMs = 3000;

export class Fleet {
  readonly series = new FleetSeries();
  readonly talkers = new TalkerSeries();
  readonly ruleBook = new RuleBook();
  readonly targeted = new TargetedAgents();
  readonly marks: FleetMark[] = [];
  intended: IntendedConfig = intend({ version: 1, revision: 0, rules: [] });
  readonly #options: FleetOptions;
  readonly #agents = new Map<AgentId, Agent>();
  readonly #listeners = new Set<() => void>();
  /** Grows with everything that agents say and that is meant for them. */
  stamp = 0;
  #saving: Promise<void> = Promise.resolve();
  #stopped = false;
  readonly #ready = new Set<(agent: Agent) => void>();
  readonly #statuses = new Set<(agent: Agent, status: AgentStatus) => void>();
  readonly #customs = new Set<(agent: Agent, type: string, data: Uint8Array) => void>();
  readonly #applied = new Set<(agent: Agent, config: AgentConfig) => void>();
  readonly #published = new Set<(config: AgentConfig) => void>();

  constructor(options: FleetOptions) { this.#options = options; }

  /** Agents of earlier runs, all away until they call. */
  async load(): Promise<void> {
    for (const stored of await this.#options.store.list()) this.#agents.set(stored.id, new Agent(stored));
  }

  get agents(): readonly Agent[] { return [...this.#agents.values()]; }
  get connectedWeirAgents(): readonly Agent[] { return this.agents.filter((agent) => agent.connection !== null && agent.report.weir); }
  find(id: string): Agent | null { return this.#agents.get(id as AgentId) ?? null; }

  /** Writes down who was connected; nothing is stored afterwards, so that the store can close. */
  async stop(): Promise<void> {
    for (const agent of this.agents) if (agent.connection !== null) this.#save(agent);
    this.#stopped = true;
    await this.#saving;
  }

  /** Called when an agent came, left or became a Weir agent. Gives the way to stop. */
  onChange(listener: () => void): () => void { this.#listeners.add(listener); return () => this.#listeners.delete(listener); }
  /** Called when a Weir agent can take custom messages. */
  onReady(listener: (agent: Agent) => void): () => void { this.#ready.add(listener); return () => this.#ready.delete(listener); }

  /** Called with each status report of a Weir agent. */
  onStatus(listener: (agent: Agent, status: AgentStatus) => void): () => void { this.#statuses.add(listener); return () => this.#statuses.delete(listener); }

  /** Called with each custom message of a Weir agent that is no status report, as its bytes came. */
  onCustom(listener: (agent: Agent, type: string, data: Uint8Array) => void): () => void { this.#customs.add(listener); return () => this.#customs.delete(listener); }

  /** Called when an agent says that it has applied the newest configuration, and when it comes back with it. */
  onApplied(listener: (agent: Agent, config: AgentConfig) => void): () => void { this.#applied.add(listener); return () => this.#applied.delete(listener); }

  /** Called with each configuration before any agent gets it. */
  onPublish(listener: (config: AgentConfig) => void): () => void { this.#published.add(listener); return () => this.#published.delete(listener); }

  /** Every connected agent gets it now; the others when they call. */
  publish(config: AgentConfig): void {
    for (const listener of this.#published) listener(config);
    this.intended = intend(config);
    this.stamp++;
    for (const agent of this.connectedWeirAgents) this.#offerTo(agent);
  }

  /** Another uid for an agent whose own belongs to somebody else who is alive, as when a machine's disk was cloned; null when it
   *  may have this one. A process that calls again, or a new one after the old has died, keeps it. */
  otherUid(id: AgentId, greeting: AgentToServer): Uint8Array | null {
    const holder = this.find(id);
    if (holder === null || holder.connection === null || greeting.agentDescription === undefined) return null;
    const living = this.#options.nowMs() - Date.parse(holder.lastSeenAt) < livingMs;
    if (!living || processOf(updateReport(holder.report, greeting, holder.lastSeenAt)) === processOf(holder.report)) return null;
    this.#mark(`${holder.name}: a second agent had its id and got another`);
    return Buffer.from(Uint32Array.from({ length: 4 }, this.#options.u32).buffer);
  }

  /** Makes the agent known and reachable; a connection that it had before is closed, for the newest is the living one. */
  connect(id: AgentId, connection: AgentConnection): Agent {
    const agent = this.#agents.get(id) ?? this.#newcomer(id);
    const old = agent.connection;
    agent.connection = connection;
    this.stamp++;
    agent.lastSeenAt = this.#now();
    old?.close('This agent has connected again.');
    return agent;
  }

  disconnect(agent: Agent, connection: AgentConnection): void {
    if (agent.connection !== connection) return;
    agent.connection = null;
    this.stamp++;
    agent.lastSeenAt = this.#now();
    if (agent.report.weir) this.#mark(`${agent.name} away`);
    this.#save(agent);
    this.#changed();
  }

  /** One message of a connected agent. `greeting` is the first of its connection. */
  receive(agent: Agent, message: AgentToServer, greeting: boolean): void {
    agent.lastSeenAt = this.#now();
    const before = agent.report;
    agent.report = updateReport(before, message, agent.lastSeenAt);
    this.stamp++;
    if (greeting || agent.report !== before) this.#save(agent);
    const becameReady = agent.report.weir && (greeting || !before.weir);
    if (becameReady) this.#welcome(agent);
    // Said anew at length, as when it lost its files: what it says it runs may be old.
    else if (message.remoteConfigStatus !== undefined && message.agentDescription !== undefined) this.#offerIfStale(agent);
    if (greeting || becameReady) this.#changed();
    if (message.remoteConfigStatus !== undefined) this.#noteApplied(agent);
  }

  receiveCustom(agent: Agent, type: string, data: Uint8Array): void {
    for (const listener of this.#customs) listener(agent, type, data);
  }

  receiveStatus(agent: Agent, status: AgentStatus): void {
    const madeMs = agent.placeStatus(status, this.#options.nowMs());
    const before = agent.status;
    const step = stepBetween(before, status, madeMs);
    if (step !== null) this.series.add(step, status.process);
    if (step?.restarted) this.#mark(`${agent.name} restarted`);
    this.talkers.add(before, status, madeMs);
    this.ruleBook.add(agent.id, before, status, step, this.intended.config);
    agent.noteStatus(status, madeMs);
    this.stamp++;
    for (const listener of this.#statuses) listener(agent, status);
  }

  /** False when the agent is away. */
  sendCustom(agent: Agent, type: string, content: unknown): boolean {
    if (agent.connection === null) return false;
    this.send(agent, { customMessage: { capability: weirCapability, type, data: Buffer.from(JSON.stringify(content)) } });
    return true;
  }

  send(agent: Agent, message: Draft<ServerToAgent>): void {
    const capabilities = serverCapabilities.acceptsStatus | serverCapabilities.offersRemoteConfig | serverCapabilities.acceptsEffectiveConfig;
    agent.connection?.send({ instanceUid: Buffer.from(agent.id, 'hex'), capabilities, ...message });
  }

  #welcome(agent: Agent): void {
    this.#mark(`${agent.name} connected`);
    this.send(agent, { customCapabilities: { capabilities: [weirCapability] } });
    this.#offerIfStale(agent);
    for (const listener of this.#ready) listener(agent);
  }

  #noteApplied(agent: Agent): void {
    const { configStatus, configHash } = agent.report;
    if (configStatus === 'applied' && configHash === this.intended.hash) for (const listener of this.#applied) listener(agent, this.intended.config);
  }

  /** What it refused in an earlier life is offered again: another version of the agent may take it. */
  #offerIfStale(agent: Agent): void {
    const { configHash, configStatus } = agent.report;
    if (configHash !== this.intended.hash || configStatus === 'failed') this.#offerTo(agent);
  }

  #offerTo(agent: Agent): void { if (agent.takesConfig) this.send(agent, { remoteConfig: this.intended.offer }); }

  #newcomer(id: AgentId): Agent {
    const ordinal = 1 + Math.max(0, ...this.agents.map((agent) => agent.ordinal));
    const now = this.#now();
    const agent = new Agent({ id, ordinal, firstSeenAt: now, lastSeenAt: now, report: null });
    this.#agents.set(id, agent);
    return agent;
  }

  #mark(label: string): void {
    this.marks.push({ t: this.#options.nowMs(), label });
    if (this.marks.length > maxMarks) this.marks.shift();
  }

  #changed(): void { for (const listener of this.#listeners) listener(); }

  #save(agent: Agent): void {
    if (this.#stopped) return;
    this.#saving = this.#saving.then(() => this.#options.store.put(agent.toStored())).catch(this.#options.onError);
  }

  #now(): string { return new Date(this.#options.nowMs()).toISOString(); }
}

/** What tells two processes apart that call themselves by one uid. */
const processOf = ({ attributes }: Agent['report']): string => JSON.stringify([attributes['host.name'], attributes['process.pid']]);
