// Puts the parts together: from the ports of a program (an agent, a terminal) to a runner with all actions.
import { dirname, join } from 'node:path';
import { err, ok, type Failure, type Result } from '../../base/index.ts';
import type { ActionReport, ProcessesReport } from '../../model/index.ts';
import type { ArtifactSink } from '../artifacts/sink.ts';
import type { Files } from '../ports/index.ts';
import { type Proc, ProcessTable, type ServiceBook } from '../processes/index.ts';
import { packetCapture } from './capture/packet-capture.ts';
import { collectConfig } from './collect/collect-config.ts';
import { collectFiles } from './collect/collect-files.ts';
import { collectState } from './collect/collect-state.ts';
import type { RedactText } from './collect/text.ts';
import type { ActionTable } from './contract.ts';
import { cpuSample } from './cpu-sample.ts';
import { diagnosticCommand } from './diagnostic-command.ts';
import { heapSample } from './heap-sample.ts';
import type { Headroom } from './headroom.ts';
import { InspectorDoor, InspectorShares, StuckInspectors } from './inspector/index.ts';
import { ActionBook, adoptBook, BookLock, type Leftover, type Owner, readPolicy } from './limits/index.ts';
import { memoryDump } from './memory-dump.ts';
import { collectRecorder, type RecorderPort, startRecorder, stopRecorder } from './recorder-actions.ts';
import { ActionRunner } from './runner/index.ts';
import { Scratch } from './scratch.ts';
import { howToGet, knownTools, Rights, Tools } from './tools/index.ts';
import { verboseLogs, type VerbosePort } from './verbose-logs.ts';

export interface ActionPorts {
  /** Limits and leftovers (`action-claims.json`, `actions.json`). */
  readonly files: Pick<Files, 'read' | 'writeAtomically'>;
  /** Why nothing may run now, whatever the policy says (the rip cord); null when it may. */
  readonly gate?: () => Failure | null;
  /** Where `actions-policy.json` stands; the same as `files` unless told otherwise. */
  readonly policyFiles?: Pick<Files, 'read'>;
  /** Whose runs these are; `agent` unless told otherwise. */
  readonly program?: 'agent' | 'terminal';
  /** Of the action book. Whoever shares the book shares this; beside the scratch folder unless told otherwise. */
  readonly lockPath?: string;
  /** A folder with a book of before, which is taken over. */
  readonly adoptFrom?: string;
  /** A folder for what tools write on the way. */
  readonly scratchFolder: string;
  readonly sink: ArtifactSink;
  readonly redactText: RedactText;
  readonly proc: Proc;
  readonly nowUnixMs: () => number;
  readonly monotonicMs: () => number;
  readonly onReport: (report: ActionReport) => void;
  /** Where tools are looked for: PATH. */
  readonly searchPath: string;
  readonly services?: ServiceBook;
  readonly recorders?: RecorderPort | null;
  readonly valves?: VerbosePort | null;
  /** In place of what the machine has free; for tests. */
  readonly headroom?: (proc: Proc) => Promise<Headroom>;
}

export interface Actions {
  readonly runner: ActionRunner;
  readonly processes: ProcessTable;
  /** What probes look into processes with, too: whoever opens an inspector shares it. */
  readonly toolbox: Toolbox;
  /** Inspectors that could not be closed; whoever stays starts it. */
  readonly stuck: StuckInspectors;
  /** What the owner of this machine allows. */
  policy(): ReturnType<typeof readPolicy>;
  /** Name of a tool to null, or to the words that say how to get it. */
  tools(): Promise<Record<string, string | null>>;
  /** What the owner of this machine lists for commands and files; null when the policy cannot be read. */
  allowed(): Promise<ProcessesReport['allowed']>;
}

export interface Toolbox { readonly door: InspectorDoor; readonly rights: Rights; readonly tools: Tools }

/** Lines of each list that are told. */
const mostListed = 500;

export async function openActions(ports: ActionPorts): Promise<Actions> {
  const { proc, sink, redactText, valves = null } = ports;
  const owner: Owner & { readonly program: 'agent' | 'terminal' } = { pid: process.pid, startTicks: (await proc.stat('self'))?.startTicks ?? 0, program: ports.program ?? 'agent' };
  const lock = new BookLock(ports.lockPath ?? join(dirname(ports.scratchFolder), 'actions.lock'), owner, proc);
  const book = new ActionBook({ files: ports.files, owner, lock: (work) => lock.hold(work) });
  const adopted = ports.adoptFrom === undefined ? ok(undefined) : await adoptBook(book, ports.adoptFrom);
  const note = (key: string, leftover: Leftover): Promise<Result<void>> => book.note(key, leftover);
  const settle = (key: string): Promise<Result<void>> => book.settle(key);
  const [rights, scratch, tools] = [new Rights(proc), new Scratch(ports.scratchFolder, owner), new Tools(ports.searchPath, notedTools(proc, note, settle))];
  const door = new InspectorDoor({ proc, rights, shares: new InspectorShares({ book, owner, proc }), nowUnixMs: ports.nowUnixMs });
  const processes = new ProcessTable({ proc, redact: (text, key) => redactText(text, key).text, monotonicMs: ports.monotonicMs, ...(ports.services === undefined ? {} : { services: ports.services }) });
  const shared = { tools, rights, proc, door, scratch, redactText, note, settle, freeDiskBytes: () => sink.freeBytes(), ...(ports.headroom === undefined ? {} : { headroom: ports.headroom }) };
  const table = actionTable(shared, ports.recorders ?? null, valves);
  const policy = async (): ReturnType<typeof readPolicy> => readPolicy(ports.policyFiles ?? ports.files);
  const gated: typeof policy = async () => { const closed = ports.gate?.() ?? (adopted.ok ? null : adopted.error); return closed === null ? policy() : err(closed); };
  const runner = new ActionRunner({ program: owner.program, table, processes, proc, book, door, scratch, sink, valves, nowUnixMs: ports.nowUnixMs, onReport: ports.onReport, policy: gated });
  return { runner, processes, policy, toolbox: { door, rights, tools }, stuck: new StuckInspectors(door), tools: () => toolList(tools), allowed: () => listsOf(policy()) };
}

type Shared = Parameters<typeof memoryDump>[0] & Parameters<typeof cpuSample>[0] & Parameters<typeof collectState>[0];

const actionTable = (shared: Shared, recorders: RecorderPort | null, valves: VerbosePort | null): ActionTable => ({
  'cpu-sample': cpuSample(shared), 'heap-sample': heapSample(shared), 'memory-dump': memoryDump(shared), 'packet-capture': packetCapture(shared),
  'collect-config': collectConfig(shared), 'collect-state': collectState(shared), 'collect-files': collectFiles(shared), 'diagnostic-command': diagnosticCommand(shared),
  'verbose-logs': verboseLogs({ valves, note: (key, leftover) => shared.note(key, leftover) as Promise<Result<void>>, settle: shared.settle }),
  'collect-recorder': collectRecorder(recorders), 'start-recorder': startRecorder(recorders), 'stop-recorder': stopRecorder(recorders),
});

/** A tool is known by its start time, too: its pid may be another's when somebody comes to end it. */
function notedTools(proc: Proc, note: (key: string, leftover: Leftover) => Promise<unknown>, settle: (key: string) => Promise<unknown>) {
  return {
    started: async (pid: number): Promise<void> => {
      const stat = await proc.stat(pid);
      if (stat !== null) await note(`tool ${pid}`, { kind: 'tool', pid, startTicks: stat.startTicks });
    },
    ended: async (pid: number): Promise<void> => { await settle(`tool ${pid}`); },
  };
}

async function toolList(tools: Tools): Promise<Record<string, string | null>> {
  return Object.fromEntries(await Promise.all(knownTools.map(async (name) => [name, await tools.find(name) === null ? howToGet(name) : null] as const)));
}

async function listsOf(reading: ReturnType<typeof readPolicy>): Promise<NonNullable<ProcessesReport['allowed']> | null> {
  const policy = await reading;
  if (!policy.ok) return null;
  const { commands, files, configFiles } = policy.value;
  return { commands: commands.slice(0, mostListed), files: files.slice(0, mostListed), configFiles: configFiles.slice(0, mostListed) };
}
