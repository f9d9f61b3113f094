// V8 logpoints: a line of log, a count, a duration or a snapshot at any line of a running Node process, without a change to it and without a pause.
import { err, failure, ok, type Failure, type Result } from '../../../base/index.ts';
import type { ActionProblem, AgentProcess, ProcessScripts, ProcessSource } from '../../../model/index.ts';
import { type InspectorDoor, isStopped } from '../../actions/inspector/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { HitSink, InsertAsk, Leftover, ProbeMechanism } from '../contract.ts';
import { noAnswer, stillIn } from '../not-undone.ts';
import { unlessAborted, unlessLate } from '../unless-aborted.ts';
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
/** So long an insert that is told to end is waited for: a process that stands still would hold up who ends it. */
const undoMs = 2000;

export function openLogpoints(ports: LogpointPorts): Logpoints {
  const [pool, stuck]: [SessionPool, Stuck] = [new SessionPool(ports.door, ports.proc), new Map()];
  const look = <T>(process: AgentProcess, work: (lease: Lease) => Promise<T>, signal = AbortSignal.timeout(lookMs)): Promise<Result<T>> => looked(ports, pool, process, signal, work);
  return {
    mechanism: mechanismOf(ports, pool, look, stuck),
    scripts: async (process, signal) => {
      const found = await look(process, async ({ session }) => ({ files: filesIn(await session.scripts.files(false)), dropped: session.scripts.dropped }), signal);
      if (!found.ok) return { files: [], more: 0, problem: told(found.error) };
      const { files, dropped } = found.value;
      return { files: files.slice(0, mostFiles).map((file) => ({ id: file.path, ...file })), more: Math.max(0, files.length - mostFiles) + dropped, problem: null };
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
      return insert({ ...ports, takeOutAnew: (left) => removeLeft(ports, look, left) }, pool, ask, sink, note, (inserted) => { stuck.set(ask.key, inserted); });
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

/** What is under way when it is told to end undoes itself as soon as the process answers; nobody waits for that. */
type Putting = LogpointPorts & { readonly takeOutAnew: (left: Leftover) => Promise<boolean> };

async function insert(ports: Putting, pool: SessionPool, ask: InsertAsk<'logpoint'>, sink: HitSink, note: (left: Leftover) => Promise<Result<void>>, held: (inserted: InsertedLogpoint) => void): Promise<Result<InsertedLogpoint>> {
  let isNoted = false;
  const done = await unlessLate(put(ports, pool, ask, sink, (left) => { isNoted = true; return note(left); }, held), ask.signal, undoMs);
  if (done !== null) return done;
  const why = await silent(ports, ask.process);
  return isNoted ? stillIn(why.message) : err(why);
}

async function silent({ proc }: LogpointPorts, process: AgentProcess | null): Promise<Failure> {
  const stands = process !== null && await isStopped(proc, process.pid);
  return { code: noAnswer, message: `Process ${process?.pid ?? ''} does not answer: it ${stands ? 'stands still (stopped by a signal or a debugger)' : 'is busy in native code, or stands in somebody\'s debugger'}. The probe never got in.`, help: stands ? `Let it go on (kill -CONT ${process.pid}), then try again.` : 'Try again when it answers.' };
}

async function put(ports: Putting, pool: SessionPool, { spec, process, key, signal }: InsertAsk<'logpoint'>, sink: HitSink, note: (left: Leftover) => Promise<Result<void>>, held: (inserted: InsertedLogpoint) => void): Promise<Result<InsertedLogpoint>> {
  if (process === null) return { ok: false, error: noProcess };
  const checked = checkSpec(spec);
  if (!checked.ok) return checked;
  const against = await ports.door.problem(process);
  if (against !== null) return { ok: false, error: told(against) };
  const lease = await pool.take(process, signal);
  if (!lease.ok) return lease;
  const cancelled: Failure = { code: 'probe.cancelled', message: 'It was taken away before it was in.' };
  let inserted: InsertedLogpoint | null = null;
  // What cannot be undone is held, so that it can be tried again.
  const undone = async (why: Failure): Promise<Result<never>> => {
    if (inserted === null ? await lease.value.release().then(() => true) : await inserted.remove().catch(() => false)) return err(why);
    if (inserted !== null) held(inserted);
    return stillIn(why.message);
  };
  try {
    if (signal.aborted) return await undone(cancelled);
    const plan = await planned(lease.value.session, spec);
    if (!plan.ok) return await undone(plan.error);
    if (spec.mechanism === 'live-edit' && !await lease.value.session.edits.areOffered(plan.value.spots[0]!.place.script.id)) return await undone(noLiveEdit);
    if (signal.aborted) return await undone(cancelled);
    inserted = new InsertedLogpoint({ lease: lease.value, plan: plan.value, spec, key, sink, note, process, nowMs: ports.monotonicMs, takeOutAnew: ports.takeOutAnew }, spec.mechanism === 'live-edit' ? 'live-edit' : 'breakpoint');
    const started = await inserted.start();
    if (!started.ok) return await undone(started.error);
    if (signal.aborted) return await undone(cancelled);
    held(inserted);
    return started;
  } catch (failed) {
    return undone({ code: 'probe.failed', message: `It failed: ${failed instanceof Error ? failed.message : String(failed)}.`, help: 'Try again; the process may have ended or closed the connection.' });
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
