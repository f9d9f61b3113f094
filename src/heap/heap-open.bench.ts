// How long until a heap snapshot is open (read, dominators, retained sizes, summary), and with how much memory: ours, the heap
// worker of Chrome DevTools with its second thread, and memlab when it is installed. Each run is a process of its own, the
// programs in turns on the same file; medians. Snapshots are made once and kept in the temporary folder.
// `npm run bench -- heap-open`; HEAP_OPEN=small leaves the large file out.
import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { analyseHeap, classRows, HeapReader } from './index.ts';
import { devtoolsEntry, devtoolsModules, type DevtoolsWorker } from './testing/devtools-worker.ts';
import { sessions } from './testing/programs.ts';

const folder = join(tmpdir(), 'weir-heap-open');
const bundle = join(folder, 'devtools/devtools.mjs');
const root = join(import.meta.dirname, '../..');
const chunk = { highWaterMark: 1024 * 1024 };
const sizes = { small: { sessions: 38_000, runs: 5 }, large: { sessions: 255_000, runs: 5 } };
type Program = 'ours' | 'devtools' | 'memlab';

interface Run { readonly wallMs: number; readonly cpuMs: number; readonly peakBytes: number; readonly nodes: number; readonly total: number }

async function ours(path: string): Promise<{ nodes: number; total: number }> {
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
async function devtools(path: string): Promise<{ nodes: number; total: number }> {
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

async function memlab(path: string): Promise<{ nodes: number; total: number }> {
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
  const run: Run = { ...found, wallMs: performance.now() - started, cpuMs: (cpu.user + cpu.system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 - startBytes };
  console.log(`\n${JSON.stringify(run)}`);
  process.exit(0);
}

function childRun(program: Program, path: string): Run {
  const child = spawnSync(process.execPath, ['--max-old-space-size=8000', import.meta.filename, program, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });
  if (child.status !== 0) throw new Error(`${program} ended with ${child.status ?? child.signal}`);
  return JSON.parse(child.stdout.trimEnd().split('\n').at(-1)!) as Run;
}

function snapshotOf(count: number): string {
  const path = join(folder, `sessions-${count}.heapsnapshot`);
  if (!existsSync(path)) execFileSync(process.execPath, ['--max-old-space-size=8000', '--input-type=module', '-e', sessions, folder, String(count)]);
  return path;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

function summary(runs: readonly Run[], fileBytes: number): object {
  return { ms: Math.round(median(runs.map(({ wallMs }) => wallMs))), cpuMs: Math.round(median(runs.map(({ cpuMs }) => cpuMs))), peakTimesFile: Math.round(median(runs.map(({ peakBytes }) => peakBytes)) / fileBytes * 100) / 100 };
}

/** How many times as long the other takes. */
const ratio = (other: readonly Run[], own: readonly Run[], field: 'wallMs' | 'cpuMs'): number => Math.round(median(other.map((run) => run[field])) / median(own.map((run) => run[field])) * 10) / 10;

function compare({ sessions: count, runs }: { sessions: number; runs: number }, programs: readonly Program[]): object {
  const path = snapshotOf(count);
  const fileBytes = statSync(path).size;
  const all = new Map<Program, Run[]>(programs.map((program) => [program, []]));
  for (let run = 0; run < runs; run++) for (const program of programs) all.get(program)!.push(childRun(program, path));
  const own = all.get('ours')!;
  const others = programs.filter((program) => program !== 'ours');
  return {
    megabytes: Math.round(fileBytes / 1e6), nodes: own[0]!.nodes, sameTotal: all.get('devtools')![0]!.total === own[0]!.total, runs,
    ...Object.fromEntries([...all].map(([program, done]) => [program, summary(done, fileBytes)])),
    timesSooner: Object.fromEntries(others.map((program) => [program, { wall: ratio(all.get(program)!, own, 'wallMs'), cpu: ratio(all.get(program)!, own, 'cpuMs') }])),
  };
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false, logLevel: 'silent', root: folder, publicDir: false, plugins: [devtoolsModules(join(root, 'node_modules/chrome-devtools-frontend'))], ssr: { noExternal: true },
    build: { ssr: true, outDir: join(folder, 'devtools'), minify: false, target: 'esnext', rolldownOptions: { input: devtoolsEntry, preserveEntrySignatures: 'strict', output: { format: 'es', entryFileNames: 'devtools.mjs' } } },
  });
  const programs: Program[] = existsSync(join(root, 'node_modules/@memlab/heap-analysis')) ? ['ours', 'devtools', 'memlab'] : ['ours', 'devtools'];
  const small = compare(sizes.small, programs);
  const large = process.env['HEAP_OPEN'] === 'small' ? undefined : compare(sizes.large, programs);
  console.log(JSON.stringify({ bench: 'heap-open', goal: { timesSooner: 3, peakTimesFile: 2 }, small, large, machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version } }));
}

const [program, path] = process.argv.slice(2);
await (program === undefined ? main() : runOnce(program as Program, path!));
