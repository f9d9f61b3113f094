// bpftrace: templates on the kernel of this machine, what may be filled into them, and that nothing goes on after the end.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ok } from '../../../base/index.ts';
import { bpftraceSpec, type AgentProcess, type BpftraceSpec } from '../../../model/index.ts';
import { until } from '../../test-support/until.ts';
import type { Inserted } from '../contract.ts';
import { Notes, ports, proc, Seen, whyNot } from '../uprobe/testing/here.ts';
import { endMarked } from './child.ts';
import { complaintOf } from './complaints.ts';
import { filled } from './fill.ts';
import { bpftraceMechanism, bpftraceTemplates } from './index.ts';
import { BoundedLines, saidIn } from './output.ts';
import { withEnd } from './run.ts';
import { templates } from './templates.ts';

const ownProgram = 'tracepoint:syscalls:sys_enter_kill /args->sig == 0/ { printf("pid %d\\n", pid); }';
const mechanism = bpftraceMechanism({ ...ports, allowedPrograms: () => Promise.resolve(ok([ownProgram, 'BEGIN { this is no program }', 'kprobe:no_such_function { }'])) });
let keys = 0;
const signal = new AbortController().signal;
const specOf = (spec: Partial<BpftraceSpec>): BpftraceSpec => bpftraceSpec.parse(spec);

async function put(spec: Partial<BpftraceSpec>, process: AgentProcess | null = null): Promise<{ readonly seen: Seen; readonly probe: Inserted; readonly notes: Notes }> {
  const [seen, notes] = [new Seen(), new Notes()];
  const done = await mechanism.insert({ key: `bt_test_${++keys}`, spec: specOf(spec), process, signal }, seen, notes.note);
  if (!done.ok) throw new Error(`${done.error.message} ${done.error.help}`);
  onTestFinished(async () => { await done.value.remove(); });
  return { seen, probe: done.value, notes };
}
const problemOf = async (spec: Partial<BpftraceSpec>, process: AgentProcess | null = null): Promise<string> => { const { problems } = await mechanism.preview({ spec: specOf(spec), process, signal }); return problems.map(({ code, message, help }) => `${code} ${message} ${help}`).join(' '); };
const pidsOf = async (mark: unknown): Promise<number[]> => {
  const found: number[] = [];
  for (const pid of await proc.pids()) if ((await proc.text(pid, 'environ'))?.includes(`WEIR_PROBE=${String(mark)}`) === true) found.push(pid);
  return found;
};
const running = async (mark: unknown): Promise<number> => (await pidsOf(mark)).length;

test('what fills a template is a number within bounds or a harmless name; nothing else gets in', () => {
  const template = templates.find(({ name }) => name === 'slow-syscalls');
  if (template === undefined) throw new Error('gone');
  for (const process of ['x" || 1 || "', 'a/ { system("id") }', '$(id)', 'a\nb', '*/', 'name that is far too long', '"', '\\']) expect(filled(template, { process }, null, null).ok).toBe(false);
  for (const ms of ['1 || 1', '1e9', -1, 0, 1.5, 'abc', '0x10', Number.NaN, 1e12, '']) expect(filled(template, { ms }, null, null).ok).toBe(false);
  expect(filled(template, { other: 1 }, null, null).ok).toBe(false);
  const good = filled(template, { ms: '250', process: 'node-20.x' }, 77, null);
  expect(good.ok && good.value).toContain('>= 250000)');
  expect(good.ok && good.value).toContain('/pid == 77 && comm == "node-20.x" && args->id != 7');
});

test('whatever text is given, what comes out differs from the plain program by that text in quotes at most', () => {
  const template = templates.find(({ name }) => name === 'execs');
  const plain = template === undefined ? null : filled(template, { process: 'MARK' }, null, null);
  if (template === undefined || plain === null || !plain.ok) throw new Error('gone');
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', '"', '/', '\\', '{', '\n', ' ', '$') })), (process) => {
    const done = filled(template, { process }, null, null);
    if (!done.ok || process === '') return;
    expect(done.value).toBe(plain.value.replace('MARK', () => process));
    expect(process).toMatch(/^[\w.:/-]{1,15}$/);
  }));
  expect(filled(templates.find(({ usesLibc }) => usesLibc) ?? template, {}, null, '/proc/1/root/x:getenv { } BEGIN').ok).toBe(false);
});

test('the gallery: each with a risk and why, a program, and parameters with defaults that fit', () => {
  const gallery = bpftraceTemplates();
  expect(gallery.map(({ name }) => name)).toEqual(expect.arrayContaining(['slow-syscalls', 'file-opens', 'dns-lookups', 'tcp-connects', 'execs', 'slow-disk-io', 'signals', 'oom-kills', 'off-cpu']));
  for (const { program, riskReason } of gallery) { expect(program.length).toBeGreaterThan(20); expect(riskReason.length).toBeGreaterThan(20); }
});

test('what the label says is what the radar says: nothing that tells of people is told as if it did not', async () => {
  const levels = { low: 1, medium: 2, high: 3 } as const;
  for (const template of templates) {
    const { risk } = await mechanism.preview({ spec: specOf({ template: template.name }), process: null, signal });
    expect([template.name, risk.performance, risk.privacy]).toEqual([template.name, levels[template.risk], levels[template.privacy]]);
    expect([template.name, template.privacy !== 'low']).toEqual([template.name, template.fields.some((field) => ['path', 'host', 'address'].includes(field))]);
    expect(template.riskReason.includes(`${template.privacy} for privacy`)).toBe(template.privacy !== 'low');
  }
});

test('programs of one\'s own only as this machine lists them', async () => {
  expect(await problemOf({ program: 'BEGIN { exit(); }' })).toContain('probe.not-allowed');
  expect(await problemOf({ program: `${ownProgram} BEGIN { system("id"); }` })).toContain('probe.not-allowed');
  expect(await problemOf({ program: ownProgram, template: 'execs' })).toContain('either a template or a program');
  expect(await problemOf({})).toContain('probe.no-template');
  expect(await problemOf({ template: 'nothing-like-it' })).toContain('It has: slow-syscalls');
});

test('output: hits with names for fields, what cannot be read is told, lines are bounded', () => {
  const template = templates.find(({ name }) => name === 'signals') ?? null;
  const now = 5_000_000_000_000n;
  expect(saidIn('{"type": "value", "data": [1000, 7, 8, "bash", 9, 42, "node"]}', template, now, now - 1_000_000_000n)).toMatchObject({ kind: 'hit', hit: { unixNano: now - 1_000_000_000n + 1000n, pid: 7, threadId: 8, values: { pid: 7, comm: 'bash', signal: 'SIGKILL', to_pid: 42, to_comm: 'node' } } });
  expect(saidIn('{"type": "value", "data": [1, 2]}', template, now, 0n).kind).toBe('unreadable');
  expect(saidIn('{"type": "value", "da', template, now, 0n).kind).toBe('unreadable');
  expect(saidIn('{"type": "value", "data": [1e999, 7, 8, "bash", 9, 42, "node"]}', template, now, 0n).kind).toBe('unreadable');
  expect(saidIn('{"type": "lost_events", "data": {"events": 12}}', template, now, 0n)).toEqual({ kind: 'lost', count: 12 });
  expect(saidIn('{"type": "printf", "data": "hello\\n"}', null, now, 0n)).toMatchObject({ kind: 'hit', hit: { values: { message: 'hello' } } });
  expect(saidIn(JSON.stringify({ type: 'map', data: { '@x': { a: 'y'.repeat(5000) } } }), null, now, 0n)).toMatchObject({ hit: { bytesCut: true } });
  const lines = new BoundedLines(10);
  expect([...lines.add('short\nmuch too long for it\nab'), ...lines.add('c\n'), ...lines.add('x'.repeat(30)), ...lines.add('yy\nend\n')]).toEqual(['short', 'abc', 'end']);
  expect(lines.dropped).toBe(2);
});

test('a program ends by itself a little after its date', () => {
  expect(withEnd('BEGIN { }', 3_600_000)).toBe('BEGIN { }\ninterval:s:3605 { exit(); }');
  expect(withEnd('BEGIN { }', -5)).toContain('interval:s:6 ');
});

test('complaints in words', () => {
  expect(complaintOf('ERROR: bpftrace currently only supports running as the root user.', 1)).toMatchObject({ code: 'probe.no-permission' });
  expect(complaintOf('stdin:1:1-18: ERROR: tracepoint not found: nope:x\ntracepoint:nope:x { }\n~~~~~~', 1)).toMatchObject({ code: 'probe.no-kernel-support' });
  expect(complaintOf('', 3).message).toContain('ended with code 3');
});

const reason = await whyNot('bpftrace') ?? (process.getuid?.() === 0 ? null : 'not root');
describe.skipIf(reason !== null)(`on this kernel${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 60_000 }, () => {
  test('files opened by one process: path, result, time; paused nothing comes; nothing stays', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'weir-bpftrace-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'opened.txt'), '');
    const child = spawn('perl', ['-e', `$|=1; print "ready\\n"; while (1) { open(F, "<", "${folder}/opened.txt"); close F; open(F, "<", "${folder}/missing"); select(undef, undef, undef, 0.02) }`], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => { child.kill('SIGKILL'); });
    await once(child.stdout, 'data');
    const stat = await proc.stat(child.pid ?? 0);
    const target = { pid: child.pid ?? 0, startTicks: stat?.startTicks ?? 0 } as AgentProcess;
    const { seen, probe, notes } = await put({ template: 'file-opens' }, target);
    await until(() => seen.hits.length >= 4);
    const found = seen.hits.find(({ values }) => String(values['path']).endsWith('/opened.txt'));
    expect(found).toMatchObject({ pid: child.pid, values: { comm: 'perl' } });
    expect(found?.values['result']).toBeGreaterThan(0);
    expect(seen.hits.find(({ values }) => String(values['path']).endsWith('/missing'))?.values['result']).toBe(-2);
    expect(Math.abs(Number((found?.unixNano ?? 0n) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
    const mark = notes.left[0]?.detail['mark'];
    expect(await running(mark)).toBe(1);
    await probe.pause();
    expect(await running(mark)).toBe(0);
    const paused = seen.hits.length;
    expect((await probe.resume()).ok).toBe(true);
    await until(() => seen.hits.length > paused);
    expect(await probe.remove()).toBe(true);
    expect(await running(mark)).toBe(0);
    expect(seen.end).toBe(null);
  });

  test.each(templates.map(({ name }) => name))('the kernel takes %s', async (template) => {
    const { probe } = await put({ template });
    expect(await probe.remove()).toBe(true);
  });

  test('DNS lookups, TCP connections and programs that are started', async () => {
    const server = createServer((socket) => { socket.end(); }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => { server.close(); });
    const { port } = server.address() as AddressInfo;
    const [lookups, connects, execs] = await Promise.all([put({ template: 'dns-lookups', parameters: { process: 'getent' } }), put({ template: 'tcp-connects' }), put({ template: 'execs', parameters: { process: 'getent' } })]);
    await new Promise((resolve) => { execFile('getent', ['ahosts', 'localhost'], resolve); });
    createConnection(port, '127.0.0.1').on('error', () => undefined).resume();
    await until(() => lookups.seen.hits.length > 0 && connects.seen.hits.some(({ values }) => values['port'] === port) && execs.seen.hits.length > 0);
    expect(lookups.seen.hits[0]?.values).toMatchObject({ comm: 'getent', host: 'localhost' });
    expect(connects.seen.hits.find(({ values }) => values['port'] === port)).toMatchObject({ pid: process.pid, values: { address: '127.0.0.1' } });
    expect(execs.seen.hits[0]?.values).toEqual({ pid: expect.any(Number), comm: 'getent', path: expect.stringMatching(/getent$/), uid: process.getuid?.() });
  });

  test('a program that is listed runs; one that cannot is refused in words, and leaves nothing', async () => {
    const { seen } = await put({ program: ownProgram });
    process.kill(process.pid, 0);
    await until(() => seen.hits.length > 0);
    expect(seen.values('message').some((message) => /^pid \d+$/.test(String(message)))).toBe(true);
    for (const program of ['BEGIN { this is no program }', 'kprobe:no_such_function { }']) {
      const notes = new Notes();
      const done = await mechanism.insert({ key: 'bt_bad', spec: specOf({ program }), process: null, signal }, new Seen(), notes.note);
      expect(done.ok ? 'it went in' : done.error.message).toMatch(/bpftrace (?:says|could not)/);
      expect(await running(notes.left[0]?.detail['mark'])).toBe(0);
    }
  });

  test('what a killed Weir left running ends by itself after the time of the probe', async () => {
    const [seen, notes] = [new Seen(), new Notes()];
    // Nothing here takes it out: what ends it is in the kernel.
    const done = await mechanism.insert({ key: 'bt_own_end', spec: specOf({ template: 'signals' }), process: null, signal, mostMs: 1000 }, seen, notes.note);
    if (!done.ok) throw new Error(done.error.message);
    const mark = notes.left[0]?.detail['mark'];
    expect(await running(mark)).toBe(1);
    await expect.poll(() => running(mark), { timeout: 30_000 }).toBe(0);
  });

  test('what a killed Weir left running is ended by the next; a bpftrace that ends by itself is told', async () => {
    const { seen, notes } = await put({ template: 'signals' });
    const left = notes.left[0];
    if (left === undefined) throw new Error('nothing was noted');
    expect(await mechanism.removeLeft(left)).toBe(true);
    await until(() => seen.end !== null);
    expect(seen.end).toBe('fault');
    expect(await endMarked(proc, String(left.detail['mark']))).toBe(true);
  });

  test('ended from outside while its Weir ends, too: no fault; and Ctrl-C at the terminal of Weir is not for it', async () => {
    const { seen, probe, notes } = await put({ template: 'signals' });
    const mark = String(notes.left[0]?.detail['mark']);
    const pid = (await pidsOf(mark))[0] ?? 0;
    const groupOf = async (one: number | 'self'): Promise<string | undefined> => (await proc.text(one, 'stat'))?.split(') ')[1]?.split(' ')[2];
    expect(await groupOf(pid)).toBe(String(pid));
    expect(await groupOf('self')).not.toBe(String(pid));
    process.kill(pid, 'SIGTERM');
    while (await running(mark) > 0) await new Promise((resolve) => { setTimeout(resolve, 10); });
    expect(await probe.remove()).toBe(true);
    await new Promise((resolve) => { setTimeout(resolve, 1700); });
    expect(seen.end).toBe(null);
  });
});
