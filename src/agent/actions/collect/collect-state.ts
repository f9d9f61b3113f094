// collect-state: what a process is doing now, as the kernel tells it (status, limits, descriptors, memory maps, sockets, threads, control group) and, of
// Node, when it is asked for, what its runtime tells: only that needs a signal. Command lines and paths are redacted.
import type { AgentProcess } from '../../../model/index.ts';
import { colonFields, type Proc } from '../../processes/index.ts';
import { type Action, type Ask, fileStem, harmless, nameOf, type Run, targetOf } from '../contract.ts';
import { type InspectorDoor, signalRisk } from '../inspector/index.ts';
import { ok, type Result } from '../../../base/index.ts';
import { whileAttached } from '../node/attached.ts';
import { nodeFigures } from '../node/figures.ts';
import { Aborted } from '../wait.ts';
import { descriptorsOf } from './descriptors.ts';
import { mapsOf, threadsOf } from './maps-and-threads.ts';
import { redactStrings, type RedactText } from './text.ts';
import { keepText, stableJson } from './write-json.ts';

interface Ports { readonly proc: Proc; readonly door: InspectorDoor; readonly redactText: RedactText }

export function collectState(ports: Ports): Action<'collect-state'> {
  return {
    about: 'process',
    async estimate(ask) {
      const process = targetOf(ask);
      const [looks, opens] = [await looksInside(ports.door, ask), !await ports.door.isOpen(process)];
      const against = looks ? await ports.door.problem(process) : null;
      const reasons = !looks ? [] : against !== null ? [`Event loop and memory of Node will be missing: ${against.message}`] : ['The inspector listens on loopback for about a second.', ...(opens ? [signalRisk] : [])];
      return harmless(looks ? '/proc and V8 inspector' : '/proc', { durationMs: looks ? 1500 : 200, pauseMs: looks ? 10 : 0, risk: { level: 'low', reasons } });
    },
    async run(ask, run) {
      const process = targetOf(ask);
      run.progress(null, `Reading the state of ${nameOf(process)}`);
      const kernel = await kernelState(ports.proc, process);
      const state = { schema: 'weir.state/1', takenUnixMs: run.nowUnixMs(), process: { ...process }, kernel, node: await looksInside(ports.door, ask) ? await nodeState(ports.door, process, run, ask.parameters.runtime !== true) : null };
      return keepText(run, stableJson(redactStrings(state, ports.redactText)), { kind: 'state', format: 'json', name: `${fileStem(process)}.state.json`, sensitive: false, summary: `State of ${nameOf(process)}`, figures: { threads: kernel.threads.count, descriptors: kernel.descriptors?.count ?? 0 } });
    },
  };
}

async function kernelState(proc: Proc, { pid }: AgentProcess) {
  const read = async (name: string): Promise<string | null> => (await proc.text(pid, name))?.trim() ?? null;
  return {
    status: Object.fromEntries(await proc.status(pid) ?? []), limits: limitsOf(await read('limits') ?? ''), io: Object.fromEntries(colonFields(await read('io') ?? '')),
    cgroup: (await read('cgroup'))?.split('\n') ?? null, oomScore: Number(await read('oom_score')), waitsIn: await read('wchan'), schedule: await read('schedstat'),
    descriptors: await descriptorsOf(proc, pid), maps: mapsOf(await proc.text(pid, 'maps', 4 * 1024 * 1024) ?? ''), threads: await threadsOf(proc, pid),
  };
}

/** Names are of several words; the columns are two or more spaces apart. */
function limitsOf(text: string): object[] {
  return text.split('\n').slice(1).map((line) => line.trim().split(/\s{2,}/)).filter((columns) => columns.length >= 3).map(([name, soft, hard, unit]) => ({ name, soft, hard, unit: unit ?? null }));
}

/** What only the inspector tells is asked for, or costs nothing more: then no signal is sent. */
async function looksInside(door: InspectorDoor, ask: Ask<'collect-state'>): Promise<boolean> {
  const process = targetOf(ask);
  return process.runtime === 'node' && (ask.parameters.runtime ?? await door.isOpen(process));
}

/** Without it the rest is worth keeping. */
async function nodeState(door: InspectorDoor, process: AgentProcess, run: Run, onlyIfOpen: boolean): Promise<Record<string, unknown> | null> {
  const against = await door.problem(process);
  if (against !== null) { run.note(`Event loop and memory of Node are missing: ${against.message}`); return null; }
  let figures: Record<string, unknown> | null = null;
  const done: Result<void> = await whileAttached(door, process, run, async ({ session }) => { figures = await nodeFigures(session); return ok(undefined); }, { onlyIfOpen }).catch((failed: unknown) => {
    if (failed instanceof Aborted) throw failed;
    return { ok: false, error: { code: 'action.no-inspector', message: (failed as Error).message } };
  });
  if (!done.ok) run.note(`Event loop and memory of Node are missing: ${done.error.message}`.slice(0, 500));
  return figures;
}
