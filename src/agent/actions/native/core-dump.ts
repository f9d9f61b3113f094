// Memory of any process by gdb, in one stop: first the stacks of all threads as text, then the core file. While gdb holds it the process does not run; how
// long that was is read from its state. gdb reads no init files and asks no server for symbols.
import { stat, writeFile } from 'node:fs/promises';
import { failure, ok, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { ArtifactDraft } from '../../artifacts/sink.ts';
import { fileStem, megabytes, nameOf, type Run } from '../contract.ts';
import { redactLong, type RedactText } from '../collect/text.ts';
import type { Leftover } from '../limits/index.ts';
import { lastWords, type ToolEnd, type Tools } from '../tools/index.ts';
import { pause, throwIfAborted } from '../wait.ts';

export interface CorePorts {
  readonly tools: Tools; readonly proc: Proc;
  readonly redactText: RedactText;
  readonly note: (key: string, leftover: Leftover) => Promise<unknown>;
  readonly settle: (key: string) => Promise<unknown>;
}

const timeoutMs = 600_000;
const lookEveryMs = 5;
const mostFrames = 256;

export async function coreDump(ports: CorePorts, process: AgentProcess, run: Run): Promise<Result<void>> {
  const name = `${fileStem(process)}.core`;
  const draft = await run.open(name);
  if (!draft.ok) return draft;
  const key = `stopped ${process.pid} ${run.id}`;
  const wasStopped = (await ports.proc.stat(process.pid))?.state === 'T';
  await ports.note(key, { kind: 'stopped', pid: process.pid, startTicks: process.startTicks, wasStopped });
  if (wasStopped) run.note(`${nameOf(process)} was stopped before (state T) and stays so.`);
  try {
    return await dumped(ports, process, draft.value, name, run);
  } catch (failed) {
    await draft.value.discard();
    throw failed;
  } finally {
    await asBefore(ports.proc, { pid: process.pid, startTicks: process.startTicks, wasStopped });
    await ports.settle(key);
  }
}

async function dumped(ports: CorePorts, process: AgentProcess, draft: ArtifactDraft, name: string, run: Run): Promise<Result<void>> {
  const fromUnixMs = run.nowUnixMs();
  const meter = new StopMeter(ports.proc, process.pid);
  const guard = new AbortController();
  const tooLarge = watchSize(draft.path, run, guard);
  run.progress(null, `gdb holds ${nameOf(process)} and writes its memory`);
  const ended = await ports.tools.run('gdb', gdbArgs(process.pid, draft.path), { signal: AbortSignal.any([run.signal, guard.signal]), timeoutMs, maxBytes: 8 * 1024 * 1024, env: { DEBUGINFOD_URLS: '', HOME: '/nonexistent' } });
  guard.abort();
  const stoppedMs = await meter.end();
  throwIfAborted(run.signal);
  const problem = ended.ok ? await coreProblem(ended.value, draft.path, await tooLarge, run) : ended;
  if (!problem.ok) { await draft.discard(); return problem; }
  run.figure('pauseMs', stoppedMs);
  run.figure('stoppedMs', stoppedMs);
  const kept = await run.keep(draft, { kind: 'core-dump', format: 'elf-core', name, sensitive: true, summary: `Core of ${nameOf(process)}, which stood still for ${stoppedMs} ms`, fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { stoppedMs } });
  return kept.ok && ended.ok ? keepStacks(ports, process, ended.value.stdout, fromUnixMs, run) : kept;
}

/** Stacks without arguments: a text that one points to may be anybody's secret, and no detector knows it for one. */
const gdbArgs = (pid: number, path: string): string[] => ['-nx', '-nh', '-batch', '-iex', 'set auto-load no', '-iex', 'set debuginfod enabled off', '-iex', 'set print frame-arguments none', '-iex', 'set print entry-values no', '-ex', 'set pagination off', '-ex', 'set height 0', '-p', String(pid),
  '-ex', 'echo \\n--stacks--\\n', '-ex', `thread apply all -s bt ${mostFrames}`, '-ex', 'echo \\n--registers--\\n', '-ex', 'thread apply all -s info registers pc sp fp', '-ex', 'echo \\n--core--\\n', '-ex', `gcore ${path}`];

async function coreProblem(end: ToolEnd, path: string, tooLarge: boolean, run: Run): Promise<Result<void>> {
  if (tooLarge) return failure('action.too-large', `The core is larger than ${megabytes(run.maxBytes)}.`, 'Raise maxBytes, or take a CPU sample and the state instead.');
  if (await stat(path).then(({ size }) => size > 0, () => false)) return ok(undefined);
  return failure('action.tool-failed', `gdb wrote no core${end.timedOut ? ` within ${timeoutMs / 1000} s` : ''}: ${lastWords({ stderr: end.stderr, stdout: '' })}`, 'Tracing another process needs the same user and kernel.yama.ptrace_scope=0, or CAP_SYS_PTRACE; a process that is being debugged already cannot be traced twice.');
}

async function keepStacks(ports: CorePorts, process: AgentProcess, stdout: string, fromUnixMs: number, run: Run): Promise<Result<void>> {
  const { text } = await redactLong(ports.redactText, stacksOf(stdout));
  const threads = (text.match(/^Thread \d+/gm) ?? []).length;
  run.figure('threads', threads);
  const name = `${fileStem(process)}.stacks.txt`;
  const draft = await run.open(name);
  if (!draft.ok) return draft;
  await writeFile(draft.value.path, text, { mode: 0o600 });
  return run.keep(draft.value, { kind: 'thread-stacks', format: 'text', name, sensitive: false, summary: `Stacks of ${threads} ${threads === 1 ? 'thread' : 'threads'} of ${nameOf(process)}`, fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { threads } });
}

/** Each thread with its stack and, behind it, where its registers pointed: code, stack and frame; the others hold what the program works on. */
export function stacksOf(stdout: string): string {
  const part = (name: string, next: readonly string[]): string => {
    const from = stdout.indexOf(`\n--${name}--\n`);
    const begin = from < 0 ? (name === 'stacks' ? 0 : stdout.length) : from + name.length + 6;
    const ends = next.map((one) => stdout.indexOf(`\n--${one}--\n`, begin)).filter((at) => at >= 0);
    return stdout.slice(begin, Math.min(stdout.length, ...ends)).trim();
  };
  const registers = new Map(threadsIn(part('registers', ['core'])).map((thread) => [headOf(thread), thread.slice(headOf(thread).length).trim()]));
  const stacks = threadsIn(part('stacks', ['registers', 'core']));
  return `${stacks.map((stack) => [stack.trim(), registers.get(headOf(stack))].filter(Boolean).join('\n')).join('\n\n')}\n`;
}

const threadsIn = (text: string): readonly string[] => text.split(/^(?=Thread \d+)/m).filter((thread) => thread.trim() !== '');
const headOf = (thread: string): string => thread.split('\n', 1)[0] ?? '';

/** True when it grew too large, and was stopped. */
async function watchSize(path: string, run: Run, guard: AbortController): Promise<boolean> {
  while (!guard.signal.aborted && !run.signal.aborted) {
    const size = await stat(path).then((found) => found.size, () => 0);
    if (size > run.maxBytes) { guard.abort(); return true; }
    await pause(100, guard.signal);
  }
  return false;
}

/** How long a tracer held the process: state `t` of /proc/PID/stat, looked at every few milliseconds. */
class StopMeter {
  readonly #looking: Promise<number>;
  #over = false;

  constructor(proc: Proc, pid: number) { this.#looking = this.#look(proc, pid); }

  end(): Promise<number> { this.#over = true; return this.#looking; }

  async #look(proc: Proc, pid: number): Promise<number> {
    let [first, last] = [0, 0];
    while (!this.#over) {
      const state = (await proc.stat(pid))?.state;
      if (state === 't' || state === 'T') { last = performance.now(); first ||= last; }
      await new Promise((resolve) => { setTimeout(resolve, lookEveryMs); });
    }
    return first === 0 ? 0 : Math.round(last - first) + lookEveryMs;
  }
}

/** A debugger that was killed may leave the process stopped; one that somebody had stopped before is nobody's to resume. */
export async function asBefore(proc: Proc, { pid, startTicks, wasStopped = false }: { readonly pid: number; readonly startTicks: number; readonly wasStopped?: boolean | undefined }): Promise<void> {
  const stat = await proc.stat(pid);
  if (wasStopped || stat?.startTicks !== startTicks || stat.state !== 'T') return;
  try { process.kill(pid, 'SIGCONT'); } catch { /* gone, or not ours: nothing more can be done */ }
}
