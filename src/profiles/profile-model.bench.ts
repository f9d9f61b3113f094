// From a .cpuprofile's bytes to the first graph's boxes, for the two files of the goals: 75 MB (469k nodes, 51k samples) and 6 million
// samples (57 MB, 30k nodes). Files are generated in memory; each case runs in a process of its own, so that its peak memory is its own.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { callTree, heatMap, invertedTree, mergedBoxes, readCpuProfile, timeOrderBoxes, topFunctions, wholeProfile, type Profile } from './index.ts';
import { largeCpuProfile, largeProfiles, type LargeProfile } from './testing/large-cpu-profile.ts';

const cases: Readonly<Record<string, LargeProfile & { readonly goalMs: number }>> = {
  '75 MB': { ...largeProfiles['75 MB'], goalMs: 1000 },
  '6 M samples': { ...largeProfiles['6 M samples'], goalMs: 3000 },
};
const goalMb = 500;
const rounds = 5;

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
  const file = largeCpuProfile(wanted);
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
