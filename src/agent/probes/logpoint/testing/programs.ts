// Programs to look into, which know nothing of Weir: each is written to a folder of its own and runs until the test is over.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listeningPorts } from '../../../actions/inspector/index.ts';
import { temporaryFolder } from '../../../actions/testing/actions-here.ts';
import { startTarget } from '../../../actions/testing/targets.ts';
import { Proc } from '../../../processes/index.ts';
import { agentProcess, type logpointsHere } from './here.ts';

/** Ten times a second ten moves. `trap` counts what a probe must not run. */
export const gameText = `let trap = 0, n = 0;
function move(user, moves) {
  const left = moves - 1; const big = { deep: { deeper: { deepest: [1, 2, 3] } }, list: Array.from({ length: 500 }, (_, i) => i), text: 'x'.repeat(5000) };
  debugger;
  return left + big.list.length;
}
class User { constructor(name) { this.name = name; } get secret() { trap++; return 'told'; } toString() { trap++; return 'u'; } toJSON() { trap++; return {}; } }
const traps = new Proxy({}, { get() { trap++; return 1; }, has() { trap++; return true; }, ownKeys() { trap++; return []; }, getPrototypeOf() { trap++; return null; }, getOwnPropertyDescriptor() { trap++; } });
function play() { const user = new User('Ada'); user.traps = traps; for (let i = 0; i < 10; i++) { n++; move(user, i); } }
let last = performance.now(), slowest = 0;
setInterval(() => { const now = performance.now(); slowest = Math.max(slowest, now - last); last = now; }, 5);
setInterval(play, 100);
console.log('ready');
`;

/** A loop that never rests but to say how far it is; about a microsecond a turn. */
export const hotText = `let calls = 0;
function step(i) {
  let x = i;
  for (let k = 0; k < 600; k++) x = (x * 1103515245 + 12345) & 0x7fffffff;
  return x;
}
const shared = new Int32Array(new SharedArrayBuffer(8));
const file = require('fs').openSync(process.argv[2], 'w');
let kept = 0;
console.log('ready');
function run() { const end = Date.now() + 200; while (Date.now() < end) { for (let i = 0; i < 50; i++) { kept ^= step(i); calls++; } } require('fs').writeSync(file, String(calls).padStart(20), 0); setImmediate(run); }
run();
`;

/** Compiles \`src/hanoi.ts\` to \`dist/hanoi.js\`; the original's lines are others than the script's. */
export const hanoiText = `interface Disk { readonly size: number }
type Tower = Disk[];

/** Moves them all. */
export function solve(disks: number, towers: readonly Tower[]): number {
  // one at a time
  if (disks === 0) return 0;
  const moves: number = solve(disks - 1, towers) * 2;
  return moves + 1;
}
setInterval(() => { solve(3, [[{ size: 1 }]]); }, 100);
console.log('ready');
`;

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
