// JVM processes by the tools of the JDK. A CPU sample is Java Flight Recorder's, told by `jfr` and folded into one line a stack, which
// every flame graph reads. A heap dump is the JVM's own (`.hprof`). The JVM writes the files, into a folder that is given to
// its user, from which nothing is taken that this user could have put there instead.
import { join } from 'node:path';
import { failure, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import type { Proc } from '../../processes/index.ts';
import { fileStem, nameOf, seconds, type Run } from '../contract.ts';
import type { Given } from '../given-folder.ts';
import type { Scratch } from '../scratch.ts';
import { writeOut } from '../write-out.ts';
import { lastWords, type ToolEnd, type Tools } from '../tools/index.ts';
import { lastFor, throwIfAborted } from '../wait.ts';
import { foldJfr } from './fold-jfr.ts';

export interface JvmPorts { readonly tools: Tools; readonly proc: Proc; readonly scratch: Scratch }

const commandMs = 60_000;
/** The recording ends by itself, should nobody be left to stop it. */
const recordingGraceSeconds = 120;

export async function jvmCpuSample(ports: JvmPorts, process: AgentProcess, durationMs: number, run: Run): Promise<Result<void>> {
  return inFolderOf(ports, process, async (given) => {
    const [recording, name] = [`weir-${run.id.replace(/[^A-Za-z0-9-]/g, '')}`, 'sample.jfr'];
    const fromUnixMs = run.nowUnixMs();
    const started = await jcmd(ports, process, ['JFR.start', `name=${recording}`, 'settings=profile', `duration=${Math.ceil(durationMs / 1000) + recordingGraceSeconds}s`], run.signal);
    if (!started.ok) return started;
    await lastFor(durationMs, run, `Sampling ${nameOf(process)} for ${seconds(durationMs)} with Flight Recorder`, 0, 0.85);
    const stopped = await jcmd(ports, process, ['JFR.stop', `name=${recording}`, `filename=${join(given.folder, name)}`], new AbortController().signal);
    throwIfAborted(run.signal);
    if (!stopped.ok) return stopped;
    run.progress(0.9, 'Reading the recording');
    return ports.scratch.use(async (folder) => {
      const taken = await given.take(name, join(folder, name), run.maxBytes, run.signal);
      return taken.ok ? keepFolded(ports, process, join(folder, name), { durationMs, fromUnixMs }, run) : taken;
    });
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
  return inFolderOf(ports, process, async (given) => {
    const [name, written] = [`${fileStem(process)}.hprof`, 'heap.hprof'];
    run.progress(null, `${nameOf(process)} writes its heap and stands still for it`);
    const fromUnixMs = run.nowUnixMs();
    const dumped = await jcmd(ports, process, ['GC.heap_dump', join(given.folder, written)], run.signal, 600_000);
    throwIfAborted(run.signal);
    if (!dumped.ok) return dumped;
    const draft = await run.open(name);
    if (!draft.ok) return draft;
    run.progress(0.8, 'Bringing the dump home');
    const taken = await given.take(written, draft.value.path, run.maxBytes, run.signal).catch(async (failed: unknown) => { await draft.value.discard(); throw failed; });
    if (!taken.ok) { await draft.value.discard(); return taken; }
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

/** A folder that the JVM's user may write to. */
async function inFolderOf({ proc, scratch }: JvmPorts, target: AgentProcess, work: (given: Given) => Promise<Result<void>>): Promise<Result<void>> {
  const status = await proc.status(target.pid);
  const [uid, gid] = [status?.get('Uid'), status?.get('Gid')].map((ids) => Number(ids?.split('\t')[1]));
  if (uid === undefined || gid === undefined || !Number.isInteger(uid) || !Number.isInteger(gid)) return failure('action.no-process', `${nameOf(target)} has ended.`);
  return scratch.useGiven({ uid, gid }, work);
}
