// V8 logpoints: a line of log, a count, a duration or a snapshot at any line of a running Node process, without a change to it and without a pause.
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import type { ActionProblem, AgentProcess, ProcessScripts, ProcessSource } from '../../../model/index.ts';
import type { InspectorDoor } from '../../actions/inspector/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { HitSink, InsertAsk, Leftover, ProbeMechanism } from '../contract.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { InsertedLogpoint } from './inserted-logpoint.ts';
import { takeOutLeft } from './leftovers.ts';
import { checkSpec, findFile, planned } from './plan.ts';
import { previewOf, refusedPreview } from './preview.ts';
import { filesIn } from './scripts/index.ts';
import { type Lease, SessionPool } from './session-pool.ts';

export interface LogpointPorts {
  readonly door: Pick<InspectorDoor, 'attach' | 'problem'>;
  readonly proc: Proc;
  readonly monotonicMs: () => number;
}
export interface Logpoints {
  readonly mechanism: ProbeMechanism<'logpoint'>;
  /** Files that run in a Node process. Opens its inspector for a moment, as `source` does. */
  scripts(process: AgentProcess, signal?: AbortSignal): Promise<ProcessScripts>;
  source(process: AgentProcess, file: string, signal?: AbortSignal): Promise<ProcessSource>;
}

const mostFiles = 5000;
const mostCharacters = 2 * 2 ** 20;
const lookMs = 60_000;

export function openLogpoints(ports: LogpointPorts): Logpoints {
  const [pool, stuck]: [SessionPool, Stuck] = [new SessionPool(ports.door, ports.proc), new Map()];
  const look = <T>(process: AgentProcess, work: (lease: Lease) => Promise<T>, signal = AbortSignal.timeout(lookMs)): Promise<Result<T>> => looked(ports, pool, process, signal, work);
  return {
    mechanism: mechanismOf(ports, pool, look, stuck),
    scripts: async (process, signal) => {
      const found = await look(process, async ({ session }) => filesIn(await session.scripts.files(false)), signal);
      if (!found.ok) return { files: [], more: 0, problem: told(found.error) };
      return { files: found.value.slice(0, mostFiles).map((file) => ({ id: file.path, ...file })), more: Math.max(0, found.value.length - mostFiles), problem: null };
    },
    source: async (process, path, signal) => {
      const found = await look(process, ({ session }) => sourceIn(session, path), signal);
      const source = found.ok ? found.value : found;
      return source.ok ? source.value : { path, text: '', cut: false, lines: [], problem: told(source.error) };
    },
  };
}

type Look = <T>(process: AgentProcess, work: (lease: Lease) => Promise<T>, signal?: AbortSignal) => Promise<Result<T>>;

/** Those that are in, by the mark that they noted: what could not be taken out still holds the process, and is tried again through that. */
type Stuck = Map<string, InsertedLogpoint>;

function mechanismOf(ports: LogpointPorts, pool: SessionPool, look: Look, stuck: Stuck): ProbeMechanism<'logpoint'> {
  return {
    about: 'one',
    problem: async () => null,
    async preview({ spec, process, signal }) {
      if (process === null) return refusedPreview(spec, noProcess);
      const checked = checkSpec(spec);
      if (!checked.ok) return refusedPreview(spec, told(checked.error));
      const seen = await look(process, async ({ session }) => {
        const plan = await planned(session, spec);
        if (!plan.ok) return refusedPreview(spec, told(plan.error));
        const liveEdit = spec.mechanism !== 'breakpoint' && await session.edits.areOffered(plan.value.spots[0]!.place.script.id);
        const chances = { hitCostMs: await session.hitCostMs(), liveEdit, workers: await session.countWorkers() };
        return previewOf(spec, plan.value, chances, spec.mechanism === 'live-edit' && !liveEdit ? [noLiveEdit] : []);
      }, signal);
      return seen.ok ? seen.value : refusedPreview(spec, told(seen.error));
    },
    insert: async (ask, sink, note) => {
      for (const [mark, { isLetGo }] of stuck) if (isLetGo) stuck.delete(mark);
      const inserted = await insert(ports, pool, ask, sink, note);
      if (inserted.ok) stuck.set(ask.key, inserted.value);
      return inserted;
    },
    removeLeft: async (left) => {
      const mark = String(left.detail['mark']);
      const held = stuck.get(mark);
      if (held !== undefined && !await held.remove() && !held.isLetGo) return false;
      stuck.delete(mark);
      return removeLeft(ports, look, left);
    },
  };
}

async function insert(ports: LogpointPorts, pool: SessionPool, { spec, process, key, signal }: InsertAsk<'logpoint'>, sink: HitSink, note: (left: Leftover) => Promise<Result<void>>): Promise<Result<InsertedLogpoint>> {
  if (process === null) return { ok: false, error: noProcess };
  const checked = checkSpec(spec);
  if (!checked.ok) return checked;
  const against = await ports.door.problem(process);
  if (against !== null) return { ok: false, error: told(against) };
  const lease = await pool.take(process, signal);
  if (!lease.ok) return lease;
  let inserted: InsertedLogpoint | null = null;
  const undo = async (): Promise<void> => { if (inserted === null) await lease.value.release(); else await inserted.remove(); };
  try {
    const plan = await planned(lease.value.session, spec);
    if (!plan.ok) { await undo(); return plan; }
    if (spec.mechanism === 'live-edit' && !await lease.value.session.edits.areOffered(plan.value.spots[0]!.place.script.id)) { await undo(); return { ok: false, error: noLiveEdit }; }
    if (signal.aborted) { await undo(); return failure('probe.cancelled', 'It was taken away before it was in.'); }
    inserted = new InsertedLogpoint({ lease: lease.value, plan: plan.value, spec, key, sink, note, process, nowMs: ports.monotonicMs }, spec.mechanism === 'live-edit' ? 'live-edit' : 'breakpoint');
    const started = await inserted.start();
    if (!started.ok) await undo();
    return started;
  } catch (failed) {
    await undo().catch(() => undefined);
    throw failed;
  }
}

/** Opens what must be opened, lets go in any case: what is at work when the signal aborts finds its session closed. */
async function looked<T>({ door }: LogpointPorts, pool: SessionPool, process: AgentProcess, signal: AbortSignal, work: (lease: Lease) => Promise<T>): Promise<Result<T>> {
  const against = await door.problem(process);
  if (against !== null) return { ok: false, error: told(against) };
  const lease = await pool.take(process, signal);
  if (!lease.ok) return lease;
  try { return ok(await unlessAborted(work(lease.value), signal)); } finally { await lease.value.release(); }
}

async function sourceIn(session: Lease['session'], path: string): Promise<Result<ProcessSource>> {
  const file = await findFile(session, path);
  if (!file.ok) return file;
  const text = await session.scripts.text(file.value);
  if (text === null) return failure('probe.no-source', `The text of ${file.value.path} is neither in its source map nor on disk.`, 'Build with the sources in the map (inlineSources), or open the built script.');
  return ok({ path: file.value.path, text: text.slice(0, mostCharacters), cut: text.length > mostCharacters, lines: await session.places.lines(file.value), problem: null });
}

/** Of a process whose end nobody told: its pid may be another's by now. */
async function removeLeft({ proc }: LogpointPorts, look: Look, left: Leftover): Promise<boolean> {
  const { pid, startTicks } = left;
  if (pid === null || startTicks === null || !await proc.isAlive(pid, startTicks)) return true;
  const stranger: AgentProcess = { pid, startTicks, parentPid: 0, name: `process ${pid}`, command: '', runtime: 'node', runtimeVersion: null, user: '', container: null, service: null, startedUnixMs: 0, rssBytes: 0, cpuShare: null, isWeir: false };
  try {
    const done = await look(stranger, ({ session }) => takeOutLeft(session, left));
    return done.ok && done.value;
  } catch { return !await proc.isAlive(pid, startTicks); }
}

const noProcess: ActionProblem = { code: 'probe.no-process', message: 'A logpoint sits in a Node process, and none is named.', help: 'Choose a process.' };
const noLiveEdit: ActionProblem = { code: 'probe.live-edit', message: 'The V8 of this process has no live edit (Debugger.setScriptSource): Node 24 was the last.', help: 'Choose the breakpoint (mechanism: breakpoint), which works everywhere.' };
const told = ({ code, message, help }: Failure): ActionProblem => ({ code, message, ...(help === undefined ? {} : { help }) });
