// What can be seen from outside that speaks against opening an inspector. A signal that nobody catches would end the process, so this is asked
// before any is sent.
import type { AgentProcess } from '../../../model/index.ts';
import type { Proc } from '../../processes/index.ts';
import { nameOf, problem, type Problem } from '../contract.ts';
import type { Rights } from '../tools/index.ts';

const sigusr1 = 10n;

/** It would take the signal only when it goes on, with nobody there who waits for that. */
export const stoppedProblem = (target: AgentProcess): Problem => problem('action.stopped', `${nameOf(target)} stands still (stopped by a signal or a debugger): it cannot answer, and would open its inspector only when it goes on.`, `Let it go on (kill -CONT ${target.pid}, or end the debugger), then try again.`);

export async function inspectorProblem(proc: Proc, rights: Rights, target: AgentProcess): Promise<Problem | null> {
  if (target.runtime !== 'node') return problem('action.wrong-runtime', `${nameOf(target)} is not a Node process, so it has no V8 inspector.`, 'Leave the means to Weir (auto), or choose the one for its runtime.');
  const forbidden = await rights.cannotSignal(target) ?? await rights.cannotTrace(target);
  if (forbidden !== null) return forbidden;
  const [mine, its] = [await proc.link('self', 'ns/net'), await proc.link(target.pid, 'ns/net')];
  if (mine !== null && its !== null && mine !== its) return problem('action.other-namespace', `${nameOf(target)} runs in another network namespace (a container): its inspector listens on a loopback that Weir cannot reach.`, 'Run an agent in the same pod or container, or sample it with perf (means: perf).');
  if (await isStopped(proc, target.pid)) return stoppedProblem(target);
  return await catchesSignal(proc, target.pid) ? null : problem('action.no-inspector', `${nameOf(target)} does not catch SIGUSR1, which opens the inspector; the signal would end it.`, 'It was started with --disable-sigusr1 or has only just begun. Sample it with perf (means: perf), or start it without that option.');
}

/** The kernel tells that a signal is caught, not by whom: Node's own handler and a program's look alike from outside. */
export const signalRisk = 'SIGUSR1 opens its inspector. Should the program handle that signal itself, its own handler runs instead: nobody can see that from outside.';

/** Known only once it was tried. */
export const deafProblem = (target: AgentProcess): Problem => problem('action.no-inspector', `${nameOf(target)} was sent SIGUSR1 before and did not open its inspector: it handles that signal itself, or hangs.`, 'Sample it with perf (means: perf), start it with --inspect-port=0, or force it to send the signal once more.', true);

async function catchesSignal(proc: Proc, pid: number): Promise<boolean> { return has((await proc.status(pid))?.get('SigCgt')); }

/** By a signal (T) or a debugger (t), as /proc/PID/stat says. */
export async function isStopped(proc: Pick<Proc, 'stat'>, pid: number): Promise<boolean> { return ['T', 't'].includes((await proc.stat(pid))?.state ?? ''); }

/** SIGUSR1 was sent and not taken yet: for the process (ShdPnd) or its main thread (SigPnd). */
export async function isSignalled(proc: Pick<Proc, 'status'>, pid: number): Promise<boolean> {
  const status = await proc.status(pid);
  return has(status?.get('SigPnd')) || has(status?.get('ShdPnd'));
}

/** A mask of signals in hexadecimal. */
const has = (mask: string | undefined): boolean => mask !== undefined && (BigInt(`0x${mask}`) >> (sigusr1 - 1n) & 1n) === 1n;
