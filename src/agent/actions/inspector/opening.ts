// Makes a Node process open its inspector: SIGUSR1, and where it really listens is read from /proc. Nothing is done before the process at
// the other end has said its pid. When the port is taken Node listens nowhere, and stays silent: so processes are opened one after the
// other (the caller sees to it), and each moves to a free port at once, which leaves the default one to the next.
import { err, failure, ok, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { zeroSeparated, type Proc } from '../../processes/index.ts';
import { nameOf } from '../contract.ts';
import { becomes, resolvesWithin, throwIfAborted } from '../wait.ts';
import type { CdpSession } from './cdp-session.ts';
import { listeners, listeningPorts, socketInodes } from './listening.ts';
import { inspectorAt } from './probe.ts';
import { isStopped, stoppedProblem } from './problems.ts';

export interface Opened { readonly session: CdpSession; readonly port: number }
/** How the process was started: the port it would take, and whether it opened it itself. */
export interface InspectorOptions { readonly port: number; readonly isOpen: boolean }

/** The module, however old the process is: `getBuiltinModule` since 20.16, before it through the main module or the console's `require`. */
const inspectorModule = `(process.getBuiltinModule ? process.getBuiltinModule('inspector') : process.mainModule ? process.mainModule.require('inspector') : require('inspector'))`;
const move = `(()=>{const i=${inspectorModule};setImmediate(()=>{i.close();i.open(0,'127.0.0.1')});return true})()`;
const closeIt = `(()=>{const i=${inspectorModule};setImmediate(()=>i.close());return true})()`;

const opensWithinMs = 6000;
/** So long after the signal a port that is taken counts as taken before Node could have it. */
const takenWithinMs = 1000;
const [attempts, freeWithinMs] = [3, 1500];
const closesWithinMs = 5000;
/** A process that walks its heap answers when it is done. */
const busyMs = 120_000;
export const defaultPort = 9229;

/** The first of these ports that is the inspector of the process. */
export async function findInspector(proc: Proc, pid: number, ports: readonly number[]): Promise<Opened | null> {
  for (const port of ports) {
    const session = await inspectorAt(proc, pid, port);
    if (session !== null) return { session, port };
  }
  return null;
}

/** Sends the signal, and says so first. `wasOpen`: it turned out to listen already, by somebody else's doing. Errors: `action.stopped`, `action.no-process`, and
 *  why it did not open. */
export async function openInspector(proc: Proc, target: AgentProcess, { before, chosen, sent }: { readonly before: readonly number[]; readonly chosen: number; readonly sent: () => void }, signal: AbortSignal): Promise<Result<Opened & { readonly wasOpen: boolean }>> {
  let fresh: number[] = [];
  const opened = async (): Promise<boolean> => {
    fresh = (await listeningPorts(proc, target.pid) ?? []).filter((port) => !before.includes(port));
    return fresh.length > 0 || !await proc.isAlive(target.pid, target.startTicks);
  };
  // Another program may take the port between the look and the signal; then Node stays silent, and is asked once more.
  for (let attempt = 0; attempt < attempts && fresh.length === 0 && !signal.aborted; attempt++) {
    if (!await becomes(async () => !await isTaken(proc, target.pid, chosen), freeWithinMs, signal)) continue;
    throwIfAborted(signal);
    if (!await proc.isAlive(target.pid, target.startTicks)) return failure('action.no-process', `${nameOf(target)} has ended.`);
    if (await isStopped(proc, target.pid)) { if (attempt === 0) return err(stoppedProblem(target)); break; }
    sent();
    process.kill(target.pid, 'SIGUSR1');
    let wasTaken = false;
    await becomes(async () => await opened() || (wasTaken = await isTaken(proc, target.pid, chosen)), takenWithinMs, signal);
    if (wasTaken) continue;
    // Who takes the port only later was not what kept Node from it: a further signal would be one too many for a program's own handler.
    if (fresh.length === 0) await becomes(opened, opensWithinMs - takenWithinMs, signal);
    break;
  }
  const found = await findInspector(proc, target.pid, fresh);
  if (found !== null) return ok({ ...found, wasOpen: false });
  throwIfAborted(signal);
  const elsewhere = await findInspector(proc, target.pid, before);
  return elsewhere === null ? notOpened(proc, target, chosen) : ok({ ...elsewhere, wasOpen: true });
}

async function isTaken(proc: Proc, pid: number, port: number): Promise<boolean> {
  const taken = port === 0 ? undefined : (await listeners(proc, pid)).find((row) => row.port === port);
  return taken !== undefined && !(await socketInodes(proc, pid))?.has(taken.inode);
}

async function notOpened(proc: Proc, target: AgentProcess, port: number): Promise<Result<never>> {
  const holder = await holderOf(proc, target.pid, port);
  if (holder !== null) return failure('action.port-taken', `${nameOf(target)} did not open its inspector: its port ${port} is taken by ${holder}, and Node takes no other.`, `Free port ${port}, start the process with --inspect-port=0, or sample it with perf (means: perf).`);
  return failure('action.no-inspector', `${nameOf(target)} did not open its inspector within ${opensWithinMs / 1000} s.`, 'It may handle SIGUSR1 itself (then its handler ran), or hang in native code. Sample it with perf (means: perf), or start it with --inspect-port=0.');
}

/** Who listens on a port of the target's network, if not the target itself. */
async function holderOf(proc: Proc, pid: number, port: number): Promise<string | null> {
  if (port === 0) return null;
  const taken = (await listeners(proc, pid)).find((row) => row.port === port);
  if (taken === undefined) return null;
  for (const other of await proc.pids()) {
    if (other === pid || !(await socketInodes(proc, other))?.has(taken.inode)) continue;
    return `process ${other} (${(await proc.stat(other))?.comm ?? '?'})`;
  }
  return (await socketInodes(proc, pid))?.has(taken.inode) === true ? null : 'a process that Weir may not look into';
}

/** To a free port, when it sits on the one that others need; where that cannot be done it stays. */
export async function moveInspector(proc: Proc, pid: number, { session, port }: Opened, chosen: number): Promise<Opened> {
  if (chosen === 0 || !await session.evaluate<boolean>(move).catch(() => false)) return { session, port };
  await resolvesWithin(session.closed, closesWithinMs);
  let found: Opened | null = null;
  await becomes(async () => {
    found = await findInspector(proc, pid, (await listeningPorts(proc, pid) ?? []).filter((one) => one !== chosen));
    return found !== null;
  }, closesWithinMs, AbortSignal.timeout(closesWithinMs * 2));
  if (found === null) throw new Error('the inspector was lost while it moved to a free port');
  session.close();
  return found;
}

/** False: it could not be closed and stays open until the process ends. */
export async function closeInspector(proc: Proc, pid: number, session: CdpSession): Promise<boolean> {
  const asked = await session.evaluate<boolean>(closeIt, busyMs).catch(() => false);
  const gone = asked && await resolvesWithin(session.closed, closesWithinMs);
  session.close();
  return gone || await proc.stat(pid) === null;
}

/** Which port the process was told to take, and whether it was told to open it. Not on its command line or in NODE_OPTIONS: the default one. */
export async function inspectorOptions(proc: Proc, pid: number): Promise<InspectorOptions> {
  const words = zeroSeparated(await proc.text(pid, 'cmdline') ?? '');
  const options = zeroSeparated(await proc.text(pid, 'environ') ?? '').find((entry) => entry.startsWith('NODE_OPTIONS='))?.slice(13).split(' ') ?? [];
  const isOpen = [...options, ...words].some((word) => /^--inspect(-brk|-wait)?(=|$)/.test(word));
  const said = [...options, ...words].map((word) => /^--(?:inspect|debug)(?:-brk|-wait|-port)?=(?:.*:)?(\d+)$/.exec(word)?.[1]).findLast((port) => port !== undefined);
  return { port: said === undefined ? defaultPort : Number(said), isOpen };
}
