// From a .cpuprofile's bytes to the first graph's boxes, for the two files of the goals: 75 MB (469k nodes, 51k samples) and 6 million
// samples (57 MB, 30k nodes). Files are generated in memory; each case runs in a process of its own, so that its peak memory is its own.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { callTree, heatMap, invertedTree, mergedBoxes, readCpuProfile, timeOrderBoxes, topFunctions, wholeProfile, type Profile } from './index.ts';

interface Case { readonly nodes: number; readonly samples: number; readonly bytes: number; readonly goalMs: number }
const cases: Readonly<Record<string, Case>> = {
  '75 MB': { nodes: 469_000, samples: 51_000, bytes: 75e6, goalMs: 1000 },
  '6 M samples': { nodes: 30_000, samples: 6_000_000, bytes: 57e6, goalMs: 3000 },
};
const goalMb = 500;
const rounds = 5;

/** Bytes written one piece after another; never one string. */
class Writer {
  readonly bytes: Buffer;
  at = 0;
  constructor(size: number) { this.bytes = Buffer.allocUnsafe(size); }
  text(text: string): void { this.at += this.bytes.write(text, this.at, 'latin1'); }
  done(): Uint8Array { return new Uint8Array(this.bytes.buffer, this.bytes.byteOffset, this.at); }
}

/** Seeded, so that every run reads the same file (Lehmer, 31 bits). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => { state = (state * 48271) % 0x7fffffff; return state % below; };
}

function generate({ nodes, samples, bytes }: Case): Uint8Array {
  const random = numbers(20_260_301);
  const writer = new Writer(bytes * 1.5);
  const children = childLists(nodes, random);
  const padding = Math.max(0, Math.round((bytes - samples * 9.2) / nodes) - 163);
  writer.text('{"nodes":[');
  for (let node = 0; node < nodes; node++) writer.text(`${node === 0 ? '' : ','}${nodeText(node, children[node]!, node === 0 ? 0 : random(9000), padding)}`);
  writer.text('],"startTime":1000000,"endTime":9000000000,"samples":[');
  for (let row = 0, node = 0; row < samples; row++) {
    node = nextNode(node, nodes, random);
    writer.text(`${row === 0 ? '' : ','}${node + 1}`);
  }
  writer.text('],"timeDeltas":[');
  for (let row = 0; row < samples; row++) writer.text(`${row === 0 ? '' : ','}${random(900) + 100}`);
  writer.text(']}');
  return writer.done();
}

/** Stacks like a server's: 30 to 60 deep, most nodes with one child. */
function childLists(nodes: number, random: (below: number) => number): readonly (readonly number[])[] {
  const lists: number[][] = Array.from({ length: nodes }, () => []);
  const parent = new Int32Array(nodes);
  const depth = new Int32Array(nodes);
  for (let node = 1; node < nodes; node++) {
    let above = node - 1;
    for (let up = random(8) === 0 || depth[above] === 60 ? 1 + random(30) : 0; up > 0; up--) above = parent[above]!;
    parent[node] = above;
    depth[node] = depth[above]! + 1;
    lists[above]!.push(node + 1);
  }
  return lists;
}

/** Mostly where the sample before was or close by, as a program that moves from call to call. */
function nextNode(node: number, nodes: number, random: (below: number) => number): number {
  const chance = random(100);
  if (node === 0 || chance === 0) return 1 + random(nodes - 1);
  return chance < 60 ? node : Math.min(nodes - 1, Math.max(1, node + random(21) - 10));
}

function nodeText(node: number, children: readonly number[], fn: number, padding: number): string {
  const name = node === 0 ? '(root)' : `handle${fn}`;
  const url = node === 0 ? '' : `/srv/app/${'x'.repeat(padding)}${fn % 700}.js`;
  return `{"id":${node + 1},"callFrame":{"functionName":"${name}","scriptId":"${fn % 700}","url":"${url}","lineNumber":${fn % 900},"columnNumber":${fn % 70}},"hitCount":0${children.length === 0 ? '' : `,"children":[${children.join(',')}]`}}`;
}

type Stages = Record<string, number>;
function timed<T>(stages: Stages, name: string, work: () => T): T {
  const start = performance.now();
  const value = work();
  stages[name] = performance.now() - start;
  return value;
}

function open(file: Uint8Array, stages: Stages): Profile {
  const result = timed(stages, 'read', () => readCpuProfile(file, 'bench.cpuprofile'));
  if (!result.ok) throw new Error(result.error.message);
  const profile = result.value;
  const tree = timed(stages, 'tree', () => callTree(profile, wholeProfile));
  timed(stages, 'boxes', () => mergedBoxes(profile, tree, 'package'));
  return profile;
}

function afterwards(profile: Profile, stages: Stages): void {
  timed(stages, 'time order', () => timeOrderBoxes(profile, wholeProfile));
  timed(stages, 'inverted', () => invertedTree(profile, wholeProfile));
  timed(stages, 'recursion folded', () => callTree(profile, { ...wholeProfile, collapseRecursion: true }));
  timed(stages, 'top', () => topFunctions(profile, wholeProfile));
  timed(stages, 'heat map', () => heatMap(profile, { columns: 1200, fromNanos: 0, toNanos: profile.durationNanos ?? 0 }));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const rounded = (stages: Stages): Stages => Object.fromEntries(Object.entries(stages).map(([name, ms]) => [name, Math.round(ms)]));
const sum = (stages: Stages): number => (stages['read'] ?? 0) + (stages['tree'] ?? 0) + (stages['boxes'] ?? 0);

function runCase(name: string): void {
  const wanted = cases[name]!;
  const file = generate(wanted);
  const before = process.memoryUsage().rss;
  const first: Stages = {};
  const profile = open(file, first);
  const peakMb = Math.round((process.resourceUsage().maxRSS * 1024 - before + file.length) / 1e6);
  afterwards(profile, first);
  const again = Array.from({ length: rounds }, () => {
    const stages: Stages = {};
    const cpu = process.cpuUsage();
    open(file, stages);
    const { user, system } = process.cpuUsage(cpu);
    return { ms: sum(stages), cpuMs: (user + system) / 1000 };
  });
  console.log(JSON.stringify({ megabytes: Math.round(file.length / 1e6), nodes: profile.stacks.count, samples: profile.samples.count, 'ms, first': Math.round(sum(first)), 'ms, median': Math.round(median(again.map(({ ms }) => ms))), 'cpu ms, median': Math.round(median(again.map(({ cpuMs }) => cpuMs))), goalMs: wanted.goalMs, 'MB at most, file included': peakMb, goalMb, stages: rounded(first) }));
}

const asked = process.argv[2];
if (asked !== undefined) runCase(asked);
else {
  const results = Object.keys(cases).map((name) => {
    const run = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, name], { encoding: 'utf8', maxBuffer: 1 << 24 });
    if (run.status !== 0) throw new Error(run.stderr);
    return [name, JSON.parse(run.stdout)] as const;
  });
  console.log(JSON.stringify({ bench: 'profile-model', goal: 'read, tree and boxes: 75 MB in 1000 ms; 6 M samples in 3000 ms and 500 MB', ...Object.fromEntries(results), machine: `${cpus().length} x ${cpus()[0]?.model ?? ''}` }));
}
