// Real processes for tests to look into, ended with the test file.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll } from 'vitest';

const started: ChildProcess[] = [];
afterAll(() => { for (const child of started) child.kill('SIGKILL'); });

/** Busy in one function with a name of its own, which the timer calls itself (a caller that is hot, too, would swallow it when V8 optimises), and holding some objects. */
export const busyScript = 'const kept=[];for(let i=0;i<2000;i++)kept.push({weirMarker:i});function weirHotLoop(){let x=0;for(let i=0;i<3e5;i++)x+=Math.sqrt(i);kept[0].weirMarker++;return x}setInterval(weirHotLoop,5);console.log("ready")';

/** Resolves when it has printed its first words. Standard error is thrown away. */
export async function startTarget(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ChildProcess & { readonly pid: number }> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST|WEIR_)/.test(name)));
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...clean, ...env } });
  started.push(child);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  child.stdout?.resume();
  return child as ChildProcess & { readonly pid: number };
}

export const startNode = (program = process.execPath, options: readonly string[] = [], env: NodeJS.ProcessEnv = {}) => startTarget(program, [...options, '-e', busyScript], env);
export const startNative = () => startTarget('perl', ['-e', '$|=1;print "ready\n";while(1){$x+=sqrt($_) for 1..1000}']);

/** Programs of Node to look into: the one that runs the tests, and the machine's own where there is one. */
export const nodePrograms = [process.execPath, '/usr/bin/node'].filter((path, index, all) => existsSync(path) && all.indexOf(path) === index);

export function has(tool: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => { try { accessSync(join(folder, tool), 1); return true; } catch { return false; } });
}
