// The kernel's probes on a small C program: what is read, what is left out, and that nothing stays.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ok } from '../../../base/index.ts';
import { uprobeSpec, type AgentProcess, type ProbeWhat, type UprobeSpec } from '../../../model/index.ts';
import { systemClock } from '../../ports/index.ts';
import { until } from '../../test-support/until.ts';
import type { Inserted, ProbeMechanism } from '../contract.ts';
import { GovernedProbe, valueRedactor } from '../governed/index.ts';
import { requestOf } from '../governed/testing/probe-here.ts';
import { removeKernelLeftovers, searchSymbols, uprobeMechanism, usdtMechanism } from './index.ts';
import { EventsIn, instanceName, removeAllLeft, removeGroup } from './trace/index.ts';
import { openTracefs } from './tracefs.ts';
import { inKernel, Notes, ports, proc, Seen, Targets, tools, whyNot } from './testing/here.ts';

const reason = await whyNot('gcc');
const noTool = async (name: string): Promise<string | null> => (await tools.find(name) === null ? `${name} is not installed` : null);
const [noObjdump, noGdb, noStrip, noGo] = [await noTool('objdump'), await noTool('gdb'), await noTool('strip'), await noTool('go')];
const signal = new AbortController().signal;
const mechanism = uprobeMechanism(ports);
const targets = new Targets();
let program = '';
let keys = 0;

const specOf = (changes: Partial<UprobeSpec>): UprobeSpec => uprobeSpec.parse({ binary: program, symbol: 'work', ...changes });

async function put(changes: Partial<UprobeSpec>, process: AgentProcess | null): Promise<{ readonly seen: Seen; readonly probe: Inserted; readonly key: string }> {
  const [seen, key] = [new Seen(), `test_${++keys}`];
  const done = await mechanism.insert({ key, spec: specOf(changes), process, signal }, seen, new Notes().note);
  if (!done.ok) throw new Error(`${done.error.code}: ${done.error.message} ${done.error.help}`);
  onTestFinished(async () => { await done.value.remove(); });
  return { seen, probe: done.value, key };
}
async function refused(changes: Partial<UprobeSpec>, process: AgentProcess | null = null): Promise<string> {
  const key = `test_${++keys}`;
  const done = await mechanism.insert({ key, spec: specOf(changes), process, signal }, new Seen(), new Notes().note);
  if (done.ok) { await done.value.remove(); return 'it went in'; }
  expect(await inKernel(`_${key}_`)).toEqual([]);
  return `${done.error.code} ${done.error.message} ${done.error.help}`;
}

describe.skipIf(reason !== null)(`uprobes${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 30_000 }, () => {
  beforeAll(async () => { program = await targets.build('target'); });
  afterAll(() => targets.end());

  test('values of every type, of the right call, at the right time', async () => {
    const { process } = await targets.start(program);
    const { seen, probe } = await put({ arguments: ['number=%di:s32', 'text=+0(%si):string', 'large=%dx:u64', 'asHex=%dx:x64', 'asSigned=%dx:s64', 'small=%cx:u8', 'raw=%di'] }, process);
    const before = BigInt(Date.now()) * 1_000_000n;
    await until(() => seen.hits.length >= 8);
    const even = seen.hits.find(({ values }) => values['text'] === 'even');
    expect(even?.values).toMatchObject({ large: '18446744073709551600', asHex: '0xfffffffffffffff0', asSigned: -16 });
    expect(even?.values['small']).toBe(Number(even?.values['number']) & 255);
    expect(BigInt(even?.values['raw'] as string)).toBe(BigInt(even?.values['number'] as number));
    expect(seen.values('text')).toContain('odd "one"\nweir: forged');
    expect(seen.hits.filter(({ values }) => values['text'] === 'negative').every(({ values }) => (values['number'] as number) <= 0)).toBe(true);
    expect(seen.hits.every(({ pid, unixNano }) => pid === process.pid && unixNano > before - 2_000_000_000n && unixNano < BigInt(Date.now() + 2000) * 1_000_000n)).toBe(true);
    expect(probe.resolved).toContain('work in');
    expect(probe.code?.function).toBe('work');
  });

  test('calls are in order, and none is missing', async () => {
    const { process } = await targets.start(program);
    const { seen, probe } = await put({ arguments: ['number=%di:s32'], filter: 'number >= 0' }, process);
    await until(() => seen.hits.length >= 20);
    await probe.remove();
    const numbers = seen.values('number') as number[];
    const first = numbers.find((number) => number > 0) ?? 0;
    expect(numbers.filter((number) => number > 0)).toEqual(Array.from({ length: numbers.filter((number) => number > 0).length }, (_, index) => first + index));
    expect(seen.lostHits).toBe(0);
  });

  test('return values come with the arguments of the same call and its time', async () => {
    const { process } = await targets.start(program);
    const { seen } = await put({ returns: true, arguments: ['number=%di:s32', 'result=$retval:s64'] }, process);
    await until(() => seen.hits.length >= 6);
    for (const { values } of seen.hits) expect(values['result']).toBe(2 * (values['number'] as number));
    expect(seen.hits.every(({ values }) => (values['duration_us'] as number) > 0)).toBe(true);
    expect(Object.keys(seen.hits[0]?.values ?? {})).not.toContain('weir_sp');
  });

  test('a function that calls itself: each return has its own entry', async () => {
    const fibs = [0, 1, 1, 2, 3, 5, 8];
    const { process } = await targets.start(program, 'fib');
    const { seen } = await put({ symbol: 'fib', returns: true, arguments: ['n=%di:s32', 'result=$retval:s32'] }, process);
    await until(() => seen.hits.length >= 25);
    for (const { values } of seen.hits) expect(values['result']).toBe(fibs[values['n'] as number]);
    const filtered = await put({ symbol: 'fib', returns: true, arguments: ['n=%di:s32', 'result=$retval:s32'], filter: 'n == 4' }, process);
    await until(() => filtered.seen.hits.length >= 3);
    expect(new Set(filtered.seen.values('result'))).toEqual(new Set([3]));
  });

  test('without arguments a return has its value', async () => {
    const { process } = await targets.start(program);
    const { seen, probe } = await put({ returns: true }, process);
    await until(() => seen.hits.length >= 4);
    expect(seen.values('ret').every((value) => (value as number) % 2 === 0)).toBe(true);
    expect(probe.means).toBe('uprobe on return');
  });

  test('the filter is in the kernel, over numbers and texts', async () => {
    const { process } = await targets.start(program);
    const { seen } = await put({ arguments: ['number=%di:s32', 'text=+0(%si):string'], filter: 'number > 3 && text ~ "od*"' }, process);
    await until(() => seen.hits.length >= 4);
    expect(seen.hits.every(({ values }) => (values['number'] as number) > 3 && String(values['text']).startsWith('odd'))).toBe(true);
  });

  test('of two processes of one program only the chosen one, with threads it starts later, without children', async () => {
    const [chosen, other] = [await targets.start(program, 'threads', '0'), await targets.start(program, 'forks', '500000')];
    const { seen } = await put({ arguments: ['number=%di:s32', 'text=+0(%si):string'] }, chosen.process);
    const forks = await put({ arguments: ['number=%di:s32', 'text=+0(%si):string'] }, other.process);
    await until(() => seen.values('text').filter((text) => text === 'short').length >= 3 && forks.seen.hits.length >= 20);
    expect(seen.hits.every(({ pid, values }) => pid === chosen.process.pid && Math.abs(values['number'] as number) < 400_000)).toBe(true);
    expect(new Set(seen.hits.map(({ threadId }) => threadId)).size).toBeGreaterThan(3);
    expect(forks.seen.values('text')).not.toContain('child');
    expect(forks.seen.hits.length).toBeGreaterThan(5);
  });

  test('without a process: all of them, each named', async () => {
    const [one, two] = [await targets.start(program), await targets.start(program)];
    const { seen } = await put({}, null);
    await until(() => new Set(seen.hits.map(({ pid }) => pid)).size >= 2);
    const pids = new Set(seen.hits.map(({ pid }) => pid));
    expect(pids).toContain(one.process.pid);
    expect(pids).toContain(two.process.pid);
  });

  test('counts and metrics', async () => {
    const { process } = await targets.start(program);
    const [counted, measured] = [await put({ does: 'count' }, process), await put({ does: 'metric', arguments: ['number=%di:s32'], filter: 'number > 0' }, process)];
    await until(() => counted.seen.hits.length >= 3 && measured.seen.hits.length >= 3);
    expect(counted.seen.hits[0]?.measure).toBe(1);
    expect(measured.seen.hits[0]?.measure).toBe(measured.seen.hits[0]?.values['number']);
  });

  test('a hot function: paused it has its speed again, and what was not brought home is told', async () => {
    const { process, lines } = await targets.start(program, 'hot');
    await until(() => lines().length > 3);
    const { seen, probe } = await put({ symbol: 'hot', arguments: ['number=%di:s32'] }, process);
    await until(() => seen.hits.length > 1000);
    await probe.pause();
    await until(() => seen.lostHits + seen.hits.length > 1000);
    const [told, from] = [seen.hits.length, lines().length];
    await until(() => lines().length > from + 5);
    // The machine may be busy; a probe that is still in keeps it below a tenth of this.
    expect(Math.max(...lines().slice(from + 1).map(Number))).toBeGreaterThan(50_000);
    const settled = seen.hits.length;
    expect(settled - told).toBeLessThan(10_000);
    expect((await probe.resume()).ok).toBe(true);
    await until(() => seen.hits.length > settled + 100);
    expect(await probe.remove()).toBe(true);
    const numbers = seen.values('number') as number[];
    expect(numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))).toBe(true);
  });

  test('calls that the filter keeps back are charged, and so are those of others while the process stands still', async () => {
    const { process, child } = await targets.start(program, 'hot');
    const never = await put({ symbol: 'hot', arguments: ['number=%di:s32'], filter: 'number == -5' }, process);
    await until(() => never.seen.costMs > 50);
    expect([never.seen.hits, never.seen.lostHits]).toEqual([[], 0]);
    child.kill('SIGSTOP');
    const bystander = await targets.start(program, 'hot');
    const stopped = await put({ symbol: 'hot' }, process);
    await until(() => stopped.seen.costMs > 50);
    expect(stopped.seen.hits).toEqual([]);
    bystander.child.kill('SIGKILL');
  });

  test('what is told as a hit is not charged twice', async () => {
    const alone = await targets.build('alone');
    const { process } = await targets.start(alone);
    const { seen, probe } = await put({ binary: alone, arguments: ['number=%di:s32'] }, process);
    await until(() => seen.hits.length >= 200);
    await probe.remove();
    // At most what passed between the last two looks at rings and count.
    expect(seen.costMs).toBeLessThan(seen.hits.length / 2 * (probe.expectedCostMs ?? 0));
  });

  test('a governed probe pauses for calls that make no hit, and says their share', async () => {
    const { process } = await targets.start(program, 'hot');
    const what: ProbeWhat = { kind: 'uprobe', spec: specOf({ symbol: 'hot', arguments: ['number=%di:s32'], filter: 'number == -5' }) };
    const probe = new GovernedProbe({
      request: requestOf({ id: 'never', what, target: { pid: process.pid }, limits: { maxCpuShare: 0.01 } }), mechanism: mechanism as ProbeMechanism, waits: false,
      ports: { clock: systemClock, redact: valueRedactor(), output: { records: () => undefined, point: () => undefined }, note: async () => ok(undefined), settle: async () => undefined, changed: () => undefined },
    });
    onTestFinished(async () => { await probe.end('removed'); });
    await probe.insert(process);
    await until(() => probe.report().state === 'paused');
    expect(probe.report()).toMatchObject({ hits: 0, places: [{ pauses: 1 }] });
    expect(probe.report().places[0]?.cpuShare).toBeGreaterThan(0.01);
  });

  test('a probe whose events somebody else took out ends, and says so', async () => {
    const { process } = await targets.start(program);
    const { seen, key } = await put({}, process);
    const root = await openTracefs(ports);
    const [line] = await inKernel(`_${key}_`);
    const group = /^p:(\w+)\//.exec(line ?? '')?.[1] ?? '';
    await removeGroup(root.ok ? root.value : '', group, instanceName(group));
    await until(() => seen.end !== null);
    expect([seen.end, seen.why?.code]).toEqual(['fault', 'probe.taken-out']);
    expect(await inKernel(key)).toEqual([]);
  });

  test('removed, it leaves nothing, and hits on the way are still told; twice is once', async () => {
    const { process } = await targets.start(program);
    const { seen, probe, key } = await put({ returns: true, arguments: ['number=%di:s32'] }, process);
    expect((await inKernel(`_${key}_`)).concat(await inKernel(`-${key}_`))).toHaveLength(3);
    await until(() => seen.hits.length > 0);
    expect(await probe.remove()).toBe(true);
    expect(await probe.remove()).toBe(true);
    expect((await inKernel(`_${key}_`)).concat(await inKernel(`-${key}_`))).toEqual([]);
    const told = seen.hits.length;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect(seen.hits.length).toBe(told);
    expect(await proc.isAlive(process.pid, process.startTicks)).toBe(true);
  });

  test('a process that ends takes its probe with it', async () => {
    const { process, child } = await targets.start(program);
    const { seen, key } = await put({}, process);
    child.kill('SIGKILL');
    await until(() => seen.end !== null);
    expect(seen.end).toBe('process-gone');
    expect(await inKernel(`${key}_`)).toEqual([]);
  });

  test('what a killed Weir left is removed by the next one, noted or not; what lives stays', async () => {
    const { process: target } = await targets.start(program);
    const living = await put({}, target);
    const killed = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'insert-and-wait.ts'), program, String(target.pid), 'doomed'], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => { killed.kill('SIGKILL'); });
    const [line] = await once(killed.stdout, 'data') as [Buffer];
    const left = JSON.parse(line.toString()) as Notes['left'][number];
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(await inKernel('doomed_')).toHaveLength(2);
    const { removed, remaining } = await removeKernelLeftovers(ports, new Set([living.key]));
    expect(removed).toEqual([left.detail['group']]);
    expect(remaining).toEqual([]);
    expect(await mechanism.removeLeft(left)).toBe(true);
    expect(await inKernel('doomed_')).toEqual([]);
    const told = living.seen.hits.length;
    await until(() => living.seen.hits.length > told);
    expect(await proc.isAlive(target.pid, target.startTicks)).toBe(true);
  });

  test('a Weir in a pid namespace of its own takes nothing out, and nobody what one of another namespace put in', async () => {
    const { process: target } = await targets.start(program);
    const { seen } = await put({}, target);
    const elsewhere = { ...ports, proc: Object.assign(Object.create(proc) as typeof proc, { link: async () => 'pid:[5]', stat: async () => ({ pid: 9, startTicks: 9 }), isAlive: async () => false }) };
    expect(await removeKernelLeftovers(elsewhere, new Set())).toEqual({ removed: [], remaining: [] });
    const root = await openTracefs(ports);
    expect(await removeAllLeft(root.ok ? root.value : '', elsewhere.proc, { pid: 9, startTicks: 9, pidNamespace: 5 }, new Set())).toEqual({ removed: [], remaining: [] });
    const told = seen.hits.length;
    await until(() => seen.hits.length > told);
  });

  test('a name that is not there: the nearest ones', async () => {
    expect(await refused({ symbol: 'wrok' })).toMatch(/^probe.no-symbol .*has no function wrok.*nearest names are:.*work/s);
  });

  test.skipIf(noGo !== null)(`no probe on return of a Go program${noGo === null ? '' : ` (skipped: ${noGo})`}`, async () => {
    const go = await tools.find('go') ?? '';
    expect(await refused({ binary: go, symbol: 'main.main', returns: true })).toContain('probe.crashes');
    expect((await mechanism.preview({ spec: specOf({ binary: go, symbol: 'main.main' }), process: null, signal })).problems).toEqual([]);
  });

  test('one that is refused and cannot be taken out again is told as left', async () => {
    const [key, notes] = [`test_${++keys}`, new Notes()];
    const removes = vi.spyOn(EventsIn.prototype, 'remove').mockResolvedValue(false);
    onTestFinished(() => { removes.mockRestore(); });
    const done = await mechanism.insert({ key, spec: specOf({ arguments: ['a=%di:s32'], filter: 'a ==' }), process: null, signal }, new Seen(), notes.note);
    expect(done).toMatchObject({ ok: false, error: { code: 'probe.not-removed', message: expect.stringMatching(/^It could not be inserted: .*; and what had been put in could not be taken out\.$/) } });
    const [events] = removes.mock.contexts as EventsIn[];
    removes.mockRestore();
    expect((await inKernel(`_${key}_`)).length).toBeGreaterThan(0);
    // As it was held up: what it had open is closed by then.
    expect(await events?.remove()).toBe(true);
    expect(await mechanism.removeLeft(notes.left[0]!)).toBe(true);
    expect(await inKernel(`_${key}_`)).toEqual([]);
  });

  test('what cannot be is refused in words, and nothing goes in', async () => {
    const { process } = await targets.start(program);
    expect(await refused({ binary: '/nowhere/program' })).toContain('probe.bad-binary');
    expect(await refused({ binary: '/etc/passwd' })).toContain('is not an ELF program');
    expect(await refused({ binary: '/dev/zero' })).toContain('is not a file');
    expect(await refused({ binary: '/bin/cat' }, process)).toContain('probe.not-mapped');
    expect(await refused({ arguments: ['a=%nonsense:s32'] })).toContain('probe.kernel-refused');
    expect(await refused({ arguments: ['a=$retval'] })).toContain('on return only');
    expect(await refused({ arguments: ['a=%di', 'a=%si'] })).toContain('Two arguments');
    expect(await refused({ arguments: ['weir_sp=%di'] })).toContain('uses itself');
    expect(await refused({ arguments: ['a=%di:s32'], filter: 'b == 1' })).toContain('probe.bad-filter');
    expect(await refused({ arguments: ['a=%di:s32'], filter: 'a ==' })).toContain('probe.bad-filter');
    expect(await refused({ arguments: ['a=%di:s32'], filter: 'a == 1\na == 2' })).toContain('one line');
    expect(await refused({ returns: true, arguments: ['a=%di:s32', 'r=$retval:s32'], filter: 'a == 1 && r == 2' })).toContain('one of them at a time');
    expect(await refused({ does: 'metric', arguments: ['a=+0(%si):string'] })).toContain('is a text');
  });

  test.skipIf(noObjdump !== null)(`an offset only where an instruction begins${noObjdump === null ? '' : ` (skipped: ${noObjdump})`}`, async () => {
    const { process } = await targets.start(program);
    const words: string[] = [];
    for (let offset = 1; offset < 12; offset++) {
      const done = await mechanism.preview({ spec: specOf({ offset }), process, signal });
      words.push(done.problems[0]?.message ?? 'fits');
    }
    expect(words.some((word) => word.includes('inside an instruction'))).toBe(true);
    expect(words.some((word) => word === 'fits')).toBe(true);
    const { seen } = await put({ offset: words.indexOf('fits') + 1 }, process);
    await until(() => seen.hits.length > 0);
    expect(await refused({ offset: 100_000 }, process)).toContain('behind its end');
  });

  test.each([['no-pie', '-no-pie'], ['static', '-static']])('a program that is linked otherwise: %s', async (name, option) => {
    const other = await targets.build(name, option);
    const { process } = await targets.start(other);
    const { seen } = await put({ binary: other, arguments: ['number=%di:s32', 'text=+0(%si):string'] }, process);
    await until(() => seen.hits.length > 3);
    expect(['even', 'negative', 'odd "one"\nweir: forged']).toContain(seen.values('text')[0]);
  });

  test.skipIf(noStrip !== null)(`stripped: it says so, exported functions can be probed${noStrip === null ? '' : ` (skipped: ${noStrip})`}`, async () => {
    const [stripped, dynamic] = [await targets.build('stripped', '-s'), await targets.build('dynamic', '-s', '-rdynamic')];
    expect(await refused({ binary: stripped })).toMatch(/no-symbol.*is stripped/s);
    expect((await searchSymbols(ports, { binary: stripped, process: null, text: 'work', signal })).problem?.code).toBe('probe.stripped');
    const { process } = await targets.start(dynamic);
    const { seen } = await put({ binary: dynamic }, process);
    await until(() => seen.hits.length > 0);
  });

  test('a file with an odd name, deleted while it runs, is still found through the process', async () => {
    const odd = await targets.build('od d:name\n%p');
    const { process } = await targets.start(odd);
    await promisify(execFile)('rm', [odd]);
    await copyFile('/bin/true', odd);
    const { binaries } = await searchSymbols(ports, { binary: null, process, text: 'work', signal });
    const { seen } = await put({ binary: binaries[0] ?? '' }, process);
    await until(() => seen.hits.length > 0);
  });

  test('a function of a library, by its short name', async () => {
    const { process } = await targets.start(program);
    const { seen, probe } = await put({ binary: 'libc.so.6', symbol: 'usleep', arguments: ['us=%di:u32'] }, process);
    await until(() => seen.hits.length > 0);
    expect(seen.values('us')[0]).toBe(5000);
    expect(probe.resolved).toMatch(/usleep in \/\S*libc/);
  });

  test('search: functions with their parameters, and what reads them', async () => {
    const { process } = await targets.start(program);
    const found = await searchSymbols(ports, { binary: null, process, text: 'work', signal });
    expect(found.binaries[0]).toBe(program);
    const work = found.symbols[0];
    expect(work).toMatchObject({ binary: program, name: 'work', shown: 'work' });
    expect(work?.size).toBeGreaterThan(0);
    if (noGdb !== null) return;
    expect(work?.parameters).toEqual([
      { name: 'number', type: 'int', argument: 'number=%di:s32' }, { name: 'text', type: 'const char *', argument: 'text=+0(%si):string' },
      { name: 'large', type: 'unsigned long', argument: 'large=%dx:u64' }, { name: 'small', type: 'unsigned char', argument: 'small=%cx:u8' },
    ]);
    expect(work?.place).toMatch(/target\.c:\d+$/);
    const moved = (await searchSymbols(ports, { binary: program, process: null, text: 'moved', signal })).symbols[0];
    expect(moved?.parameters?.map(({ argument }) => argument)).toEqual([null, null]);
  });

  test('the preview says what is read, where, at what cost, and touches nothing', async () => {
    const done = await mechanism.preview({ spec: specOf({ returns: true, arguments: ['number=%di:s32', 'text=+0(%si):string'], filter: 'number > 1' }), process: null, signal });
    expect(done.reads).toEqual(['on entry: number=%di:s32', 'on entry: text=+0(%si):string', 'on entry, only if: number > 1', 'on return: ret=$retval:s64', expect.stringContaining('duration_us')]);
    expect(done.problems).toEqual([]);
    expect(done.risk.privacy).toBe(3);
    expect(done.risk.reasons.join(' ')).toContain('every process that runs this file');
    expect(done.costUs).toBeGreaterThan(0);
  });
});

const noHeader = reason ?? await promisify(execFile)('gcc', ['-fsyntax-only', '-DWITH_USDT', '-x', 'c', join(import.meta.dirname, 'testing', 'target.c')]).then(() => null, () => 'sys/sdt.h is not there (systemtap-sdt-dev)');
describe.skipIf(noHeader !== null)(`USDT${noHeader === null ? '' : ` (skipped: ${noHeader})`}`, { timeout: 30_000 }, () => {
  afterAll(() => targets.end());

  test('marks are listed, their arguments read, and nothing stays', async () => {
    const marked = await targets.build('marked', '-DWITH_USDT');
    const { process } = await targets.start(marked);
    expect((await searchSymbols(ports, { binary: marked, process: null, text: 'worked', signal })).usdt).toEqual([{ binary: marked, provider: 'weir_target', name: 'worked' }]);
    const [seen, notes] = [new Seen(), new Notes()];
    const usdt = usdtMechanism(ports);
    const spec = { binary: marked, provider: 'weir_target', name: 'worked', arguments: [0, 1], severityNumber: 9 };
    const done = await usdt.insert({ key: 'usdt_test', spec, process, signal }, seen, notes.note);
    if (!done.ok) throw new Error(done.error.message);
    await until(() => seen.hits.length >= 6);
    expect(await done.value.remove()).toBe(true);
    expect(seen.hits.filter(({ values }) => (values['arg0'] as number) < 0).every(({ values }) => values['arg1'] === 5)).toBe(true);
    expect(seen.hits.some(({ values }) => values['arg1'] === '18446744073709551600')).toBe(true);
    expect(await inKernel('usdt_test')).toEqual([]);
    const wrong = await usdt.preview({ spec: { ...spec, name: 'wroked' }, process, signal });
    expect(wrong.problems[0]?.help).toContain('weir_target:worked');
    expect((await usdt.preview({ spec: { ...spec, arguments: [7] }, process, signal })).problems[0]?.message).toContain('there is no number 7');
  });
});
