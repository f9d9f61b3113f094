// Real processes for tests to look into, ended with the test: they work, so those of one would slow all that come after.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Busy in one function with a name of its own, which the timer calls itself (a caller that is hot, too, would swallow it when V8 optimises), and holding some objects. */
export const busyScript = 'const kept=[];for(let i=0;i<2000;i++)kept.push({weirMarker:i});function weirHotLoop(){let x=0;for(let i=0;i<3e5;i++)x+=Math.sqrt(i);kept[0].weirMarker++;return x}setInterval(weirHotLoop,5);console.log("ready")';

/** Call in a test. Resolves when it has printed its first words. Standard error is thrown away. */
export async function startTarget(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ChildProcess & { readonly pid: number }> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST|WEIR_)/.test(name)));
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...clean, ...env } });
  onTestFinished(() => { child.kill('SIGKILL'); });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  child.stdout?.resume();
  return child as ChildProcess & { readonly pid: number };
}

export const startNode = (program = process.execPath, options: readonly string[] = [], env: NodeJS.ProcessEnv = {}) => startTarget(program, [...options, '-e', busyScript], env);
/** Works for a millisecond and rests for four: enough for samples, and the test has the rest of the core. */
export const startNative = () => startTarget('perl', ['-e', '$|=1;print "ready\n";while(1){$x+=sqrt($_) for 1..20000;select(undef,undef,undef,0.004)}']);

/** Programs of Node to look into: the one that runs the tests, and the machine's own where there is one. */
export const nodePrograms = [process.execPath, '/usr/bin/node'].filter((path, index, all) => existsSync(path) && all.indexOf(path) === index);

export function has(tool: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => { try { accessSync(join(folder, tool), 1); return true; } catch { return false; } });
}

/** For an inspector of its own, so that no other test of this machine has a part in it. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
