// Starts the real `weir up` on free ports with a data folder of its own, and finds its parts by process id.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
export const testToken = 'a-token-for-tests-only';

export interface Stack {
  /** The address with the token, as printed. */
  readonly url: string;
  readonly origin: string;
  readonly otlpHttp: string;
  readonly otlpGrpc: string;
  readonly dataDir: string;
  readonly pid: number;
  readonly stderr: () => string;
  readonly stdout: () => string;
  readonly pidOf: (part: 'server' | 'agent' | 'shop') => number;
  readonly api: <T>(path: string, init?: RequestInit) => Promise<T>;
  readonly stop: () => Promise<number | null>;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

export async function startStack(flags: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Stack> {
  const [port, http, grpc] = await Promise.all([freePort(), freePort(), freePort()]);
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-e2e-'));
  const up = spawn(process.execPath, ['src/cli/main.ts', 'up', ...flags], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: String(port), WEIR_OTLP_HTTP_PORT: String(http), WEIR_OTLP_GRPC_PORT: String(grpc), WEIR_DATA: dataDir, WEIR_TOKEN: testToken, ...environment },
  });
  let stderr = '';
  up.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
  let stdout = '';
  up.stdout.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
  const url = await printedUrl(up, () => stderr);
  const origin = new URL(url).origin;
  return {
    url, origin, otlpHttp: `http://127.0.0.1:${http}`, otlpGrpc: `http://127.0.0.1:${grpc}`, dataDir, pid: up.pid as number,
    stderr: () => stderr, stdout: () => stdout,
    pidOf: (part) => childPid(up.pid as number, part),
    api: async (path, init = {}) => {
      const answer = await fetch(`${origin}/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${testToken}`, ...(init.body ? { 'content-type': 'application/json' } : {}), ...init.headers } });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.text().then((body) => (body === '' ? null : JSON.parse(body)))) as never;
    },
    stop: async () => {
      const code = await ended(up, 'SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

function printedUrl(up: ChildProcess, stderr: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    up.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const line = /^http:\S+$/m.exec(out);
      if (line) resolve(line[0]);
    });
    up.once('exit', (code) => reject(new Error(`weir up ended with ${code}:\n${stderr()}`)));
  });
}

function ended(up: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (up.exitCode !== null) return Promise.resolve(up.exitCode);
  return new Promise((resolve) => {
    up.once('exit', (code) => resolve(code));
    up.kill(signal);
  });
}

/** The direct child of `weir up` that runs the named part. */
function childPid(parent: number, part: string): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const row = rows.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).find((match) => match && Number(match[2]) === parent && new RegExp(`(main\\.ts ${part}|demo/${part})`).test(match[3] as string));
  if (!row) throw new Error(`weir up has no child "${part}"`);
  return Number(row[1]);
}

/** Waits until `condition` holds, asking every 100 ms; fails with `what` after `withinMs`. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (await condition()) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
}
