// JVM processes by the tools of the JDK. A CPU sample is Java Flight Recorder's, told by `jfr` and folded into one line a stack, which
// every flame graph reads. A heap dump is the JVM's own (`.hprof`). The JVM writes the files, so the folder is made for its user.
import { chmod, chown, mkdtemp, rename, copyFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import type { Proc } from '../../processes/index.ts';
import { fileStem, nameOf, seconds, type Run } from '../contract.ts';
import { writeOut } from '../write-out.ts';
import { lastWords, type ToolEnd, type Tools } from '../tools/index.ts';
import { lastFor, throwIfAborted } from '../wait.ts';
import { foldJfr } from './fold-jfr.ts';

export interface JvmPorts { readonly tools: Tools; readonly proc: Proc }

const commandMs = 60_000;
/** The recording ends by itself, should nobody be left to stop it. */
const recordingGraceSeconds = 120;

export async function jvmCpuSample(ports: JvmPorts, process: AgentProcess, durationMs: number, run: Run): Promise<Result<void>> {
  return inFolderOf(ports.proc, process, async (folder) => {
    const [recording, file] = [`weir-${run.id.replace(/[^A-Za-z0-9-]/g, '')}`, join(folder, 'sample.jfr')];
    const fromUnixMs = run.nowUnixMs();
    const started = await jcmd(ports, process, ['JFR.start', `name=${recording}`, 'settings=profile', `duration=${Math.ceil(durationMs / 1000) + recordingGraceSeconds}s`], run.signal);
    if (!started.ok) return started;
    await lastFor(durationMs, run, `Sampling ${nameOf(process)} for ${seconds(durationMs)} with Flight Recorder`, 0, 0.85);
    const stopped = await jcmd(ports, process, ['JFR.stop', `name=${recording}`, `filename=${file}`], new AbortController().signal);
    throwIfAborted(run.signal);
    if (!stopped.ok) return stopped;
    run.progress(0.9, 'Reading the recording');
    return keepFolded(ports, process, file, { durationMs, fromUnixMs }, run);
  });
}

async function keepFolded({ tools }: JvmPorts, process: AgentProcess, file: string, { durationMs, fromUnixMs }: { durationMs: number; fromUnixMs: number }, run: Run): Promise<Result<void>> {
  const fold = foldJfr();
  const read = await tools.run('jfr', ['print', '--stack-depth', '64', '--events', 'jdk.ExecutionSample', file], { signal: run.signal, timeoutMs: commandMs * 2, onOutput: (chunk) => { fold.add(chunk); } });
  if (!read.ok) return read;
  if (read.value.code !== 0) return failure('action.tool-failed', `jfr could not read the recording: ${lastWords(read.value)}`, 'jfr must be at least as new as the JVM.');
  const { text, samples } = fold.end();
  run.figure('samples', samples);
  run.figure('durationMs', durationMs);
  if (samples === 0) run.note('No samples: no Java code ran in that time.');
  return writeOut(run, Buffer.from(text), { kind: 'cpu-profile', format: 'folded', name: `${fileStem(process)}.folded`, sensitive: false, summary: `CPU sample of ${nameOf(process)}, ${seconds(durationMs)}, ${samples} samples`, fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { samples, durationMs } });
}

export async function jvmHeapDump(ports: JvmPorts, process: AgentProcess, run: Run): Promise<Result<void>> {
  return inFolderOf(ports.proc, process, async (folder) => {
    const [name, file] = [`${fileStem(process)}.hprof`, join(folder, 'heap.hprof')];
    run.progress(null, `${nameOf(process)} writes its heap and stands still for it`);
    const fromUnixMs = run.nowUnixMs();
    const dumped = await jcmd(ports, process, ['GC.heap_dump', file], run.signal, 600_000);
    throwIfAborted(run.signal);
    if (!dumped.ok) return dumped;
    const size = await stat(file).then((found) => found.size, () => null);
    if (size === null) return failure('action.tool-failed', `The JVM wrote no heap dump: ${lastWords(dumped.value)}`, 'In a container the JVM writes into its own file system: run an agent inside.');
    if (size > run.maxBytes) return failure('action.too-large', `The heap dump has ${size} bytes; ${run.maxBytes} are allowed.`, 'Raise maxBytes.');
    const draft = await run.open(name);
    if (!draft.ok) return draft;
    await moved(file, draft.value.path);
    const pauseMs = Math.round(Number(/in ([\d.]+) secs/.exec(dumped.value.stdout)?.[1] ?? 0) * 1000);
    if (pauseMs > 0) run.figure('pauseMs', pauseMs);
    return run.keep(draft.value, { kind: 'heap-snapshot', format: 'hprof', name, sensitive: true, summary: `Heap dump of ${nameOf(process)}`, fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { pauseMs } });
  });
}

async function jcmd({ tools }: JvmPorts, process: AgentProcess, command: readonly string[], signal: AbortSignal, timeoutMs = commandMs): Promise<Result<ToolEnd>> {
  const ended = await tools.run('jcmd', [String(process.pid), ...command], { signal, timeoutMs });
  if (!ended.ok || (ended.value.code === 0 && !/exception|Could not|not found/i.test(ended.value.stdout.split('\n').slice(1, 3).join(' ')))) return ended;
  return failure('action.tool-failed', `jcmd ${command[0] ?? ''} failed: ${lastWords(ended.value)}`, `jcmd must run as the user of the JVM (${process.user}) and be of a JDK that fits it.`);
}

/** A folder that the JVM may write to, wherever it and its parents lie. */
async function inFolderOf(proc: Proc, target: AgentProcess, work: (folder: string) => Promise<Result<void>>): Promise<Result<void>> {
  const status = await proc.status(target.pid);
  const [uid, gid] = [status?.get('Uid'), status?.get('Gid')].map((ids) => Number(ids?.split('\t')[0]));
  const folder = await mkdtemp(join(tmpdir(), 'weir-jvm-'));
  try {
    await chmod(folder, 0o700);
    if (process.getuid?.() === 0 && uid !== undefined && gid !== undefined && uid !== 0) await chown(folder, uid, gid);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const moved = async (from: string, to: string): Promise<void> => { await rename(from, to).catch(() => copyFile(from, to)); await chmod(to, 0o600); };
