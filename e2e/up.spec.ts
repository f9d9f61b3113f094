// `weir up` as a whole: what it prints, and that Ctrl-C, SIGTERM and SIGKILL of the parent leave no process behind.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { until } from './support/stack.ts';

const root = join(import.meta.dirname, '..');
let dataDir = '';
test.beforeEach(() => { dataDir = mkdtempSync(join(tmpdir(), 'weir-up-')); });
test.afterEach(() => { rmSync(dataDir, { recursive: true, force: true }); });

interface Running { readonly up: ChildProcess; readonly ended: Promise<number | null>; readonly stdout: () => string; readonly stderr: () => string }

/** In a process group of its own, on ports that the system chooses. */
async function startUp(): Promise<Running> {
  const up = spawn(process.execPath, ['src/cli/main.ts', 'up'], { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PORT: '0', WEIR_OTLP_HTTP_PORT: '0', WEIR_OTLP_GRPC_PORT: '0', WEIR_DATA: dataDir, WEIR_TOKEN: '' } });
  const text = { out: '', err: '' };
  up.stdout?.on('data', (chunk: Buffer) => { text.out += chunk.toString(); });
  up.stderr?.on('data', (chunk: Buffer) => { text.err += chunk.toString(); });
  const ended = new Promise<number | null>((resolve) => { up.once('exit', (code) => resolve(code)); });
  await until('the URL is printed', () => text.out.includes('\n'));
  await until('the shop’s services run', () => groupOf(up).length >= 8);
  return { up, ended, stdout: () => text.out, stderr: () => text.err };
}

/** Command lines of every live process in the group. */
function groupOf(up: ChildProcess): string[] {
  const rows = execFileSync('ps', ['-eo', 'pgid=,stat=,args='], { encoding: 'utf8' }).split('\n').map((row) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(row));
  return rows.flatMap((row) => (row && Number(row[1]) === up.pid && !row[2]?.startsWith('Z') ? [row[3] as string] : []));
}

test('Ctrl-C stops every part in order and leaves nothing', async () => {
  const { up, ended, stdout, stderr } = await startUp();
  expect(stdout()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{20,}\n$/);
  expect(stderr()).toMatch(/Starting the server …[\s\S]*Ready in \d+\.\d s\.[\s\S]*Ctrl-C ends everything/);
  process.kill(-(up.pid as number), 'SIGINT');
  expect(await ended).toBe(0);
  expect(groupOf(up)).toEqual([]);
  expect(stderr()).toMatch(/Stopping …\n$/);
});

test('SIGTERM to the parent alone does the same', async () => {
  const { up, ended } = await startUp();
  up.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(groupOf(up)).toEqual([]);
});

test('when the parent is killed its parts notice and leave by themselves', async () => {
  const { up, ended } = await startUp();
  up.kill('SIGKILL');
  await ended;
  await until('nothing is left', () => groupOf(up).length === 0);
});
