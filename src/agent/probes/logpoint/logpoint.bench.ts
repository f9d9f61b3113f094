// What a logpoint costs a process that calls the probed function some 400,000 times a second: microseconds a hit, the share of its speed that it
// keeps within the usual bounds (after the first 100 ms), and the longest it was held up. Speed is calls per second of CPU, so that
// whatever else runs on the machine does not count. Prints one JSON line for each Node that is there.
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ok } from '../../../base/index.ts';
import { type AgentProcess, probeRequest } from '../../../model/index.ts';
import { systemClock } from '../../ports/index.ts';
import type { ProbeMechanism } from '../contract.ts';
import { GovernedProbe, valueRedactor } from '../governed/index.ts';
import { agentProcess, logpointsHere, nothingSeen } from './testing/here.ts';
import { hotText } from './testing/texts.ts';

const goal = { speedKept: 0.98 };
const windowMs = 4000;
type Here = Awaited<ReturnType<typeof logpointsHere>>;
interface Progress { readonly calls: number; readonly cpuUs: number }

function reader(file: string) {
  const now = (): Progress & { readonly slowestMs: number } => { const [calls = 0, cpuUs = 0, slowestMs = 0] = readFileSync(file, 'utf8').split(' ').map(Number); return { calls, cpuUs, slowestMs }; };
  return {
    /** Calls per second of CPU, and the longest that 50 calls took. */
    async over(ms: number) {
      const [from, until] = [now(), performance.now() + ms];
      let slowestMs = 0;
      while (performance.now() < until) { await sleep(100); slowestMs = Math.max(slowestMs, now().slowestMs); }
      const to = now();
      return { speed: (to.calls - from.calls) / (to.cpuUs - from.cpuUs) * 1e6, calls: to.calls - from.calls, cpuUs: to.cpuUs - from.cpuUs, slowestMs };
    },
  };
}

async function governed(here: Here, process: AgentProcess): Promise<GovernedProbe> {
  const request = probeRequest.parse({ id: 'bench', name: 'bench', what: { kind: 'logpoint', spec: { at: { file: 'hot.cjs', line: 5 }, expressions: [{ expression: 'x' }], mechanism: 'breakpoint' } }, target: { pid: process.pid }, limits: { maxHits: 1e8 }, owner: 'bench', createdUnixMs: 0 });
  const probe = new GovernedProbe({ request, mechanism: here.mechanism as ProbeMechanism, waits: false, ports: { clock: systemClock, output: { records: () => undefined, point: () => undefined }, redact: valueRedactor(), note: async () => ok(undefined), settle: async () => undefined, changed: () => undefined } });
  await probe.insert(process);
  return probe;
}

/** Microseconds of CPU that one more hit takes; never paused. */
async function costOf(here: Here, process: AgentProcess, progress: ReturnType<typeof reader>, usual: number, mechanism: 'breakpoint' | 'live-edit', ms: number): Promise<{ readonly us: number; readonly saidUs: number | null; readonly removed: boolean } | null> {
  const seen = nothingSeen();
  const { inserted } = await here.insert(process, { at: { file: 'hot.cjs', line: 5 }, expressions: [{ expression: 'x' }], mechanism }, `cost_${mechanism.replace('-', '_')}`, seen);
  if (!inserted.ok) return null;
  const { calls, cpuUs } = await progress.over(ms);
  const saidUs = seen.hits.length === 0 ? null : seen.costMs / seen.hits.length * 1000;
  return { us: cpuUs / calls - 1e6 / usual, saidUs, removed: await inserted.value.remove() };
}

async function bench(program: string): Promise<void> {
  const here = await logpointsHere();
  const [script, file] = [join(here.folder, 'hot.cjs'), join(here.folder, 'progress')];
  writeFileSync(script, hotText);
  const child = spawn(program, [script, file], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await once(child.stdout, 'data');
    const [target, progress] = [await agentProcess(child.pid!), reader(file)];
    await sleep(1500);
    const usual = await progress.over(windowMs);
    const breakpoint = await costOf(here, target, progress, usual.speed, 'breakpoint', 1500);
    const probe = await governed(here, target);
    await sleep(100);
    const probed = await progress.over(windowMs * 2);
    const [place] = probe.report().places;
    await probe.end('removed');
    const after = await progress.over(windowMs);
    // Last: V8 may run an edited function slower even when it is as it was.
    const liveEdit = await costOf(here, target, progress, usual.speed, 'live-edit', 1500);
    const round = (value: number | null | undefined, digits = 3): number | null => (value === null || value === undefined ? null : Number(value.toFixed(digits)));
    console.log(JSON.stringify({
      bench: 'logpoint', node: execFileSync(program, ['--version']).toString().trim(), figure: round(probed.speed / usual.speed), goal: goal.speedKept, callsPerSecond: Math.round(usual.speed), hits: place?.hits, pauses: place?.pauses, speedAfterRemoval: round(after.speed / usual.speed),
      breakpointUs: round(breakpoint?.us, 1), breakpointSaidUs: round(breakpoint?.saidUs, 1), liveEditUs: round(liveEdit?.us), longest50CallsMs: { usual: usual.slowestMs, probed: probed.slowestMs }, machine: `${cpus().length} x ${cpus()[0]?.model ?? '?'}`,
    }));
  } finally { child.kill('SIGKILL'); }
}

for (const program of [process.execPath, '/usr/bin/node'].filter((path, index, all) => existsSync(path) && all.indexOf(path) === index)) await bench(program);
process.exit(0);
