// `weir probe` on real processes: a Node program that knows nothing of it, and a small C program where there is a compiler and a kernel for it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ended, environmentWithoutWeir, jsonLines, runWeir, startWeir } from '../testing/run-weir.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-probe-'));
const env = { WEIR_DATA: join(folder, 'data'), XDG_STATE_HOME: join(folder, 'state') };
const ledgers = (): string[] => { const at = join(folder, 'state', 'weir', 'probes'); return existsSync(at) ? readdirSync(at) : []; };
interface Line { readonly time: string; readonly name: string; readonly pid: number; readonly code: { file: string; line: number; function: string }; readonly attributes: Record<string, unknown>; readonly body: string }

const program = `function turn(i) {
  const user = 'u-' + i;
  const moves = i * 3;
  return user + moves;
}
let i = 0;
setInterval(() => { turn(i++); }, 50);
console.log('ready');
`;
let node: ChildProcess;
let pid = '';
beforeAll(async () => {
  writeFileSync(join(folder, 'tower.cjs'), program);
  // A port of its own: other tests open the usual one at the same time.
  node = spawn(process.execPath, ['--inspect-port=0', join(folder, 'tower.cjs')], { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] } });
  await once(node.stdout as NodeJS.ReadableStream, 'data');
  pid = String(node.pid);
});
afterAll(() => { node.kill('SIGKILL'); rmSync(folder, { recursive: true, force: true }); });

/** Resolves with the first lines that it says on a stream. */
function saying(child: ChildProcess, stream: 'stdout' | 'stderr', words: RegExp): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    child[stream]?.on('data', (chunk: Buffer | string) => { said += String(chunk); if (words.test(said)) resolve(); });
    child.once('exit', () => { reject(new Error(`It ended before: ${said}`)); });
  });
}

describe('a logpoint from a terminal', () => {
  it('prints one record a line with values under attributes, ends at --max, and leaves nothing', async () => {
    const { code, stdout, stderr } = await runWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:4', '--expr', 'user, moves, [user, moves]', '--when', 'moves % 2 === 0', '--max', '4', '--for', '30s', '--name', 'probe.turns'], { env });
    expect(code, stderr).toBe(0);
    const lines = jsonLines<Line>(stdout);
    expect(lines).toHaveLength(4);
    for (const { name, pid: of, code: at, attributes, time } of lines) {
      expect([name, String(of), at.line, at.function]).toEqual(['probe.turns', pid, 4, 'turn']);
      expect(attributes['moves']).toBe(Number(String(attributes['user']).slice(2)) * 3);
      expect([Number(attributes['moves']) % 2, Math.abs(Date.parse(time) - Date.now()) < 60_000]).toEqual([0, true]);
    }
    expect(stderr).toMatch(/4 told/);
    expect(ledgers()).toEqual([]);
  });

  it('counts in the place of records', async () => {
    const { code, stdout, stderr } = await runWeir(['probe', 'logpoint', '--match', join(folder, 'tower.cjs'), '--at', 'tower.cjs:4', '--count', '--max', '5', '--for', '6s'], { env });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('the hit quota does not end it');
    expect([stderr.includes('ends after 6 s, or on Ctrl-C'), jsonLines<Line>(stdout)[0]?.name]).toEqual([true, 'tower-4']);
    // No quota ends a counter: one that left out hits would be wrong.
    const counts = jsonLines<Line>(stdout).map(({ attributes }) => Number(attributes['count']));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5);
  });

  it('times from line to line; --until takes a line of the same file', async () => {
    const { code, stdout, stderr } = await runWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:2', '--until', '4', '--for', '6s', '--name', 'turn.time'], { env });
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/tower\.cjs:2:\d+ until .*tower\.cjs:4:/);
    expect(jsonLines<{ unit: string; attributes: { count: number; min: number } }>(stdout)[0]).toMatchObject({ name: 'turn.time', unit: 'ms', attributes: { count: expect.any(Number), min: expect.any(Number) } });
    expect((await runWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:2', '--until', 'line 4'], { env })).stderr).toMatch(/--until "line 4" is not a place/);
  });

  it('notes the inspector that it opens in the book of the agent of its data folder, so that both share it', async () => {
    const child = startWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:4', '--expr', 'user', '--for', '5m', '--max', '100000'], { env });
    const over = ended(child);
    await saying(child, 'stdout', /u-/);
    const book = () => (JSON.parse(readFileSync(join(env.WEIR_DATA, 'agent', 'actions.json'), 'utf8')) as { leftovers: unknown[] }).leftovers;
    expect(book()).toMatchObject([{ owner: { pid: child.pid, program: 'terminal' }, what: { kind: 'inspector', pid: Number(pid), state: 'open' } }]);
    // What looks into the same process by that book has a part in the inspector, and leaves it open.
    const second = await runWeir(['action', 'cpu-sample', '--pid', pid, '--duration', '1s', '--out', join(folder, 'a.cpuprofile')], { env });
    expect([second.code, jsonLines<{ notes: string[] }>(second.stdout)[0]?.notes], second.stderr).toEqual([0, []]);
    expect([book().length, child.exitCode]).toEqual([1, null]);
    child.kill('SIGINT');
    expect((await over).code).toBe(0);
    expect([book(), existsSync(join(folder, 'state', 'weir', 'actions.json'))]).toEqual([[], false]);
  });

  it('without a data folder keeps its notes in a folder of the user, and makes none where it was started', async () => {
    const here = mkdtempSync(join(folder, 'cwd-'));
    const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), 'probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:4', '--expr', 'user', '--max', '1', '--for', '30s'], { cwd: here, env: { ...environmentWithoutWeir(), XDG_STATE_HOME: join(folder, 'own-state') }, stdio: 'pipe' });
    const { code, stderr } = await ended(child);
    expect(code, stderr).toBe(0);
    expect([readdirSync(here), (JSON.parse(readFileSync(join(folder, 'own-state', 'weir', 'actions.json'), 'utf8')) as { leftovers: unknown[] }).leftovers]).toEqual([[], []]);
  });

  it('ends with 2 and the reason when it cannot', async () => {
    const at = (...more: string[]) => runWeir(['probe', 'logpoint', '--pid', pid, ...more], { env });
    const all = [await at('--at', 'tower.cjs:4', '--expr', 'user = 3'), await at('--at', 'tower.cjs'), await at('--at', 'nowhere.js:1', '--expr', 'x'), await at('--at', 'tower.cjs:4', '--expr', 'user', '--for', 'long'), await runWeir(['probe', 'logpoint', '--at', 'x:1', '--expr', 'x'], { env })];
    expect(all.map(({ code, stdout }) => [code, stdout])).toEqual(all.map(() => [2, '']));
    [/assigns/, /not a place/, /nowhere\.js/, /not a duration/, /none is named/].forEach((words, index) => { expect(all[index]?.stderr).toMatch(words); });
    expect(ledgers()).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'a closed pipe'] as const)('is taken out on %s', async (why) => {
    const child = startWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:4', '--expr', 'user', '--for', '5m', '--max', '100000'], { env });
    const [, end] = await Promise.all([saying(child, 'stdout', /u-/).then(() => { if (why === 'a closed pipe') child.stdout?.destroy(); else child.kill(why); }), ended(child)]);
    expect([end.code, end.stderr]).toEqual([0, expect.stringContaining('It is taken out')]);
    expect(ledgers()).toEqual([]);
  });

  it('that was killed is taken out by the next run', async () => {
    const child = startWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:4', '--expr', 'user', '--for', '5m'], { env });
    await Promise.all([saying(child, 'stdout', /u-/).then(() => child.kill('SIGKILL')), ended(child)]);
    expect(ledgers()).toHaveLength(1);
    const next = await runWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:4', '--expr', 'user', '--max', '1'], { env });
    expect([next.code, next.stderr]).toEqual([0, expect.stringContaining('killed weir')]);
    expect(ledgers()).toEqual([]);
  });

  it('does not go in where the owner of the machine does not allow it, or the cord is pulled', async () => {
    const other = { ...env, WEIR_DATA: join(folder, 'other') };
    mkdirSync(join(folder, 'other', 'agent'), { recursive: true });
    writeFileSync(join(folder, 'other', 'agent', 'actions-policy.json'), JSON.stringify({ version: 1, probes: ['syslog'] }));
    const run = () => runWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:4', '--expr', 'user'], { env: other });
    expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('does not allow') });
    writeFileSync(join(folder, 'other', 'agent', 'actions-policy.json'), JSON.stringify({ version: 1 }));
    writeFileSync(join(folder, 'other', 'agent', 'rip-cord.json'), JSON.stringify({ version: 1, server: null, machine: { from: 'machine', by: 'ann', atUnixMs: 1, reason: 'a storm' }, handled: '' }));
    expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('rip cord is pulled') });
  });

  it('is taken out when the cord is pulled, also where no agent runs, and the next does not start; nor is the inspector opened for its files', async () => {
    const own = { ...env, WEIR_DATA: join(folder, 'corded') };
    const child = startWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:4', '--expr', 'user', '--for', '5m', '--max', '100000'], { env: own });
    const [, end] = await Promise.all([saying(child, 'stdout', /u-/).then(() => runWeir(['agent', 'ripcord', '--reason', 'a storm'], { env: own })), ended(child)]);
    expect([end.code, end.stderr]).toEqual([0, expect.stringContaining('The rip cord was pulled')]);
    expect(ledgers()).toEqual([]);
    expect(await runWeir(['probe', 'logpoint', '--pid', pid, '--at', 'tower.cjs:4', '--expr', 'user'], { env: own })).toMatchObject({ code: 2, stderr: expect.stringContaining('a storm') });
    expect(await runWeir(['probe', 'list', '--pid', pid], { env: own })).toMatchObject({ code: 2, stderr: expect.stringContaining('a storm') });
  });
});

describe('a target that stands still', () => {
  const own = { WEIR_DATA: join(folder, 'still-data'), XDG_STATE_HOME: join(folder, 'still-state') };
  const left = (): string[] => { const at = join(folder, 'still-state', 'weir', 'probes'); return existsSync(at) ? readdirSync(at) : []; };
  async function probed(...more: string[]): Promise<{ readonly target: ChildProcess; readonly child: ChildProcess; readonly over: ReturnType<typeof ended> }> {
    const target = spawn(process.execPath, ['--inspect-port=0', join(folder, 'tower.cjs')], { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] } });
    onTestFinished(() => { target.kill('SIGKILL'); });
    await once(target.stdout as NodeJS.ReadableStream, 'data');
    const child = startWeir(['probe', 'logpoint', '--pid', String(target.pid), '--at', 'tower.cjs:4', '--expr', 'user', '--max', '100000', ...more], { env: own });
    onTestFinished(() => { child.kill('SIGKILL'); });
    const over = ended(child);
    await saying(child, 'stdout', /u-/);
    return { target, child, over };
  }

  it('does not keep it: it says what is left and ends with 2; the next run takes that out', async () => {
    const { target, over } = await probed('--for', '5s');
    target.kill('SIGSTOP');
    const { code, stderr } = await over;
    expect([code, stderr]).toEqual([2, expect.stringMatching(/tries again[^]*It could not be taken out[^]*the hook globalThis\["weir\.probes[^]*inspector on port \d+/)]);
    expect(stderr).not.toContain('it is taken out');
    expect(left()).toHaveLength(1);
    target.kill('SIGCONT');
    await expect.poll(async () => { await runWeir(['probe', 'logpoint', '--pid', String(target.pid), '--at', 'tower.cjs:4', '--expr', 'user', '--max', '1'], { env: own }); return left(); }, { timeout: 60_000 }).toEqual([]);
  });

  it('that goes on while it is tried again is left clean, with 0', async () => {
    const { target, child, over } = await probed('--for', '5s');
    target.kill('SIGSTOP');
    await saying(child, 'stderr', /tries again/);
    target.kill('SIGCONT');
    expect(await over).toMatchObject({ code: 0, stderr: expect.stringContaining('it is taken out') });
    expect(left()).toEqual([]);
  });

  it('is not waited for by a second Ctrl-C', async () => {
    const { target, child, over } = await probed('--for', '5m');
    target.kill('SIGSTOP');
    child.kill('SIGINT');
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    expect(await over).toMatchObject({ code: 130, stderr: expect.stringContaining('noted') });
    target.kill('SIGKILL');
  });

  it('before it is in is a refusal with the reason', async () => {
    const target = spawn(process.execPath, [join(folder, 'tower.cjs')], { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] } });
    onTestFinished(() => { target.kill('SIGKILL'); });
    await once(target.stdout as NodeJS.ReadableStream, 'data');
    target.kill('SIGSTOP');
    expect(await runWeir(['probe', 'logpoint', '--pid', String(target.pid), '--at', 'tower.cjs:4', '--expr', 'user', '--for', '2s'], { env: own })).toMatchObject({ code: 2, stderr: expect.stringContaining('stands still') });
  });
});

it('a uprobe needs a program: that of a process, or a file that may be searched', async () => {
  const none = await runWeir(['probe', 'uprobe', '--symbol', 'work'], { env });
  expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/needs the program or library.*neither one nor a process is named[^]*--bin PATH/)]);
  const missing = await runWeir(['probe', 'usdt', '--pid', String(2 ** 22 + 1), '--provider', 'p', '--symbol', 's'], { env });
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('There is no process')]);
});

const hasUprobes = process.getuid?.() === 0 && spawnSync('gcc', ['--version']).status === 0 && existsSync('/sys/kernel/tracing') && /\ttracefs$/m.test(readFileSync('/proc/filesystems', 'utf8'));
// Without root, a compiler or a kernel with tracefs there is nothing to try it on.
describe.skipIf(!hasUprobes)('a uprobe from a terminal (needs root, gcc and tracefs)', () => {
  it('gives arguments and return values of a C program', async () => {
    const [source, binary] = [join(folder, 'work.c'), join(folder, 'work')];
    writeFileSync(source, '#include <unistd.h>\n__attribute__((noinline)) int work(int a, int b) { volatile int s = a; return s * 2 + b; }\nint main(void) { for (int i = 0; ; i++) { work(i, 7); usleep(50000); } }\n');
    expect(spawnSync('gcc', ['-O1', '-o', binary, source]).status).toBe(0);
    const target = spawn(binary, { stdio: 'ignore' });
    try {
      const entry = await runWeir(['probe', 'uprobe', '--bin', binary, '--symbol', 'work', '--args', 'a=%di:s32', 'b=%si:s32', '--pid', String(target.pid), '--max', '3', '--for', '30s'], { env });
      if (entry.code === 2 && /no-permission|kernel|tracefs/i.test(entry.stderr)) { process.stderr.write(`skipped: ${entry.stderr}`); return; }
      expect(entry.code, entry.stderr).toBe(0);
      const values = jsonLines<Line>(entry.stdout).map(({ attributes }) => [attributes['a'], attributes['b']] as [number, number]);
      expect(values.map(([, b]) => b)).toEqual([7, 7, 7]);
      expect(values[2]![0] - values[0]![0]).toBe(2);
      const back = await runWeir(['probe', 'uprobe', '--bin', binary, '--symbol', 'work', '--args', 'ret=$retval:s32', '--ret', '--max', '2', '--for', '30s'], { env });
      expect(jsonLines<Line>(back.stdout).map(({ attributes, pid: of }) => [Number(attributes['ret']) % 2, of]), back.stderr).toEqual([[1, target.pid], [1, target.pid]]);
      expect(ledgers()).toEqual([]);
      const own = await runWeir(['probe', 'uprobe', '--symbol', 'work', '--args', 'a=%di:s32', '--pid', String(target.pid), '--max', '1', '--for', '30s'], { env });
      expect([own.code, jsonLines<Line>(own.stdout)[0]?.name, own.stderr], own.stderr).toEqual([0, 'work', expect.stringContaining(binary)]);
    } finally {
      target.kill('SIGKILL');
      await once(target, 'exit');
    }
    const nobody = await runWeir(['probe', 'uprobe', '--bin', binary, '--symbol', 'work', '--for', '1s'], { env });
    expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringMatching(/may not be searched or probed without a process.*no process runs it/)]);
  });
});

describe('the rip cord of a machine', () => {
  it('reaches its agent with no server, holds over a restart, and is released', async () => {
    const own = { ...env, WEIR_DATA: join(folder, 'agent-data'), WEIR_OTLP_HTTP_PORT: '0', WEIR_OTLP_GRPC_PORT: '0' };
    const cord = (...more: string[]) => runWeir(['agent', 'ripcord', ...more], { env: own });
    const before = await cord('--reason', 'a storm');
    expect([before.code, before.stderr]).toEqual([0, expect.stringContaining('no agent runs')]);
    const start = async (): Promise<ChildProcess> => { const child = startWeir(['agent', '--forward', 'http://127.0.0.1:9'], { env: own }); await Promise.race([saying(child, 'stdout', /OTLP|otlp/), saying(child, 'stderr', /OTLP|otlp/)]); return child; };
    let agent = await start();
    const stop = async (): Promise<void> => { const end = ended(agent); agent.kill('SIGTERM'); await end; };
    try {
      expect(jsonLines<{ pulled: boolean; pulls: unknown[] }>((await cord('--reason', 'again')).stdout)).toMatchObject([{ pulled: true, pulls: [{ from: 'machine', reason: 'again' }] }]);
      await stop();
      agent = await start();
      const released = await cord('--release');
      expect([released.code, jsonLines(released.stdout)]).toMatchObject([0, [{ pulled: false, pulls: [] }]]);
    } finally {
      await stop();
    }
  });
});
