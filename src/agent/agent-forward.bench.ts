// How many log records a CPU-second of the agent's own process takes end to end: receive, ten rules, forward. Load, agent
// and downstream are three processes; only the agent's CPU time (user and system) counts. OTLP/HTTP, then OTLP/gRPC.
// Prints one JSON line. With WEIR_BENCH_PROFILE=DIR the agent writes a CPU profile there.
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentNodeFlags } from './index.ts';
import { ask, next, start } from './bench-support/bench-child.ts';
import { config, keptShare, recordsPerRequest, request, rules } from './bench-support/workload.ts';

const goals = { http: 1_000_000, grpc: 500_000 } as const;
const connections = 4;
const warmUpMs = 4000;
const runs = 7;
const runMs = 1500;

const profile = process.env['WEIR_BENCH_PROFILE'];

async function dataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  await mkdir(join(directory, 'agent'));
  await writeFile(join(directory, 'agent', 'rules.json'), JSON.stringify({ version: 1, configHash: '01', config: config() }));
  return directory;
}

interface Figures { readonly recordsPerCpuSecond: number; readonly goal: number; readonly ofGoal: number; readonly recordsPerSecond: number; readonly rssMegabytes: number; readonly lostShare: number; readonly undelivered: number }

async function measure(protocol: 'http' | 'grpc'): Promise<Figures> {
  const directory = await dataDirectory();
  const sink = start('sink-process', []);
  const { port } = await next<{ port: number }>(sink);
  const agent = start('agent-process', [directory, `http://127.0.0.1:${port}`], [...agentNodeFlags, ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profile, protocol)}`])]);
  const { ports } = await next<{ ports: { http: number; grpc: number } }>(agent);
  const load = start('load-process', [protocol, String(ports[protocol]), String(connections)]);
  await sleep(warmUpMs);
  const samples: { perCpuSecond: number; perSecond: number }[] = [];
  let rss = 0;
  for (let run = 0; run < runs; run++) {
    const before = await reading(agent, load);
    await sleep(runMs);
    const after = await reading(agent, load);
    const records = (after.acknowledged - before.acknowledged) * recordsPerRequest;
    samples.push({ perCpuSecond: records / (after.cpuSeconds - before.cpuSeconds), perSecond: records / (after.atSeconds - before.atSeconds) });
    rss = after.rss;
  }
  const { acknowledged } = await ask<{ acknowledged: number }>(load, 'stop');
  const { undelivered } = await ask<{ undelivered: number }>(agent, 'stop');
  const { bytes } = await ask<{ bytes: number }>(sink, 'bytes');
  sink.send('stop');
  await rm(directory, { recursive: true, force: true });
  const forwardedByteShare = bytes / (acknowledged * requestBytes);
  // What the queue evicted because the downstream fell behind was not forwarded, so it does not count.
  const lostShare = Math.max(0, 1 - forwardedByteShare / keptShare);
  const perCpuSecond = median(samples.map((sample) => sample.perCpuSecond)) * (1 - lostShare);
  return {
    recordsPerCpuSecond: Math.round(perCpuSecond), goal: goals[protocol], ofGoal: rounded(perCpuSecond / goals[protocol]), recordsPerSecond: Math.round(median(samples.map((sample) => sample.perSecond))),
    rssMegabytes: Math.round(rss / 2 ** 20), lostShare: rounded(lostShare), undelivered,
  };
}

async function reading(agent: ChildProcess, load: ChildProcess): Promise<{ cpuSeconds: number; acknowledged: number; atSeconds: number; rss: number }> {
  const [{ cpu, rss }, { acknowledged }] = await Promise.all([ask<{ cpu: NodeJS.CpuUsage; rss: number }>(agent, 'cpu'), ask<{ acknowledged: number }>(load, 'count')]);
  return { cpuSeconds: (cpu.user + cpu.system) / 1e6, acknowledged, atSeconds: performance.now() / 1000, rss };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const rounded = (value: number): number => Number(value.toFixed(3));
const requestBytes = request().length;

const http = await measure('http');
const grpc = await measure('grpc');
console.log(JSON.stringify({
  bench: 'agent-forward', ...http, grpc, rules, recordsPerRequest, bytesPerRecord: Math.round(requestBytes / recordsPerRequest), connections,
  runs, unit: 'records per CPU-second of the agent process, median', machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
