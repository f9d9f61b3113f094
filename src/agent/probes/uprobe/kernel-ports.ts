// What both mechanisms of the kernel's events stand on, and what they do alike.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { ActionProblem, AgentProcess } from '../../../model/index.ts';
import type { Tools } from '../../actions/tools/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { CodePoint, HitSink, Inserted, Leftover } from '../contract.ts';
import { stillIn } from '../not-undone.ts';
import type { Machine } from './elf/index.ts';
import { EventsIn, groupName, instanceName, isKey, removeAllLeft, removeGroup, type Owner, type EventsAsk, type PlannedEvent } from './trace/index.ts';
import { lookAtTracefs, openTracefs, type TracefsPorts } from './tracefs.ts';

export type KernelPorts = TracefsPorts & { readonly tools: Tools; readonly proc: Proc };

/** The pid namespace of the machine itself: a constant of the kernel. */
const firstPidNamespace = 'pid:[4026531836]';

export async function kernelProblem(ports: KernelPorts): Promise<ActionProblem | null> {
  const there = await lookAtTracefs(ports);
  if (!there.ok) return there.error;
  const namespace = await ports.proc.link('self', 'ns/pid');
  if (namespace === null || namespace === firstPidNamespace) return null;
  return { code: 'probe.no-permission', message: 'Weir runs in a pid namespace of its own; the kernel tells of hits by the pids of the machine, so they could not be told apart.', help: 'Run the container of Weir with the pid namespace of the host (hostPID: true, or --pid=host).' };
}

export interface ToPutIn {
  readonly kind: 'uprobe' | 'usdt'; readonly key: string; readonly process: AgentProcess | null; readonly events: readonly PlannedEvent[]; readonly machine: Machine; readonly measured: string | null;
  readonly means: string; readonly resolved: string; readonly code: CodePoint; readonly expectedCostMs: number; readonly signal: AbortSignal;
}

/** Notes, puts in, and gives the handle. Nothing stays when it fails. */
export async function putIn(ports: KernelPorts, what: ToPutIn, sink: HitSink, note: (left: Leftover) => Promise<Result<void>>): Promise<Result<Inserted>> {
  if (!isKey(what.key)) return failure('probe.bad-key', `"${what.key}" cannot be part of an event's name.`, 'Use 1 to 33 of a-z, 0-9 and _.');
  const [root, self] = [await openTracefs(ports), await ownerOf(ports.proc)];
  if (!root.ok) return root;
  if (self === null) return failure('probe.no-permission', '/proc/self cannot be read.', 'Mount /proc.');
  const group = groupName(what.key, self);
  const target = what.process === null ? null : { pid: what.process.pid, startTicks: what.process.startTicks };
  const noted = await note({ kind: what.kind, pid: target?.pid ?? null, startTicks: target?.startTicks ?? null, detail: { group } });
  if (!noted.ok) return noted;
  const ask: EventsAsk = { root: root.value, group, events: what.events, machine: what.machine, process: target, measured: what.measured, passCostMs: what.expectedCostMs, proc: ports.proc, sink };
  return inserted(ask, what);
}

async function inserted(ask: EventsAsk, what: ToPutIn): Promise<Result<Inserted>> {
  if (what.signal.aborted) return cancelled();
  const events = new EventsIn(ask);
  const done = await events.putIn();
  if (!done.ok) return await events.remove() ? done : stillIn(done.error.message);
  if (what.signal.aborted) return await events.remove() ? cancelled() : stillIn('it was taken back before it was in');
  const { means, resolved, code, expectedCostMs } = what;
  return ok({ means, resolved, code, expectedCostMs, pause: async () => { await events.enable(false); }, resume: () => events.enable(true), remove: () => events.remove() });
}

/** This program, as names of groups tell it; null where /proc does not. */
async function ownerOf(proc: Proc): Promise<Owner | null> {
  const [self, namespace] = [await proc.stat('self'), await proc.link('self', 'ns/pid')];
  const inode = /^pid:\[(\d+)\]$/.exec(namespace ?? '')?.[1];
  return self === null || inode === undefined ? null : { pid: self.pid, startTicks: self.startTicks, pidNamespace: Number(inode) };
}

const cancelled = (): Result<never> => failure('probe.cancelled', 'It was taken back before it was in.');

/** Without tracing files there is nothing left of it. */
export async function removeLeftGroup(ports: KernelPorts, left: Leftover): Promise<boolean> {
  const group = left.detail['group'];
  const there = await lookAtTracefs(ports);
  if (typeof group !== 'string' || !/^weir_[a-z0-9_]+$/.test(group)) return true;
  if (!there.ok) return false;
  return there.value.willMount || removeGroup(there.value.root, group, instanceName(group));
}

/** What Weirs that are gone left in the kernel, whether it was noted or not; `known`: keys of this one's probes that are in. Nothing where the pids of the machine are not known. */
export async function removeKernelLeftovers(ports: KernelPorts, known: ReadonlySet<string>): Promise<{ readonly removed: readonly string[]; readonly remaining: readonly string[] }> {
  if (await kernelProblem(ports) !== null) return { removed: [], remaining: [] };
  const [there, self] = [await lookAtTracefs(ports), await ownerOf(ports.proc)];
  return !there.ok || there.value.willMount || self === null ? { removed: [], remaining: [] } : removeAllLeft(there.value.root, ports.proc, self, known);
}
