// What a hit of a uprobe costs the process: nanoseconds a call of an empty function, without and with probes of each kind, and what the agent
// spends on bringing hits home. Prints one JSON line. Needs root, tracefs and gcc.
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { uprobeSpec, type UprobeSpec } from '../../../model/index.ts';
import { uprobeMechanism } from './index.ts';
import { Notes, ports, Seen, Targets, whyNot } from './testing/here.ts';

const goalMicroseconds = 15;
const measureMs = 2500;

const why = await whyNot('gcc');
if (why !== null) {
  console.log(JSON.stringify({ bench: 'uprobe', skipped: why }));
  process.exit(0);
}

const targets = new Targets();
const program = await targets.build('cost');
const { process: target, lines } = await targets.start(program, 'cost');
const mechanism = uprobeMechanism(ports);

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Nanoseconds a call. */
async function costNow(): Promise<number> {
  const from = lines().length + 1;
  await sleep(measureMs);
  return median(lines().slice(from).map(Number));
}

async function withProbe(key: string, changes: Partial<UprobeSpec>): Promise<{ readonly nanoseconds: number; readonly hitsPerAgentCpuSecond: number | null; readonly lostShare: number }> {
  const seen = new Seen();
  const done = await mechanism.insert({ key, spec: uprobeSpec.parse({ binary: program, symbol: 'hot', ...changes }), process: target, signal: new AbortController().signal }, seen, new Notes().note);
  if (!done.ok) throw new Error(done.error.message);
  const before = process.cpuUsage();
  const nanoseconds = await costNow();
  const { user, system } = process.cpuUsage(before);
  await done.value.remove();
  const told = seen.hits.length;
  return { nanoseconds, hitsPerAgentCpuSecond: told === 0 ? null : Math.round(told / ((user + system) / 1e6)), lostShare: told + seen.lostHits === 0 ? 0 : seen.lostHits / (told + seen.lostHits) };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const plain = await costNow();
const entry = await withProbe('bench_entry', { arguments: ['number=%di:s32'] });
const filtered = await withProbe('bench_filtered', { arguments: ['number=%di:s32'], filter: 'number < 0' });
const both = await withProbe('bench_both', { arguments: ['number=%di:s32'], returns: true });
const after = await costNow();
await targets.end();
console.log(JSON.stringify({
  bench: 'uprobe', microsecondsPerHit: { entry: round((entry.nanoseconds - plain) / 1000), filteredOut: round((filtered.nanoseconds - plain) / 1000), entryAndReturn: round((both.nanoseconds - plain) / 1000) },
  nanosecondsPerCallWithout: { before: plain, afterRemoval: after }, goal: `at most ${goalMicroseconds} µs on entry`, isMet: (entry.nanoseconds - plain) / 1000 <= goalMicroseconds,
  agent: { hitsPerCpuSecond: entry.hitsPerAgentCpuSecond, lostShareAtFullSpeed: round(entry.lostShare) }, machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Linux`,
}));
