import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { actionsHere, temporaryFolder } from '../testing/actions-here.ts';
import { has, startNative, startTarget } from '../testing/targets.ts';
import { Tools } from '../tools/index.ts';
import { asBefore, stacksOf } from './core-dump.ts';
import type { Proc } from '../../processes/index.ts';
import { samplesIn } from './perf.ts';

vi.setConfig({ testTimeout: 120_000 });

describe('a native process', () => {
  it.skipIf(!has('perf'))('gives a CPU sample by perf', async () => {
    const [here, target] = [await actionsHere(), await startNative()];
    const report = await here.run('cpu-sample', { pid: target.pid }, { durationMs: 500, hertz: 200 });
    expect(report.why).toBeNull();
    const text = here.text(report.artifacts[0]?.name ?? '');
    expect(text).toMatch(/\bPerl_\w+/);
    expect(report.figures['samples']).toBe(text.split('\n').filter((line) => line.startsWith('perl')).length);
    expect(report.figures['samples']).toBeGreaterThan(0);
  });

  it.skipIf(!has('gdb'))('gives a core and the stacks of its threads, and runs on', async () => {
    const [here, target] = [await actionsHere(), await startNative()];
    const report = await here.run('memory-dump', { pid: target.pid });
    expect(report.why).toBeNull();
    expect(report.artifacts.map(({ kind, sensitive }) => [kind, sensitive])).toEqual([['core-dump', true], ['thread-stacks', false]]);
    expect(here.bytes(report.artifacts[0]?.name ?? '').subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect(here.text(report.artifacts[1]?.name ?? '')).toMatch(/^Thread 1 .*\n#0 [\s\S]*\npc +0x[0-9a-f]+/);
    for (const { name } of report.artifacts) expect(statSync(join(here.folder, 'kept', name)).mode & 0o777, name).toBe(0o600);
    expect(report.figures).toMatchObject({ threads: 1 });
    expect(report.figures['stoppedMs']).toBeGreaterThan(0);
    const state = (await here.processes.proc.stat(target.pid))?.state;
    expect(['R', 'S']).toContain(state);
  });

  it.skipIf(!has('gdb'))('that somebody had stopped stays so', async () => {
    const [here, target] = [await actionsHere(), await startNative()];
    target.kill('SIGSTOP');
    const state = async () => (await here.processes.proc.stat(target.pid))?.state;
    await expect.poll(state).toBe('T');
    const report = await here.run('memory-dump', { pid: target.pid });
    expect([report.why, report.notes.join(), await state()]).toEqual([null, expect.stringContaining('stopped before'), 'T']);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect(await state()).toBe('T');
  });

  it('is resumed after a crash only when a debugger of Weir had stopped it', async () => {
    const [here, target] = [await actionsHere(), await startNative()];
    const proc: Proc = here.processes.proc;
    const { startTicks } = (await proc.stat(target.pid))!;
    const state = async () => (await proc.stat(target.pid))?.state;
    target.kill('SIGSTOP');
    await expect.poll(state).toBe('T');
    const dead = { pid: 2 ** 22 + 5, startTicks: 1 };
    const leave = (wasStopped: boolean) => { writeFileSync(join(here.folder, 'actions.json'), JSON.stringify({ version: 1, leftovers: [{ key: 'stopped', owner: dead, what: { kind: 'stopped', pid: target.pid, startTicks, wasStopped } }] })); };
    leave(true);
    await here.runner.start();
    expect(await state()).toBe('T');
    await asBefore(proc, { pid: target.pid, startTicks: startTicks + 1 });
    expect(await state()).toBe('T');
    leave(false);
    await here.runner.start();
    await expect.poll(state).not.toBe('T');
  });

  it.skipIf(!has('gdb') || !has('gcc'))('has stacks without the arguments, which may be secrets', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'target.c'), '#include <stdio.h>\n#include <unistd.h>\nvoid __attribute__((noinline)) weir_waits(const char *words) { puts("ready"); fflush(stdout); for (;;) sleep(1); puts(words); }\nint main(void) { weir_waits("spoken words"); return 0; }\n');
    execFileSync('gcc', ['-g', '-O0', '-o', join(folder, 'target'), join(folder, 'target.c')]);
    const [here, target] = [await actionsHere(), await startTarget(join(folder, 'target'), [])];
    const report = await here.run('memory-dump', { pid: target.pid });
    expect(report.why).toBeNull();
    const stacks = here.text(report.artifacts[1]?.name ?? '');
    expect(stacks).toMatch(/weir_waits \(words=\.\.\.\)/);
    expect(stacks).not.toContain('spoken');
  });

  it.skipIf(!has('perf'))('is sampled no longer once that is cancelled', async () => {
    const [here, target] = [await actionsHere(), await startNative()];
    const running = here.run('cpu-sample', { pid: target.pid }, { durationMs: 300_000 });
    await expect.poll(() => here.reports.at(-1)?.progress.text).toMatch(/with perf/);
    await here.runner.stop();
    expect(await running).toMatchObject({ state: 'cancelled', artifacts: [] });
    const perfs = (await here.processes.list()).processes.filter(({ name, command }) => name === 'perf' && command.includes(`-p ${target.pid}`));
    expect(perfs).toEqual([]);
  });

  it('says what is missing when there is no tool', async () => {
    const [here, target] = [await actionsHere({ searchPath: '/nowhere' }), await startNative()];
    for (const [action, tool] of [['cpu-sample', 'perf'], ['memory-dump', 'gdb'], ['packet-capture', 'tcpdump']] as const) {
      const { state, why } = await here.run(action, { pid: target.pid });
      expect(state).toBe('refused');
      expect(why).toMatchObject({ code: 'action.missing-tool', message: expect.stringContaining(tool), help: expect.stringContaining('apt-get install') });
    }
    expect(await here.tools()).toMatchObject({ perf: expect.stringContaining('linux-perf'), gdb: expect.stringContaining('gdb') });
  });
});

it('counts samples over the border of two chunks', () => {
  const text = 'perl 1/1 1.0: cpu:\n\t1 a\n\nperl 1/1 1.1: cpu:\n\t1 b\n';
  for (let cut = 1; cut < text.length; cut++) {
    const [first, second] = [Buffer.from(text.slice(0, cut)), Buffer.from(text.slice(cut))];
    expect(samplesIn(first, 0x0a) + samplesIn(second, first.at(-1) ?? 0)).toBe(2);
  }
});

it('takes the stacks from between its marks', () => {
  expect(stacksOf('reading symbols\n--stacks--\nThread 1\n#0 main\n\n--core--\nSaved corefile x\n')).toBe('Thread 1\n#0 main\n');
  expect(stacksOf('\n--stacks--\nThread 2 (x):\n#0 a\n\nThread 1 (y):\n#0 main\n\n--registers--\n\nThread 2 (x):\npc  0x1  0x1 <a+1>\n\nThread 1 (y):\npc  0x2  0x2 <main>\n\n--core--\nSaved')).toBe('Thread 2 (x):\n#0 a\npc  0x1  0x1 <a+1>\n\nThread 1 (y):\n#0 main\npc  0x2  0x2 <main>\n');
});

it('runs tools so that what they write is for nobody else, and changes nothing for the rest', async () => {
  const before = process.umask();
  const tools = new Tools(process.env['PATH'] ?? '', { started: async () => undefined, ended: async () => undefined });
  const ended = await tools.run('perl', ['-e', 'printf("%o", umask)'], { signal: new AbortController().signal, timeoutMs: 10_000 });
  expect(ended.ok && ended.value.stdout).toBe('77');
  expect(process.umask()).toBe(before);
});

it('ends a tool whose output nobody can take, and says why', async () => {
  const tools = new Tools(process.env['PATH'] ?? '', { started: async () => undefined, ended: async () => undefined });
  const ended = await tools.run('perl', ['-e', '$|=1;print "x";sleep 60'], { signal: new AbortController().signal, timeoutMs: 60_000, onOutput: () => { throw new Error('not understood'); } });
  expect(ended).toMatchObject({ ok: false, error: { code: 'action.tool-failed', message: expect.stringContaining('not understood') } });
});
