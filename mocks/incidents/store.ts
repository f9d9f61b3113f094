// Incidents of the mock backend, in memory: opened by a person, by the net of the shop, and one that was brought as a bundle. Their
// actions and artifacts are the mock's own, so that both views show the same.
import type { ActionRun, Artifact, CollectPlan, Incident, IncidentDetail, IncidentEntry, IncidentRates } from '../../src/model/index.ts';
import { mockProcesses } from '../actions/processes.ts';
import { mockAgents } from '../agents.ts';
import type { MockBackend } from '../backend.ts';
import { actionText, entryOf } from './entries.ts';

type Kept = Omit<Incident, 'actions' | 'artifacts' | 'artifactBytes'> & { readonly entries: IncidentEntry[]; /** Runs and artifacts that are its own though they do not name it. */ readonly joined: (run: ActionRun) => boolean; readonly joinedArtifact: (artifact: Artifact) => boolean };
export type NewIncident = Pick<Incident, 'title'> & Partial<Pick<Kept, 'id' | 'openedAt' | 'closedAt' | 'openedBy' | 'triggers' | 'agents' | 'services' | 'imported' | 'joined' | 'joinedArtifact'>>;

const stepMs = 5000;
const never = (): boolean => false;
const failed: readonly ActionRun['state'][] = ['failed', 'cancelled', 'refused'];

export class MockIncidents {
  readonly #backend: MockBackend;
  readonly #kept: Kept[] = [];
  #next = 140;

  constructor(backend: MockBackend) { this.#backend = backend; }

  add({ title, ...more }: NewIncident): string {
    const now = this.#now();
    const number = this.#next++;
    const kept: Kept = { id: `incident-${number}`, number, title, openedAt: now, closedAt: null, openedBy: { kind: 'person', name: 'you', rule: null }, agents: [], services: [], triggers: 0, imported: null, entries: [], joined: never, joinedArtifact: never, ...more, state: more.closedAt == null ? 'open' : 'closed' };
    this.#kept.unshift(kept);
    this.write(kept.id, 'opened', `Opened by ${kept.openedBy.kind === 'net' ? `net ${kept.openedBy.name}` : kept.openedBy.name}`, { at: kept.openedAt, by: kept.openedBy.name });
    return kept.id;
  }

  write(id: string, kind: IncidentEntry['kind'], text: string, more: Partial<IncidentEntry> = {}): void {
    const kept = this.#find(id);
    kept?.entries.push(entryOf(`${kind}:${id}:${kept.entries.length}`, more.at ?? this.#now(), kind, text, more));
  }

  has(id: string): boolean { return this.#find(id) !== undefined; }
  change(id: string, change: { readonly title?: string | undefined; readonly state?: Incident['state'] | undefined }): void {
    const kept = this.#find(id);
    if (kept === undefined) return;
    Object.assign(kept, { title: change.title ?? kept.title });
    if (change.state === undefined || change.state === kept.state) return;
    Object.assign(kept, { state: change.state, closedAt: change.state === 'closed' ? this.#now() : null });
    this.write(id, change.state === 'closed' ? 'closed' : 'reopened', change.state === 'closed' ? 'Closed' : 'Reopened', { by: 'you' });
  }

  /** One action for each recorder, and for each process of the chosen services. */
  collect(id: string, { agents, services, recorders, cpuMs, state, config, heap }: CollectPlan): void {
    const kept = this.#find(id);
    for (const agent of mockAgents(this.#backend).filter(each => agents.includes(each.id))) {
      const start = (action: ActionRun['action'], parameters: Readonly<Record<string, unknown>>, pid?: number): void => { this.#backend.actions.start({ agent: agent.id, action, parameters: { ...parameters }, ...(pid !== undefined && { target: { pid } }), incident: id }, { asker: { kind: 'incident', name: `#${kept?.number ?? 0}`, id } }); };
      kept?.agents.push(...(kept.agents.includes(agent.name) ? [] : [agent.name]));
      if (recorders) for (const { name } of agent.status?.recorders ?? []) start('collect-recorder', { recorder: name });
      for (const process of mockProcesses(agent.id, this.#backend.clock()).processes) {
        if (process.isWeir || process.service === null || (services.length > 0 && !services.includes(process.service))) continue;
        if (kept?.services.includes(process.service) === false) kept.services.push(process.service);
        if (cpuMs !== null) start('cpu-sample', { durationMs: cpuMs }, process.pid);
        if (state) start('collect-state', {}, process.pid);
        if (config) start('collect-config', {}, process.pid);
        if (heap) start('memory-dump', {}, process.pid);
      }
    }
  }

  async list(): Promise<readonly Incident[]> {
    const shown = await Promise.all(this.#kept.map(kept => this.#shown(kept)));
    return shown.toSorted((a, b) => (a.state === b.state ? (a.openedAt < b.openedAt ? 1 : -1) : a.state === 'open' ? -1 : 1));
  }

  async incident(id: string): Promise<Incident | null> { const kept = this.#find(id); return kept === undefined ? null : this.#shown(kept); }

  async detail(id: string): Promise<IncidentDetail | null> {
    const kept = this.#find(id);
    if (kept === undefined) return null;
    const [actions, artifacts] = [await this.#runs(kept), this.#artifacts(kept)];
    const of = actions.map(run => entryOf(`action:${run.id}`, this.#backend.iso(run.requestedUnixMs), 'action', actionText(run), { agent: run.agent.name, action: run.id, by: run.asker.name }));
    const came = artifacts.filter(({ state }) => state === 'stored').map(artifact => entryOf(`artifact:${artifact.id}`, artifact.storedAt ?? kept.openedAt, 'artifact', `${artifact.name}: ${artifact.summary}`, { agent: artifact.agent?.name ?? null, artifact: artifact.id }));
    const deployed = kept.imported !== null ? [] : this.#backend.store.deployedRules().filter(({ sinceMs }) => sinceMs >= Date.parse(kept.openedAt) - 600_000 && sinceMs <= Date.parse(kept.closedAt ?? this.#now())).map(({ id: rule, version, document, sinceMs, mode }) => entryOf(`deployment:${rule}`, this.#backend.iso(sinceMs), 'deployment', `${document.name} v${version} deployed${mode === 'shadow' ? ' in shadow' : ''}`, { by: 'you', rule }));
    return { incident: await this.#shown(kept), timeline: [...kept.entries, ...of, ...came, ...deployed].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), actions: [...actions], artifacts: [...artifacts] };
  }

  rates(id: string): IncidentRates | null {
    const kept = this.#find(id);
    if (kept === undefined) return null;
    if (kept.imported !== null) return { stepMs, times: [], received: [], sent: [], removed: [] };
    const from = Math.floor((Date.parse(kept.openedAt) - 300_000) / stepMs) * stepMs;
    const to = Math.min(this.#backend.clock(), Date.parse(kept.closedAt ?? this.#now()) + 60_000);
    const times = Array.from({ length: Math.max(0, Math.floor((to - from) / stepMs)) }, (_, i) => from + i * stepMs);
    const points = times.map(t => this.#backend.point(t));
    return { stepMs, times, received: points.map(point => point.in), sent: points.map(point => point.out), removed: points.map(point => point.in - point.out) };
  }

  async #shown(kept: Kept): Promise<Incident> {
    const { entries: _entries, joined: _joined, joinedArtifact: _joinedArtifact, ...shown } = kept;
    const [runs, artifacts] = [await this.#runs(kept), this.#artifacts(kept)];
    const count = (of: (run: ActionRun) => boolean): number => runs.filter(of).length;
    const over = ({ state }: ActionRun): boolean => state === 'done' || failed.includes(state);
    return { ...shown, actions: { waiting: count(({ state }) => state === 'waiting'), running: count(run => !over(run) && run.state !== 'waiting'), done: count(({ state }) => state === 'done'), failed: count(({ state }) => failed.includes(state)) }, artifacts: artifacts.length, artifactBytes: artifacts.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  #find(id: string): Kept | undefined { return this.#kept.find(kept => kept.id === id); }
  #now(): string { return this.#backend.iso(this.#backend.clock()); }
  async #runs(kept: Kept): Promise<readonly ActionRun[]> { return (await this.#backend.actions.list()).filter(run => run.incident === kept.id || kept.joined(run)); }
  #artifacts(kept: Kept): readonly Artifact[] { return this.#backend.artifacts.kept.map(({ artifact }) => artifact).filter(artifact => artifact.incident === kept.id || kept.joinedArtifact(artifact)); }
}
