// A real agent and real terminals of one data folder: one set of limits, one inspector, whoever comes first.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { bookPlace } from '../../agent/actions/index.ts';
import { agentToken, TestServer } from '../../server/testing/test-server.ts';
import { ended, jsonLines, runWeir, startWeir } from '../testing/run-weir.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-sharing-'));
const env = { WEIR_DATA: join(folder, 'data') };
const out = (name: string): string => join(folder, name);
const server = new TestServer();
let agent: ChildProcess;
let agentId = '';
let target: ChildProcess;
let pid = '';

beforeAll(async () => {
  await server.start();
  agent = startWeir(['agent'], { env: { ...env, WEIR_SERVER: server.url.replace('http', 'ws'), WEIR_AGENT_TOKEN: agentToken, WEIR_OTLP_HTTP_PORT: '0', WEIR_OTLP_GRPC_PORT: '0' } });
  target = spawn(process.execPath, ['--inspect-port=0', '-e', 'setInterval(()=>{let x=0;for(let i=0;i<3e5;i++)x+=i;return x},5);console.log("ready")'], { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] } });
  await once(target.stdout as NodeJS.ReadableStream, 'data');
  pid = String(target.pid);
  await vi.waitFor(async () => {
    const { agents } = (await server.call('GET', '/api/v1/agents')).body as { agents: { id: string }[] };
    agentId = agents[0]?.id ?? '';
    expect(agentId).not.toBe('');
  }, { timeout: 60_000, interval: 200 });
}, 90_000);
afterAll(async () => {
  target.kill('SIGKILL');
  const over = ended(agent);
  agent.kill();
  await over;
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

interface Run { readonly id: string; readonly state: string; readonly progress: { readonly text: string }; readonly why: unknown }
async function startOnAgent(action: string, parameters: object): Promise<() => Promise<Run>> {
  const { status, body } = await server.call('POST', '/api/v1/actions', { agent: agentId, action, target: { pid: Number(pid) }, parameters });
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  const started = body as { id?: string; actions?: { id: string }[] };
  const id = started.id ?? started.actions?.[0]?.id ?? '';
  return async () => (await server.call('GET', `/api/v1/actions/${id}`)).body as Run;
}
const weir = (action: string, ...more: string[]) => runWeir(['action', action, '--pid', pid, ...more, '--out', out(action)], { env });

/** Sockets on which the target listens. */
function listening(): number {
  const inodes = new Set(readdirSync(`/proc/${pid}/fd`).map((name) => { try { return readlinkSync(`/proc/${pid}/fd/${name}`); } catch { return ''; } }));
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8').split('\n').map((line) => line.trim().split(/\s+/)).filter((columns) => columns[3] === '0A' && inodes.has(`socket:[${columns[9]}]`)).length;
}
const leftovers = (): unknown => (JSON.parse(readFileSync(join(env.WEIR_DATA, 'agent', 'actions.json'), 'utf8')) as { leftovers: unknown }).leftovers;

it('a terminal joins the inspector that the agent has open, goes on when the agent lets go, and closes it', async () => {
  const run = await startOnAgent('cpu-sample', { durationMs: 6000 });
  await expect.poll(async () => (await run()).progress.text, { timeout: 30_000 }).toMatch(/^Sampling/);
  const terminal = await weir('heap-sample', '--duration', '9s');
  expect(terminal.code, terminal.stderr).toBe(0);
  expect(jsonLines<{ notes: string[] }>(terminal.stdout)[0]?.notes).toEqual([]);
  await expect.poll(async () => (await run()).state, { timeout: 30_000 }).toBe('done');
  expect([listening(), leftovers()]).toEqual([0, []]);
});

it('the agent joins what a terminal has open', async () => {
  const terminal = startWeir(['action', 'cpu-sample', '--pid', pid, '--duration', '8s', '--out', out('t.cpuprofile')], { env });
  const over = ended(terminal);
  let said = '';
  terminal.stderr?.on('data', (chunk: Buffer | string) => { said += String(chunk); });
  await expect.poll(() => said, { timeout: 30_000 }).toMatch(/Sampling/);
  const run = await startOnAgent('heap-sample', { durationMs: 500 });
  await expect.poll(async () => (await run()).state, { timeout: 30_000 }).toBe('done');
  const { code, stderr } = await over;
  expect(code, stderr).toBe(0);
  await expect.poll(listening).toBe(0);
});

it('what the agent did counts for a terminal', async () => {
  const run = await startOnAgent('memory-dump', {});
  await expect.poll(async () => (await run()).state, { timeout: 60_000 }).toBe('done');
  const terminal = await weir('memory-dump');
  expect(terminal.code).toBe(2);
  expect(terminal.stderr).toMatch(/memory-dump ran on this process .* ago/);
});

it('takes over the book that terminals had of their own', async () => {
  const data = join(folder, 'old');
  const own = join(data, 'terminal');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'action-claims.json'), JSON.stringify({ version: 1, claims: Array.from({ length: 240 }, (_, index) => ({ action: 'diagnostic-command', process: '', atUnixMs: Date.now() - 1000 - index })) }));
  writeFileSync(join(own, 'actions.json'), JSON.stringify({ version: 1, leftovers: [{ key: 'tool 1', owner: { pid: 2 ** 22 + 5, startTicks: 1 }, what: { kind: 'tool', pid: 2 ** 22 + 6, startTicks: 1 } }] }));
  for (let round = 0; round < 2; round++) {
    const { code, stderr } = await runWeir(['action', 'diagnostic-command', '--command', 'uptime', '--out', out('u')], { env: { WEIR_DATA: data } });
    expect([code, stderr]).toEqual([2, expect.stringContaining('240 times')]);
    expect([existsSync(join(own, 'action-claims.json')), existsSync(join(own, 'actions.json'))]).toEqual([false, false]);
  }
  expect((JSON.parse(readFileSync(join(data, 'agent', 'action-claims.json'), 'utf8')) as { claims: unknown[] }).claims).toHaveLength(240);
  expect(JSON.parse(readFileSync(join(data, 'agent', 'actions.json'), 'utf8'))).toMatchObject({ leftovers: [] });
});

it.skipIf(process.geteuid?.() === 0)('says so when the agent is another user\'s', async () => {
  const data = join(folder, 'others');
  mkdirSync(join(data, 'agent'), { recursive: true });
  chmodSync(join(data, 'agent'), 0o555);
  expect(await bookPlace(data)).toEqual({ folder: join(data, 'terminal'), apart: expect.stringMatching(/share neither limits nor open inspectors/) });
});
