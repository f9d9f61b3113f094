// memory-dump: all of a process's memory, or of its heap. The process stands still while it is written, so the estimate comes first and refuses
// without headroom; what it really cost is measured.
import type { Failure } from '../../base/index.ts';
import type { Proc } from '../processes/index.ts';
import { kilobytes } from '../processes/index.ts';
import { type Action, type Ask, type Estimate, harmless, megabytes, problem, type Problem, seconds, targetOf } from './contract.ts';
import { headroomOf, headroomProblems, type Headroom, type Need } from './headroom.ts';
import { type InspectorDoor, signalRisk } from './inspector/index.ts';
import { jvmHeapDump } from './jvm/jvm.ts';
import { coreDump, type CorePorts } from './native/core-dump.ts';
import { nodeHeapSnapshot } from './node/heap-snapshot.ts';
import { type Pause, pauseOf, pauseWords, promise } from './pause.ts';
import type { Scratch } from './scratch.ts';
import { missingTool, present, type Rights } from './tools/index.ts';

type DumpAsk = Ask<'memory-dump'>;
type Means = 'inspector' | 'gcore' | 'jcmd';
interface Ports extends CorePorts { readonly scratch: Scratch; readonly rights: Rights; readonly proc: Proc; readonly door: InspectorDoor; readonly freeDiskBytes: () => Promise<number>; readonly headroom?: (proc: Proc) => Promise<Headroom> }
interface Cost extends Need, Pause {}

const MiB = 1024 * 1024;
/** Measured on Node 20: 1.5 s at 28 MB, 16 s at 245 MB, nine times the heap in memory. */
const nodeCost = (heapBytes: number): Cost => ({ ...pauseOf(Math.round(heapBytes / MiB * 62)), memoryBytes: heapBytes * 9, diskBytes: heapBytes * 2 });
/** A core is the resident memory; gdb reads symbols while it holds the process. */
const coreCost = (rssBytes: number): Cost => ({ ...pauseOf(Math.round(500 + rssBytes / MiB * 5)), memoryBytes: 0, diskBytes: Math.round(rssBytes * 1.3) });
const jvmCost = (rssBytes: number): Cost => ({ ...pauseOf(Math.round(200 + rssBytes / MiB * 4)), memoryBytes: 0, diskBytes: rssBytes });
/** What Node takes beside the heap, at least: with more taken off, small heaps were estimated too short. */
const nodeBaseBytes = 8 * MiB;
const defaultMaxPauseMs = 30_000;
const words: Readonly<Record<Means, string>> = { inspector: 'V8 inspector, heap snapshot', gcore: 'gdb: thread stacks and core', jcmd: 'jcmd GC.heap_dump' };

export function memoryDump(ports: Ports): Action<'memory-dump'> {
  return {
    about: 'process',
    async estimate(ask) {
      const means = meansOf(ask);
      const cost = await costOf(ports.proc, ask, means);
      const risks = means === 'inspector' && !await ports.door.isOpen(targetOf(ask)) ? [signalRisk] : [];
      return dumpEstimate(means, cost, risks, [...await toolProblems(ports, ask, means), ...await costProblems(ports, ask, cost), ...await givenProblems(ports, ask, means, cost)]);
    },
    async run(ask, run) {
      const [means, process] = [meansOf(ask), targetOf(ask)];
      const told = promise(run, await costOf(ports.proc, ask, means));
      if (means === 'gcore') return coreDump(ports, process, run);
      if (means === 'jcmd') return jvmHeapDump(ports, process, run);
      return nodeHeapSnapshot(ports.door, process, run, { check: (heapBytes) => objection(ports, ask, nodeCost(heapBytes)), told, againAfterMs: ask.parameters.againAfterMs ?? null });
    },
  };
}

const dumpEstimate = (means: Means, cost: Cost, risks: readonly string[], problems: readonly Problem[]): Estimate => harmless(words[means], {
  ...cost, sensitive: true, problems,
  risk: { level: cost.pauseMs > 1000 ? 'high' : 'medium', reasons: [`The process stands still for ${pauseWords(cost)}.`, ...(cost.memoryBytes > 0 ? [`It may take ${megabytes(cost.memoryBytes)} more memory meanwhile.`] : []), 'It holds what was in memory, secrets included: no detector can mask it.', ...risks] },
});

function meansOf(ask: DumpAsk): Means {
  const { means = 'auto' } = ask.parameters;
  if (means !== 'auto') return means;
  const { runtime } = targetOf(ask);
  return runtime === 'node' ? 'inspector' : runtime === 'jvm' ? 'jcmd' : 'gcore';
}

/** Before anything is opened only the resident memory is known; of Node's, the anonymous part holds the heap. */
async function costOf(proc: Proc, ask: DumpAsk, means: Means): Promise<Cost> {
  const { pid, rssBytes } = targetOf(ask);
  if (means === 'gcore') return coreCost(rssBytes);
  if (means === 'jcmd') return jvmCost(rssBytes);
  const anonymous = kilobytes((await proc.status(pid))?.get('RssAnon')) ?? rssBytes;
  return nodeCost(Math.max(4 * MiB, anonymous - nodeBaseBytes));
}

async function toolProblems({ tools, rights, door }: Ports, ask: DumpAsk, means: Means): Promise<Problem[]> {
  const process = targetOf(ask);
  if (means === 'inspector') return present(await door.problem(process));
  const tool = means === 'gcore' ? 'gdb' : 'jcmd';
  const again = ask.parameters.againAfterMs === undefined ? null : problem('action.wrong-runtime', `Only heap snapshots of Node can be taken twice; process ${process.pid} is ${process.runtime}.`, 'Leave the second one out, and dump it again later.');
  const missing = await tools.find(tool) === null ? missingTool(tool, 'a memory dump of this process') : null;
  const wrong = means === 'jcmd' && process.runtime !== 'jvm' ? problem('action.wrong-runtime', `Process ${process.pid} is ${process.runtime}, not a JVM.`, 'Leave the means to Weir (auto).') : null;
  return present(again, wrong, missing, await rights.cannotTrace(process));
}

async function costProblems(ports: Ports, ask: DumpAsk, cost: Cost): Promise<Problem[]> {
  const { maxPauseMs = defaultMaxPauseMs, maxBytes } = ask.parameters;
  const process = targetOf(ask);
  const headroom = ports.headroom === undefined ? await headroomOf(ports.proc, process, ports.freeDiskBytes) : await ports.headroom(ports.proc);
  const mostBytes = Math.min(maxBytes ?? Infinity, ask.policy.actions['memory-dump'].maxBytes);
  return [
    ...headroomProblems(process, cost, headroom),
    ...(cost.pauseMs > maxPauseMs ? [problem('action.long-pause', `The process would stand still for about ${seconds(cost.pauseMs)}; at most ${seconds(maxPauseMs)} are wanted.`, 'Take a heap sample instead, allow a longer pause, or force it.', true)] : []),
    ...(cost.diskBytes > mostBytes * 1.3 ? [problem('action.too-large', `The dump may have ${megabytes(cost.diskBytes)}; ${megabytes(mostBytes)} are allowed.`, 'Raise maxBytes, or force it: it ends when it grows too large.', true)] : []),
  ];
}

/** A JVM writes where its own user may, which may be another file system; and on the same one the dump stands twice for a while. */
async function givenProblems({ scratch }: Ports, ask: DumpAsk, means: Means, { diskBytes }: Cost): Promise<Problem[]> {
  if (means !== 'jcmd') return [];
  const { freeBytes, isShared } = await scratch.givenRoom();
  return headroomProblems(targetOf(ask), { memoryBytes: 0, diskBytes: isShared ? diskBytes * 2 : diskBytes }, { memoryBytes: null, diskBytes: freeBytes });
}

/** Asked again when the real size of the heap is known. */
async function objection(ports: Ports, ask: DumpAsk, cost: Cost): Promise<Failure | null> {
  return (await costProblems(ports, ask, cost)).find(({ canForce }) => !canForce || !ask.force) ?? null;
}
