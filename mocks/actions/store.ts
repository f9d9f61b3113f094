// The action runs of the mock backend. Progress is worked out when somebody asks: a run that has had its time is done.
import type { ActionRun, ActionState, Artifact, StartAction } from '../../src/model/index.ts';
import type { MockBackend } from '../backend.ts';
import { mockAgents } from '../agents.ts';
import { recordingOf } from '../artifacts/index.ts';
import { commandOutput, configOf, stateOf } from '../artifacts/files.ts';
import { briefProfile } from '../artifacts/profiles.ts';
import { madeCapture } from '../artifacts/packets.ts';
import type { MadeMeta } from '../artifacts/store.ts';
import { mockProcesses } from './processes.ts';

interface Run { run: ActionRun; readonly lengthMs: number }
const defaultMs = 2000;

export class MockActions {
  readonly #backend: MockBackend;
  readonly #runs: Run[] = [];
  /** Recorders that a person stopped. */
  readonly stopped = new Set<string>();
  #next = 1;

  constructor(backend: MockBackend) { this.#backend = backend; }

  async list(): Promise<readonly ActionRun[]> {
    for (const entry of this.#runs) await this.#advance(entry);
    return this.#runs.map(({ run }) => run);
  }
  async find(id: string): Promise<ActionRun | undefined> { return (await this.list()).find(run => run.id === id); }

  cancel(id: string): ActionRun | undefined {
    const entry = this.#runs.find(({ run }) => run.id === id);
    if (entry === undefined) return undefined;
    entry.run = { ...entry.run, state: 'cancelled', finishedUnixMs: this.#backend.clock(), progress: { share: null, text: 'Cancelled' } };
    return entry.run;
  }

  start({ agent, action, target = null, parameters = {}, incident = null, reason = '' }: StartAction, more: Partial<ActionRun> = {}): ActionRun | null {
    const found = mockAgents(this.#backend).find(({ id }) => id === agent);
    if (found === undefined) return null;
    const now = this.#backend.clock();
    const process = mockProcesses(agent, now).processes.find(({ pid }) => pid === target?.pid);
    const lengthMs = typeof parameters['durationMs'] === 'number' ? parameters['durationMs'] : defaultMs;
    const run: ActionRun = {
      id: `run-${this.#next++}`, action, state: 'running', asker: { kind: 'person', name: 'you', id: null }, incident, process: process === undefined ? null : { pid: process.pid, startTicks: process.startTicks, name: process.name, service: process.service },
      parameters, requestedUnixMs: now, startedUnixMs: now, finishedUnixMs: null, progress: { share: 0, text: 'Starting' }, why: null, figures: {}, notes: [], artifacts: [], agent: { id: found.id, name: found.name, connected: found.connected }, reason, ...more,
    };
    this.#runs.unshift({ run, lengthMs });
    return run;
  }

  async #advance(entry: Run): Promise<void> {
    const { run, lengthMs } = entry;
    if (run.state !== 'running') return;
    const spent = this.#backend.clock() - (run.startedUnixMs ?? 0);
    if (spent < lengthMs) { entry.run = { ...run, progress: { share: spent / lengthMs, text: `${(spent / 1000).toFixed(1)} of ${(lengthMs / 1000).toFixed(0)} s` } }; return; }
    entry.run = { ...run, state: 'done' };
    const artifact = await this.#result(run);
    const figures: Record<string, number> = run.action === 'cpu-sample' ? { samples: Math.round(lengthMs), pauseMs: 41 } : run.action === 'memory-dump' ? { pauseMs: 6120, stoppedMs: 6120 } : {};
    entry.run = { ...run, state: 'done', finishedUnixMs: (run.startedUnixMs ?? 0) + lengthMs, progress: { share: 1, text: 'Done' }, figures: { ...figures, ...(artifact !== null && { bytes: artifact.bytes }) }, artifacts: artifact === null ? [] : [artifact] };
  }

  async #result(run: ActionRun): Promise<Artifact | null> {
    if (run.action === 'stop-recorder') { this.stopped.add(String(run.parameters['recorder'])); return null; }
    if (run.action === 'start-recorder') { this.stopped.delete(String(run.parameters['recorder'])); return null; }
    const at = this.#backend.clock();
    const made = makes(run, at);
    if (made === null) return null;
    const [meta, read] = made;
    return this.#backend.artifacts.add({ ...meta, action: run.id, incident: run.incident, service: run.process?.service ?? null, process: run.process }, read, { agent: { id: run.agent.id, name: run.agent.name } });
  }

  /** What was there when the console opened. */
  add(wish: StartAction, state: ActionState, more: Partial<ActionRun>): void { this.start(wish, { state, ...more }); }
}

function makes(run: ActionRun, atMs: number): readonly [MadeMeta, () => Uint8Array | Promise<Uint8Array>] | null {
  const who = run.process?.service ?? run.agent.name;
  switch (run.action) {
    case 'cpu-sample': return [{ kind: 'cpu-profile', format: 'cpuprofile', name: `${who}.cpuprofile`, summary: `CPU sample of ${who}` }, briefProfile];
    case 'collect-recorder': return [{ kind: 'recorder', format: 'otlp-frames', name: `${String(run.parameters['recorder'])}.weirrec`, summary: `Flight recorder ${String(run.parameters['recorder'])}, 6 s`, fromUnixMs: atMs - 6000, toUnixMs: atMs }, () => recordingOf(atMs)];
    case 'collect-config': return [{ kind: 'config', format: 'json', name: `${who}-config.json`, summary: `Configuration of ${who}` }, () => configOf(run.agent.name, 'exhaustive', 8)];
    case 'collect-state': return [{ kind: 'state', format: 'json', name: `${who}-state.json`, summary: `State of ${who}` }, () => stateOf(run.process?.pid ?? 1)];
    case 'packet-capture': return [{ kind: 'packet-capture', format: 'pcapng', name: `${who}.pcapng`, summary: `Packets on ${run.agent.name}`, sensitive: true }, () => madeCapture(atMs - 3000)];
    case 'diagnostic-command': return [{ kind: 'command-output', format: 'text', name: 'output.txt', summary: String(run.parameters['command']) }, commandOutput];
    default: return null;
  }
}
