// What accounting for events costs of the agent's throughput: a whole agent (receive, name, ten rules, forward) under load, whose catalogue
// counts and looks in one turn of 5 requests and does nothing in the next two; CPU time of its process a record. Two loads: events with names,
// and bodies that templates are mined of (that is naming, in all turns: `mine`). `share`: CPU time within the catalogue of all that the process took
// while it counted, both without what it takes to ask for CPU time, which is measured in the turns that do nothing. `byTurns`: each turn that counts against the two beside it, which holds what is spent elsewhere for it, too, but differs
// as two equal turns do (`offAgainstOff`): the median of pairs, and between which shares the middle half lies. Prints one JSON line.
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentNodeFlags } from './index.ts';
import type { Turn } from './bench-support/accounting-process.ts';
import { ask, next, start } from './bench-support/bench-child.ts';
import { config, recordsPerRequest, request, rules } from './bench-support/workload.ts';

const goalShare = 0.03;
const connections = 4;
/** By then code is compiled, and each event has had its first looks. */
const warmUpTurns = 400;
const measuredTurns = 1500;
/** So that there is a figure within three minutes on a machine that is busy with other things: then from fewer turns, as `pairs` says. */
const mostWarmUpMs = 15_000;
const mostMeasuredMs = 40_000;

async function turnsUnder(load: 'named' | 'mined'): Promise<readonly Turn[]> {
  const directory = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  await mkdir(join(directory, 'agent'));
  await writeFile(join(directory, 'agent', 'rules.json'), JSON.stringify({ version: 1, configHash: '01', config: config() }));
  const sink = start('sink-process', []);
  const { port } = await next<{ port: number }>(sink);
  const agent = start('accounting-process', [directory, `http://127.0.0.1:${port}`], agentNodeFlags);
  const { ports } = await next<{ ports: { http: number } }>(agent);
  const sender = start('load-process', ['http', String(ports.http), String(connections), load]);
  await turnsOf(agent, warmUpTurns, mostWarmUpMs);
  await ask(agent, 'begin');
  const turns = await turnsOf(agent, measuredTurns, mostMeasuredMs);
  await ask(sender, 'stop');
  await ask(agent, 'stop');
  sink.send('stop');
  await rm(directory, { recursive: true, force: true });
  return turns;
}

async function turnsOf(agent: ChildProcess, count: number, mostMs: number): Promise<readonly Turn[]> {
  for (const until = performance.now() + mostMs; ;) {
    await sleep(500);
    const { turns } = await ask<{ turns: readonly Turn[] }>(agent, 'turns');
    if (turns.length >= count || performance.now() > until) return turns;
  }
}

interface Figures { readonly share: number; readonly accountingNs: number; readonly agentNs: number; readonly measuringNs: number; readonly byTurns: number; readonly middleHalf: readonly [number, number]; readonly offAgainstOff: number; readonly pairs: number }

function figures(turns: readonly Turn[]): Figures {
  const from = turns.findIndex(({ kind }, i) => i > 0 && kind === 'off');
  const groups = Array.from({ length: Math.floor((turns.length - from) / 3) }, (_, i) => turns.slice(from + 3 * i, from + 3 * i + 3) as [Turn, Turn, Turn]);
  const base = ([off, , again]: readonly [Turn, Turn, Turn]): number => (off.nsPerRecord + again.nsPerRecord) / 2;
  const shares = groups.map((group) => 1 - base(group) / group[1].nsPerRecord);
  const measuring = mean(groups.flatMap(([off, , again]) => [off.insideNs, again.insideNs]));
  const inside = mean(groups.map(([, on]) => on.insideNs)) - measuring + mean(groups.flat().map(({ reportNs }) => reportNs));
  // Asking before and after costs about twice what of it falls between the two.
  const whole = mean(groups.map(([, on]) => on.nsPerRecord)) - 2 * measuring;
  return {
    share: rounded(inside / whole), accountingNs: rounded(inside), agentNs: Math.round(whole), measuringNs: rounded(measuring), byTurns: rounded(at(shares, 0.5)), middleHalf: [rounded(at(shares, 0.25)), rounded(at(shares, 0.75))],
    offAgainstOff: rounded(at(groups.map(([off, , again]) => 1 - off.nsPerRecord / again.nsPerRecord), 0.5)), pairs: groups.length,
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const at = (values: readonly number[], part: number): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;
const rounded = (value: number): number => Number(value.toFixed(4));

const named = figures(await turnsUnder('named'));
const mined = figures(await turnsUnder('mined'));
const share = Math.max(named.share, mined.share);
console.log(JSON.stringify({
  bench: 'accounting', share, goal: goalShare, ofGoal: Number((share / goalShare).toFixed(2)), named, mined, rules, recordsPerRequest, bytesPerRecord: Math.round(request().length / recordsPerRequest), connections,
  unit: 'share of the CPU time of a whole agent that is accounting; ns: CPU nanoseconds a record', machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
