// Programs to look into, which know nothing of Weir: each is written to a folder of its own and runs until the test is over.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listeningPorts } from '../../../actions/inspector/index.ts';
import { temporaryFolder } from '../../../actions/testing/actions-here.ts';
import { startTarget } from '../../../actions/testing/targets.ts';
import { Proc } from '../../../processes/index.ts';
import { gameText, hanoiText } from './texts.ts';
import { agentProcess, type logpointsHere } from './here.ts';

export function written(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

export function compiledHanoi(options: readonly string[]): string {
  const source = written('src/hanoi.ts', hanoiText);
  const folder = join(dirname(source), '../dist');
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [compiler, source, '--outDir', folder, '--module', 'commonjs', '--target', 'es2022', '--types', '', '--noCheck', '--ignoreConfig', ...options], { stdio: 'pipe' });
  return join(folder, 'hanoi.js');
}

export async function running(program: string, path: string, args: readonly string[] = []) {
  const child = await startTarget(program, [path, ...args]);
  return { child, path, process: await agentProcess(child.pid) };
}

/** `told` says what the program knows of itself. */
export const game = (program: string) => running(program, written('game.cjs', `${gameText}Object.assign(globalThis,{told:{traps:()=>trap,moves:()=>n,slowest:()=>slowest,reset:()=>slowest=0}});`));
export const globals = 'Reflect.ownKeys(globalThis).map(String)';

/** By a look of its own into the process, beside whatever else is there. */
export async function asked<T>(here: Awaited<ReturnType<typeof logpointsHere>>, target: Awaited<ReturnType<typeof running>>, expression: string): Promise<T> {
  const attached = await here.door.attach(target.process, AbortSignal.timeout(20_000));
  if (!attached.ok) throw new Error(attached.error.message);
  try { return await attached.value.session.evaluate<T>(expression); } finally { await attached.value.close(); attached.value.session.close(); }
}

export const ports = (pid: number) => listeningPorts(new Proc(), pid);
export const wait = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms); });
export const versionOf = (program: string): number => Number(/\d+/.exec(execFileSync(program, ['--version']).toString())?.[0]);
