// Actions as the server sees them: sends them to agents, keeps what agents say of them, and says what became of those that nobody speaks
// of any more. Whether one may run is the agent's decision alone (its limits, its preconditions, its allow-list).
import { ok, type Result } from '../../base/index.ts';
import { actionParameters, actionPreviewResult, actionReport, processesReport, type ActionAsker, type ActionPreview, type ActionProblem, type ActionReport, type ActionRequest, type ActionRun, type ProcessesReport, type StartAction } from '../../model/index.ts';
import { record, type Actor } from '../audit/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';
import { invalid, refuse, type Problem } from '../http/problem.ts';
import { Serial } from '../ports/serial.ts';
import type { RunFilter, Store, StoredArtifact, StoredRun } from '../store/index.ts';
import { Asks, away } from './asks.ts';
import { keptRuns, maxReportBytes, maxUnfinishedPerAgent, maxWaitingReports, previewTimeoutMs, processesTimeoutMs, silentMs, uploadingMs } from './bounds.ts';
import { readJson } from './read-json.ts';

export interface ActionOptions { readonly fleet: Fleet; readonly store: Store; readonly nowMs: () => number; readonly newId: () => string; readonly onError: (error: unknown) => void }
export type ActionOrder = Required<Pick<ActionRequest, 'action' | 'target' | 'parameters' | 'incident' | 'force'>> & { readonly agent: string; readonly reason: string; readonly asker: ActionAsker };

const overStates: readonly ActionReport['state'][] = ['done', 'failed', 'cancelled', 'refused'];
export const isOver = ({ state }: Pick<ActionReport, 'state'>): boolean => overStates.includes(state);
/** What the server itself said of a run that nobody spoke of; the agent's own word, when it comes after all, stands. */
const silentCode = 'action.no-report';
const maxReason = 500;

export class ActionService {
  readonly asks: Asks;
  readonly #options: ActionOptions;
  readonly #serial = new Serial();
  /** Runs that are not over, by id. */
  readonly #unfinished = new Map<string, StoredRun>();
  /** When an agent last spoke of a run, or could have begun to. */
  readonly #heardMs = new Map<string, number>();
  /** Reports that wait to be written down, by agent and run. */
  readonly #waiting = new Map<string, ActionReport>();
  readonly #changes = new Set<(run: StoredRun, before: StoredRun | null) => Promise<void>>();
  /** Reports that could not be read, or were of somebody else's run. */
  refusedReports = 0;

  constructor(options: ActionOptions) {
    this.#options = options;
    this.asks = new Asks(options.fleet, options.newId);
  }

  async load(): Promise<void> {
    const { fleet, store, nowMs } = this.#options;
    for (const run of await store.actions.unfinished()) { this.#unfinished.set(run.report.id, run); this.#heardMs.set(run.report.id, nowMs()); }
    fleet.onCustom((agent, type, data) => { if (type === 'action.report') this.#receive(agent, data); });
    fleet.onReady((agent) => { for (const [id, run] of this.#unfinished) if (run.agent.id === agent.id) this.#heardMs.set(id, nowMs()); });
  }

  async stop(): Promise<void> {
    this.asks.end();
    await this.settled();
  }

  /** When all reports that have come are written down. */
  settled(): Promise<void> { return this.#serial.run(() => Promise.resolve()); }

  /** Called inside the order of reports with each run that is new or changed. */
  onChange(listener: (run: StoredRun, before: StoredRun | null) => Promise<void>): () => void { this.#changes.add(listener); return () => this.#changes.delete(listener); }

  /** A Weir agent that is connected. */
  agent(id: string): Result<Agent, Problem> {
    const agent = this.#options.fleet.find(id);
    if (agent === null) return refuse('agent.unknown', `There is no agent with the id "${id}".`);
    if (!agent.report.weir && agent.connection !== null) return refuse('agent.not-weir', `${agent.name} is an OpAMP agent that is not Weir's.`);
    return agent.connection === null ? { ok: false, error: away(agent) } : ok(agent);
  }

  /** Sends it on its way; what the agent makes of it comes as reports. */
  async start(order: ActionOrder, actor: Actor): Promise<Result<StoredRun, Problem>> {
    const parameters = actionParameters[order.action].safeParse(order.parameters);
    if (!parameters.success) return { ok: false, error: invalid(parameters.error, 'parameters') };
    const agent = this.agent(order.agent);
    if (!agent.ok) return agent;
    const { action, target, incident, asker, force, reason } = order;
    if (incident !== null && await this.#options.store.incidents.get(incident) === null) return refuse('incident.unknown', `There is no incident with the id "${incident}".`);
    const request: ActionRequest = { id: this.#options.newId(), action, target, parameters: parameters.data, asker, incident, force };
    const run: StoredRun = { report: this.#waitingReport(request), agent: nameOf(agent.value), reason: reason.slice(0, maxReason) };
    return this.#serial.run(async () => {
      await this.#keep(run, null, actor, force);
      this.#options.fleet.sendCustom(agent.value, 'action.run', request);
      return ok(run);
    });
  }

  #waitingReport({ id, action, asker, incident, parameters }: ActionRequest): ActionReport {
    return { id, action, state: 'waiting', asker, incident, process: null, parameters, requestedUnixMs: this.#options.nowMs(), startedUnixMs: null, finishedUnixMs: null, progress: { share: null, text: 'On its way to the agent' }, why: null, figures: {}, notes: [], artifacts: [] };
  }

  async cancel(id: string, reason: string, actor: Actor): Promise<Result<StoredRun, Problem>> {
    const { store, fleet, nowMs } = this.#options;
    const run = await store.actions.get(id);
    if (run === null) return unknown(id);
    if (isOver(run.report)) return refuse('action.over', `This ${run.report.action} is over: it is ${run.report.state}.`);
    const agent = this.agent(run.agent.id);
    if (!agent.ok) return agent;
    await store.transaction((parts) => record(parts, actor, new Date(nowMs()).toISOString(), { action: 'action.cancel', subject: `action:${id}`, before: { state: run.report.state }, after: { agent: run.agent.name, action: run.report.action, reason } }));
    fleet.sendCustom(agent.value, 'action.cancel', { id });
    return ok(run);
  }

  async preview(agentId: string, content: Pick<StartAction, 'action' | 'target' | 'parameters'>): Promise<Result<ActionPreview, Problem>> {
    const agent = this.agent(agentId);
    if (!agent.ok) return agent;
    const parameters = actionParameters[content.action].safeParse(content.parameters ?? {});
    if (!parameters.success) return { ok: false, error: invalid(parameters.error, 'parameters') };
    const answered = await this.asks.ask(agent.value, { type: 'action.preview', content: { ...content, parameters: parameters.data }, answerType: 'action.preview-result', answer: actionPreviewResult, timeoutMs: previewTimeoutMs });
    return answered.ok ? ok(answered.value.preview) : answered;
  }

  async processes(agentId: string): Promise<Result<ProcessesReport, Problem>> {
    const agent = this.agent(agentId);
    return agent.ok ? this.asks.ask(agent.value, { type: 'processes.list', content: {}, answerType: 'processes.report', answer: processesReport, timeoutMs: processesTimeoutMs }) : agent;
  }

  async list(filter: RunFilter, limit: number): Promise<{ readonly actions: ActionRun[]; readonly more: number }> {
    const { runs, count } = await this.#options.store.actions.list(filter, limit);
    return { actions: runs.map((run) => this.shown(run)), more: Math.max(0, count - runs.length) };
  }

  async get(id: string): Promise<Result<ActionRun, Problem>> {
    const run = await this.#options.store.actions.get(id);
    return run === null ? unknown(id) : ok(this.shown(run));
  }

  shown = ({ report, agent, reason }: StoredRun): ActionRun => ({ ...report, reason, agent: { ...agent, connected: this.#options.fleet.find(agent.id)?.connection != null } });

  /** An incident takes runs of a net in that belong to none. */
  join(incident: string, ids: readonly string[]): Promise<void> {
    return this.#serial.run(async () => {
      for (const id of ids) {
        const run = await this.#options.store.actions.get(id);
        if (run !== null && run.report.incident === null) await this.#keep({ ...run, report: { ...run.report, incident } }, run);
      }
    });
  }

  /** An artifact has arrived: a run that only waits for its artifacts may be done, although its agent was restarted meanwhile. */
  noteArtifact({ meta: { action } }: StoredArtifact): void {
    const run = action === null ? undefined : this.#unfinished.get(action);
    if (run?.report.state === 'uploading') this.#later(async () => { await this.#doneIfAllAreHere(run.report.id); });
  }

  async #doneIfAllAreHere(id: string): Promise<void> {
    const { store, nowMs } = this.#options;
    const run = this.#unfinished.get(id);
    if (run?.report.state !== 'uploading') return;
    const there = await Promise.all(run.report.artifacts.map((meta) => store.artifacts.get(meta.id)));
    if (there.every((artifact) => artifact !== null && artifact.state !== 'uploading'))
      await this.#keep({ ...run, report: { ...run.report, state: 'done', finishedUnixMs: run.report.finishedUnixMs ?? nowMs(), progress: { share: 1, text: 'Its artifacts are here' } } }, run);
  }

  #receive(agent: Agent, data: Uint8Array): void {
    const report = data.length > maxReportBytes ? null : readJson(actionReport, data);
    if (report === null || this.#waiting.size >= maxWaitingReports) { this.refusedReports += 1; return; }
    if (this.#unfinished.has(report.id)) this.#heardMs.set(report.id, this.#options.nowMs());
    // Each is the whole truth, so only the newest of a run is worth writing.
    const key = `${agent.id} ${report.id}`;
    const isQueued = this.#waiting.has(key);
    this.#waiting.set(key, report);
    if (!isQueued) this.#later(async () => { const newest = this.#waiting.get(key) ?? report; this.#waiting.delete(key); await this.#take(agent, newest); });
  }

  async #take(agent: Agent, report: ActionReport): Promise<void> {
    const { store } = this.#options;
    const before = this.#unfinished.get(report.id) ?? await store.actions.get(report.id);
    if (!this.#mayTake(agent, report, before)) { this.refusedReports += 1; return; }
    if (before !== null && isOver(before.report) && !isSilence(before.report.why)) return;
    const incident = report.incident ?? before?.report.incident ?? await store.incidents.incidentOfAction(report.id);
    await this.#keep({ report: { ...report, incident }, agent: nameOf(agent), reason: before?.reason ?? reasonOf(report) }, before, actorOf(report, agent));
  }

  /** Never somebody else's run, and only so many that an agent began by itself. */
  #mayTake(agent: Agent, report: ActionReport, before: StoredRun | null): boolean {
    if (before !== null) return before.agent.id === agent.id && before.report.action === report.action;
    return [...this.#unfinished.values()].filter((run) => run.agent.id === agent.id).length < maxUnfinishedPerAgent;
  }

  /** Written down, and audited with its first sight. */
  async #keep(run: StoredRun, before: StoredRun | null, actor?: Actor, force = false): Promise<void> {
    const { store, nowMs } = this.#options;
    const { id, action, process, parameters, incident, state } = run.report;
    await store.transaction(async (parts) => {
      await parts.actions.put(run);
      if (before === null && actor !== undefined) await record(parts, actor, new Date(nowMs()).toISOString(), { action: 'action.start', subject: `action:${id}`, before: null, after: { agent: run.agent.name, action, process, parameters, incident, reason: run.reason, force } });
      if (before === null) await parts.actions.trim(keptRuns);
    });
    if (isOver(run.report)) { this.#unfinished.delete(id); this.#heardMs.delete(id); }
    else { this.#unfinished.set(id, run); if (!this.#heardMs.has(id)) this.#heardMs.set(id, nowMs()); }
    if (before === null || before.report.state !== state || before.report.incident !== incident) for (const listener of this.#changes) await listener(run, before);
  }

  /** Once a second: runs of connected agents that nobody speaks of. */
  tick(): void {
    const { fleet, nowMs } = this.#options;
    for (const [id, run] of this.#unfinished) {
      const quietMs = nowMs() - (this.#heardMs.get(id) ?? 0);
      if (fleet.find(run.agent.id)?.connection == null || quietMs < (run.report.state === 'uploading' ? uploadingMs : silentMs)) continue;
      this.#later(async () => {
        // It may have spoken meanwhile.
        if (this.#unfinished.get(id) === run) await this.#keep({ ...run, report: { ...run.report, state: 'failed', finishedUnixMs: nowMs(), why: silence(run) } }, run);
      });
    }
  }

  #later(work: () => Promise<void>): void { this.#serial.run(work).catch(this.#options.onError); }
}

const nameOf = ({ id, name }: Agent): StoredRun['agent'] => ({ id, name });
const unknown = (id: string) => refuse('action.unknown', `There is no action with the id "${id}".`);
const isSilence = (why: ActionProblem | null): boolean => why?.code === silentCode;
const actorOf = ({ asker }: ActionReport, agent: Agent): Actor => ({ user: `${asker.kind}:${asker.name} (${agent.name})` });
const reasonOf = ({ asker }: ActionReport): string => `Started by the ${asker.kind === 'net' ? 'net' : asker.kind} ${asker.name}`.slice(0, maxReason);

function silence({ report, agent }: StoredRun): ActionProblem {
  const [message, help] = report.state === 'waiting'
    ? [`${agent.name} is connected and never said that it began.`, 'Start it again; if it stays so, update the agent: an older version knows no actions.']
    : report.state === 'uploading' ? [`${agent.name} finished it, and its artifacts did not arrive within a day.`, 'Look at the free space and the log of the agent, and start it again.']
      : [`${agent.name} began it, went away, and came back without it: the agent was restarted.`, 'Start it again.'];
  return { code: silentCode, message, help };
}
