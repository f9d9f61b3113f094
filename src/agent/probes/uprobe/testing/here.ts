// What tests of the kernel's probes need of this machine, or why they are skipped; and a small C program to probe.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ok, type Result } from '../../../../base/index.ts';
import type { ActionProblem, AgentProcess } from '../../../../model/index.ts';
import { Tools } from '../../../actions/tools/index.ts';
import { Proc } from '../../../processes/index.ts';
import type { Hit, HitSink, Leftover } from '../../contract.ts';
import { kernelProblem, type KernelPorts } from '../kernel-ports.ts';
import { openTracefs } from '../tracefs.ts';

export const proc = new Proc();
export const tools = new Tools(process.env['PATH'] ?? '/usr/bin:/bin', { started: () => Promise.resolve(), ended: () => Promise.resolve() });
export const ports: KernelPorts = { tools, proc, mayMount: () => Promise.resolve(true) };

/** Null: these tests can run here. */
export async function whyNot(...programs: readonly string[]): Promise<string | null> {
  for (const program of programs) if (await tools.find(program) === null) return `${program} is not installed`;
  const problem = await kernelProblem(ports);
  return problem === null ? null : problem.message;
}

export interface Target { readonly process: AgentProcess; readonly child: ChildProcess; lines(): readonly string[] }

/** Programs built for one test file, and what runs of them; `end` takes all away. */
export class Targets {
  #folder: string | null = null;
  readonly #running: ChildProcess[] = [];

  async build(name: string, ...options: readonly string[]): Promise<string> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'weir-uprobe-'));
    const path = join(this.#folder, name);
    await promisify(execFile)('gcc', ['-O1', '-g', '-pthread', ...options, '-o', path, join(import.meta.dirname, 'target.c')]);
    return path;
  }

  async start(path: string, ...words: readonly string[]): Promise<Target> {
    const child = spawn(path, words, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#running.push(child);
    const lines: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => { lines.push(...chunk.toString().trim().split('\n')); });
    await once(child.stdout, 'data');
    return { process: await asProcess(child.pid ?? 0), child, lines: () => lines };
  }

  async end(): Promise<void> {
    for (const child of this.#running.splice(0)) child.kill('SIGKILL');
    if (this.#folder !== null) await rm(this.#folder, { recursive: true });
    this.#folder = null;
  }
}

async function asProcess(pid: number): Promise<AgentProcess> {
  const stat = await proc.stat(pid);
  if (stat === null) throw new Error(`${pid} is gone`);
  return { pid, startTicks: stat.startTicks, parentPid: stat.parentPid, name: stat.comm, command: stat.comm, runtime: 'native', runtimeVersion: null, user: 'root', container: null, service: null, startedUnixMs: 0, rssBytes: 0, cpuShare: null, isWeir: false };
}

export class Seen implements HitSink {
  readonly hits: Hit[] = [];
  lostHits = 0;
  /** Told beside hits. */
  costMs = 0;
  end: string | null = null;
  why: ActionProblem | null = null;
  take(hits: readonly Hit[], costMs = 0): void { this.hits.push(...hits); this.costMs += costMs; }
  lost(count: number): void { this.lostHits += count; }
  ended(end: string, why: ActionProblem | null): void { this.end = end; this.why = why; }
  values(name: string): unknown[] { return this.hits.map(({ values }) => values[name]); }
}

export class Notes {
  readonly left: Leftover[] = [];
  readonly note = (left: Leftover): Promise<Result<void>> => { this.left.push(left); return Promise.resolve(ok(undefined)); };
}

/** Everything in the kernel that has Weir's names and this text. */
export async function inKernel(text: string): Promise<string[]> {
  const root = await openTracefs(ports);
  if (!root.ok) throw new Error(root.error.message);
  const events = (await readFile(join(root.value, 'uprobe_events'), 'utf8')).split('\n');
  return [...events, ...await readdir(join(root.value, 'instances'))].filter((line) => line.includes('weir') && line.includes(text));
}
