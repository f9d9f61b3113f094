// A CPU sample of any process by perf: `perf record` into a scratch folder, `perf script` as text, which is the artifact. It does not stop the process.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { failure, ok, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { fileStem, megabytes, nameOf, seconds, type Run } from '../contract.ts';
import type { Scratch } from '../scratch.ts';
import { lastWords, type Tools } from '../tools/index.ts';
import { lastFor, throwIfAborted } from '../wait.ts';

interface Ports { readonly tools: Tools; readonly scratch: Scratch }
export interface PerfAsk { readonly durationMs: number; readonly hertz: number; readonly callGraph: 'fp' | 'dwarf' }

const graceMs = 60_000;
/** Of the stack, copied with each DWARF sample. */
const dwarfStackBytes = 16_384;

export function perfSample({ tools, scratch }: Ports, process: AgentProcess, ask: PerfAsk, run: Run): Promise<Result<void>> {
  return scratch.use(async (folder) => {
    const data = join(folder, 'perf.data');
    const fromUnixMs = run.nowUnixMs();
    const recorded = await record(tools, process, ask, data, run);
    if (!recorded.ok) return recorded;
    run.progress(0.9, 'Naming the functions');
    return keepScript(tools, process, ask, data, fromUnixMs, run);
  });
}

async function record(tools: Tools, process: AgentProcess, { durationMs, hertz, callGraph }: PerfAsk, data: string, run: Run): Promise<Result<void>> {
  const stacks = callGraph === 'dwarf' ? `dwarf,${dwarfStackBytes}` : 'fp';
  const args = ['record', '-q', '-F', String(hertz), '--call-graph', stacks, '-p', String(process.pid), `--max-size=${Math.max(1, Math.floor(run.maxBytes / 1024 / 1024))}M`, '-o', data, '--', 'sleep', (durationMs / 1000).toFixed(3)];
  const working = tools.run('perf', args, { signal: run.signal, timeoutMs: durationMs + graceMs, stopSignal: 'SIGINT' });
  await lastFor(durationMs, run, `Sampling ${nameOf(process)} for ${seconds(durationMs)} with perf`, 0, 0.85, working);
  const ended = await working;
  throwIfAborted(run.signal);
  if (!ended.ok) return ended;
  return ended.value.code === 0 ? ok(undefined) : failure('action.tool-failed', `perf record ended with code ${ended.value.code}: ${lastWords(ended.value)}`, 'Containers and virtual machines may forbid perf_event_open: see kernel.perf_event_paranoid and seccomp profiles.');
}

async function keepScript(tools: Tools, process: AgentProcess, { durationMs, hertz }: PerfAsk, data: string, fromUnixMs: number, run: Run): Promise<Result<void>> {
  const name = `${fileStem(process)}.perf.txt`;
  const draft = await run.open(name);
  if (!draft.ok) return draft;
  const script = await scripted(tools, data, draft.value.path, run).catch(async (failed: unknown) => { await draft.value.discard(); throw failed; });
  if (!script.ok || run.signal.aborted) { await draft.value.discard(); throwIfAborted(run.signal); return script as Result<never>; }
  const samples = script.value;
  run.figure('samples', samples);
  run.figure('durationMs', durationMs);
  if (samples === 0) run.note('No samples: the process used no CPU in that time.');
  if (process.runtime !== 'native') run.note(`perf sees machine code: frames of ${process.runtime} code have no names unless the process writes a perf map (Node: --perf-basic-prof).`);
  return run.keep(draft.value, {
    kind: 'cpu-profile', format: 'perf-script', name, sensitive: false, summary: `CPU sample of ${nameOf(process)}, ${seconds(durationMs)} at ${hertz} Hz, ${samples} samples`,
    fromUnixMs, toUnixMs: fromUnixMs + durationMs, figures: { samples, durationMs },
  });
}

/** Number of samples: each begins a line that is not indented. */
async function scripted(tools: Tools, data: string, path: string, run: Run): Promise<Result<number>> {
  const file = createWriteStream(path, { mode: 0o600 });
  let [samples, bytes, last] = [0, 0, 0x0a];
  let tooLarge = false;
  const onOutput = async (chunk: Buffer): Promise<void> => {
    bytes += chunk.length;
    if (bytes > run.maxBytes) { tooLarge = true; return; }
    samples += samplesIn(chunk, last);
    last = chunk.at(-1) ?? last;
    if (!file.write(chunk)) await once(file, 'drain');
  };
  const ended = await tools.run('perf', ['script', '--no-inline', '-F', 'comm,pid,tid,time,period,event,ip,sym,dso', '-i', data], { signal: run.signal, timeoutMs: graceMs * 5, onOutput, env: { DEBUGINFOD_URLS: '' } }).finally(() => { file.end(); });
  await once(file, 'close');
  if (!ended.ok) return ended;
  if (tooLarge) run.note(`The text was cut at ${megabytes(run.maxBytes)}.`);
  return ended.value.code === 0 || samples > 0 ? ok(samples) : noSamples(lastWords(ended.value));
}

/** perf calls a recording without samples an error. */
const noSamples = (words: string): Result<number> => (/no samples|zero-sized/i.test(words) ? ok(0) : failure('action.tool-failed', `perf script failed: ${words}`, 'Try again with another call graph (fp or dwarf).'));

export function samplesIn(chunk: Buffer, before: number): number {
  let found = 0;
  let previous = before;
  for (const byte of chunk) {
    if (previous === 0x0a && byte !== 0x0a && byte !== 0x20 && byte !== 0x09 && byte !== 0x23) found++;
    previous = byte;
  }
  return found;
}
