// Programs that open a heap snapshot in Node, each run in a process of its own: our model, the heap worker of Chrome DevTools with its
// second thread, and memlab when it is installed (`npm i --no-save @memlab/heap-analysis`). And the snapshots, made once by a child and
// kept in the temporary folder. Run as `node heap-programs.ts PROGRAM PATH` this file is that child.
import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { analyseHeap, classRows, HeapReader } from '../../src/heap/index.ts';
import { devtoolsEntry, devtoolsModules, type DevtoolsWorker } from '../../src/heap/testing/devtools-worker.ts';
import { sessions } from '../../src/heap/testing/programs.ts';

const folder = join(tmpdir(), 'weir-heap-open');
const devtoolsFolder = join(folder, 'devtools');
const bundle = join(devtoolsFolder, 'devtools.mjs');
const root = join(import.meta.dirname, '../..');
const chunk = { highWaterMark: 1024 * 1024 };
export type Program = 'ours' | 'devtools' | 'memlab';

export interface ProgramRun { readonly wallMs: number; readonly cpuMs: number; readonly peakBytes: number; readonly nodes: number; /** Bytes that the root retains. */ readonly total: number }
type Found = Pick<ProgramRun, 'nodes' | 'total'>;

export const hasMemlab = existsSync(join(root, 'node_modules/@memlab/heap-analysis'));

async function ours(path: string): Promise<Found> {
  const reader = new HeapReader(statSync(path).size);
  const buffer = new Uint8Array(chunk.highWaterMark);
  const file = await open(path);
  for (let read = await file.read(buffer); read.bytesRead > 0; read = await file.read(buffer)) reader.push(buffer.subarray(0, read.bytesRead));
  await file.close();
  const heap = reader.finish();
  if (!heap.ok) throw new Error(heap.error.message);
  const analysis = analyseHeap(heap.value);
  classRows(analysis);
  return { nodes: heap.value.nodes.count, total: analysis.retained[heap.value.root]! };
}

/** Its second thread is a thread here, too. */
async function devtools(path: string): Promise<Found> {
  const worker = await import(pathToFileURL(bundle).href) as DevtoolsWorker;
  const { port1, port2 } = new MessageChannel();
  const second = new Worker(`const { workerData } = require('node:worker_threads'); import(workerData.bundle).then(({ SecondaryInitManager }) => new SecondaryInitManager(workerData.port));`, { eval: true, workerData: { bundle: pathToFileURL(bundle).href, port: port2 }, transferList: [port2 as never] });
  const loader = new worker.HeapSnapshotLoader({ sendEvent: () => { /* progress */ } });
  for await (const text of createReadStream(path, { ...chunk, encoding: 'utf8' })) loader.write(text as string);
  loader.close();
  const snapshot = await loader.buildSnapshot(port1);
  snapshot.aggregatesWithFilter({});
  const total = snapshot.createNode(0);
  port1.close();
  await second.terminate();
  return { nodes: snapshot.nodeCount, total: total.retainedSize() };
}

async function memlab(path: string): Promise<Found> {
  const { getFullHeapFromFile } = createRequire(import.meta.url)('@memlab/heap-analysis') as { getFullHeapFromFile(path: string): Promise<{ nodes: { length: number; get(index: number): { retainedSize: number } | null } }> };
  const heap = await getFullHeapFromFile(path);
  return { nodes: heap.nodes.length, total: heap.nodes.get(0)?.retainedSize ?? 0 };
}

/** In the child: one run, told as JSON on the last line. */
async function runOnce(program: Program, path: string): Promise<void> {
  const startBytes = process.memoryUsage().rss;
  const [started, used] = [performance.now(), process.cpuUsage()];
  const found = await { ours, devtools, memlab }[program](path);
  const cpu = process.cpuUsage(used);
  const run: ProgramRun = { ...found, wallMs: performance.now() - started, cpuMs: (cpu.user + cpu.system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 - startBytes };
  console.log(`\n${JSON.stringify(run)}`);
  process.exit(0);
}

export function runProgram(program: Program, path: string): ProgramRun {
  const child = spawnSync(process.execPath, ['--max-old-space-size=8000', import.meta.filename, program, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });
  if (child.status !== 0) throw new Error(`${program} ended with ${child.status ?? child.signal}`);
  return JSON.parse(child.stdout.trimEnd().split('\n').at(-1)!) as ProgramRun;
}

/** A program's heap with so many sessions in it: 38,000 make 0.9 M nodes, 295,000 make 7.2 M and a file of 510 MB. */
export function snapshotOf(count: number): string {
  const path = join(folder, `sessions-${count}.heapsnapshot`);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path)) execFileSync(process.execPath, ['--max-old-space-size=8000', '--input-type=module', '-e', sessions, folder, String(count)]);
  return path;
}

export const snapshotSizes = { small: 38_000, large: 295_000 } as const;

export async function bundleDevtools(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false, logLevel: 'silent', root: folder, publicDir: false, plugins: [devtoolsModules(join(root, 'node_modules/chrome-devtools-frontend'))], ssr: { noExternal: true },
    build: { ssr: true, outDir: devtoolsFolder, minify: false, target: 'esnext', rolldownOptions: { input: devtoolsEntry, preserveEntrySignatures: 'strict', output: { format: 'es', entryFileNames: 'devtools.mjs' } } },
  });
}

if (import.meta.main) await runOnce(process.argv[2] as Program, process.argv[3]!);
