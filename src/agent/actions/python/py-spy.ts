// A CPU sample of a Python process by py-spy, which reads its memory from outside and writes folded stacks.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { fileStem, nameOf, seconds, type Run } from '../contract.ts';
import { writeOut } from '../write-out.ts';
import type { Scratch } from '../scratch.ts';
import { lastWords, type Tools } from '../tools/index.ts';
import { lastFor, throwIfAborted } from '../wait.ts';

const graceMs = 60_000;
const mostBytes = 256 * 1024 * 1024;

export function pythonCpuSample({ tools, scratch }: { readonly tools: Tools; readonly scratch: Scratch }, process: AgentProcess, durationMs: number, hertz: number, run: Run): Promise<Result<void>> {
  return scratch.use(async (folder) => {
    const file = join(folder, 'stacks.txt');
    const fromUnixMs = run.nowUnixMs();
    const args = ['record', '--pid', String(process.pid), '--duration', String(Math.max(1, Math.round(durationMs / 1000))), '--rate', String(hertz), '--nonblocking', '--format', 'raw', '--output', file];
    const working = tools.run('py-spy', args, { signal: run.signal, timeoutMs: durationMs + graceMs, stopSignal: 'SIGINT' });
    await lastFor(durationMs, run, `Sampling ${nameOf(process)} for ${seconds(durationMs)} with py-spy`, 0, 0.9, working);
    const ended = await working;
    throwIfAborted(run.signal);
    if (!ended.ok) return ended;
    if (ended.value.code !== 0 || await stat(file).then(({ size }) => size > mostBytes, () => true)) return failure('action.tool-failed', `py-spy failed: ${lastWords(ended.value)}`, 'py-spy needs CAP_SYS_PTRACE, or the same user with kernel.yama.ptrace_scope=0.');
    const stacks = await readFile(file);
    const samples = stacks.toString('utf8').split('\n').reduce((sum, line) => sum + Number(/ (\d+)$/.exec(line)?.[1] ?? 0), 0);
    run.figure('samples', samples);
    run.figure('durationMs', durationMs);
    return writeOut(run, stacks, { kind: 'cpu-profile', format: 'folded', name: `${fileStem(process)}.folded`, sensitive: false, summary: `CPU sample of ${nameOf(process)}, ${seconds(durationMs)}, ${samples} samples`, fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { samples, durationMs } });
  });
}
