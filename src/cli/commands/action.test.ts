import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fileSink } from './action-sink.ts';
import { ended, jsonLines, runWeir, startWeir } from '../testing/run-weir.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-action-'));
/** Of each test its own: limits of one must not meet another. */
let env = { WEIR_DATA: '' };
let tests = 0;
beforeEach(() => { env = { WEIR_DATA: join(folder, `data-${tests++}`) }; });
const out = (name: string): string => join(folder, name);
let target: ChildProcess;
let pid = '';

beforeAll(async () => {
  // A port of its own: other tests open the usual one at the same time.
  target = spawn(process.execPath, ['--inspect-port=0', '-e', 'function weirHotLoop(){let x=0;for(let i=0;i<3e5;i++)x+=Math.sqrt(i);return x}setInterval(weirHotLoop,5);console.log("ready")', 'weir-action-target'], { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'], OTEL_SERVICE_NAME: 'weir-action-service' } });
  await once(target.stdout as NodeJS.ReadableStream, 'data');
  pid = String(target.pid);
});
afterAll(() => { target.kill('SIGKILL'); rmSync(folder, { recursive: true, force: true }); });

/** Sockets on which the target listens. */
function listening(): number {
  const inodes = new Set(readdirSync(`/proc/${pid}/fd`).map((name) => { try { return readlinkSync(`/proc/${pid}/fd/${name}`); } catch { return ''; } }));
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8').split('\n').map((line) => line.trim().split(/\s+/)).filter((columns) => columns[3] === '0A' && inodes.has(`socket:[${columns[9]}]`)).length;
}

it('writes one file, and one line of JSON that tells what it is', async () => {
  const { code, stdout, stderr } = await runWeir(['action', 'cpu-sample', '--match', 'weir-action-target', '--duration', '300ms', '--out', out('a.cpuprofile')], { env });
  expect(code, stderr).toBe(0);
  const [line] = jsonLines<{ action: string; out: string; bytes: number; sha256: string; figures: Record<string, number>; notes: string[] }>(stdout);
  const bytes = readFileSync(out('a.cpuprofile'));
  expect(line).toMatchObject({ action: 'cpu-sample', out: out('a.cpuprofile'), bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), notes: [] });
  expect(line?.figures['samples']).toBeGreaterThan(0);
  expect(bytes.includes('weirHotLoop')).toBe(true);
  expect(statSync(out('a.cpuprofile')).mode & 0o777).toBe(0o600);
  expect(stderr).toMatch(/Sampling weir-action-service \(pid \d+\)/);
});

it('ends with 2 and the reason when it cannot', async () => {
  const all = await Promise.all([
    runWeir(['action', 'cpu-sample', '--match', 'no process has this text', '--out', out('x')], { env }), runWeir(['action', 'cpu-sample', '--pid', pid, '--duration', 'long', '--out', out('x')], { env }),
    runWeir(['action', 'collect-state', '--pid', pid, '--out', join(folder, 'nowhere', 'x')], { env }), runWeir(['action', 'diagnostic-command', '--command', 'rm -rf x', '--out', out('x')], { env }),
  ]);
  expect(all.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  [/No process has "no process/, /--duration "long" is not a duration/, /no folder that can be written to/, /not a command that this machine allows/].forEach((words, index) => { expect(all[index]?.stderr).toMatch(words); });
  expect(readdirSync(folder).filter((name) => name.startsWith('x'))).toEqual([]);
});

it('writes what tools leave to all for nobody else', async () => {
  const sink = fileSink(out('open.txt'), () => undefined);
  const draft = await sink.open('open.txt');
  if (!draft.ok) throw new Error(draft.error.message);
  writeFileSync(draft.value.path, 'x', { mode: 0o644 });
  await draft.value.commit({ kind: 'other', format: 'text', name: 'open.txt', createdUnixMs: 1, sensitive: true, summary: '', service: null, process: null, action: null, incident: null, rule: null, fromUnixMs: null, toUnixMs: null, figures: {} });
  expect(statSync(out('open.txt')).mode & 0o777).toBe(0o600);
});

it('counts every one of several that start at once', async () => {
  const codes = await Promise.all([0, 1, 2, 3].map((index) => runWeir(['action', 'diagnostic-command', '--command', 'uptime', '--out', out(`race-${index}`)], { env }).then(({ code }) => code)));
  const read = (name: string): { claims?: unknown[]; leftovers?: unknown[] } => JSON.parse(readFileSync(join(env.WEIR_DATA, 'agent', name), 'utf8')) as { claims?: unknown[]; leftovers?: unknown[] };
  expect([codes, read('action-claims.json').claims?.length, read('actions.json').leftovers]).toEqual([[0, 0, 0, 0], 4, []]);
});

it('ends on Ctrl-C with 130, and leaves nothing behind', async () => {
  const child = startWeir(['action', 'cpu-sample', '--service', 'weir-action-service', '--duration', '4m', '--out', out('c.cpuprofile')], { env });
  const [, end] = await Promise.all([sampling(child).then(() => child.kill('SIGINT')), ended(child)]);
  expect(end.code).toBe(130);
  expect(end.stderr).toMatch(/cancelled/);
  expect(readdirSync(folder).filter((name) => name.startsWith('c.'))).toEqual([]);
  expect(JSON.parse(readFileSync(join(env.WEIR_DATA, 'agent', 'actions.json'), 'utf8'))).toMatchObject({ leftovers: [] });
});

it('closes at the next start what a killed one had opened', async () => {
  const child = startWeir(['action', 'cpu-sample', '--pid', pid, '--duration', '4m', '--out', out('k.cpuprofile')], { env });
  await Promise.all([sampling(child).then(() => child.kill('SIGKILL')), ended(child)]);
  const book = (): { leftovers: { what: { kind: string } }[] } => JSON.parse(readFileSync(join(env.WEIR_DATA, 'agent', 'actions.json'), 'utf8')) as { leftovers: { what: { kind: string } }[] };
  expect(book().leftovers.map(({ what }) => what.kind).toSorted()).toEqual(['inspector', 'run']);
  expect(listening()).toBe(1);
  expect((await runWeir(['action', 'diagnostic-command', '--command', 'uptime', '--out', out('u.txt')], { env })).code).toBe(0);
  expect(book().leftovers).toEqual([]);
  expect(listening()).toBe(0);
});

function sampling(child: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer | string) => { said += String(chunk); if (/Sampling/.test(said)) resolve(); });
    child.once('exit', () => { reject(new Error(`It ended before it sampled: ${said}`)); });
  });
}
