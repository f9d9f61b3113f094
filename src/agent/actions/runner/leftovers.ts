// What a killed agent left behind is put back at the next start: inspectors it opened are closed (or noted as one's own, to be tried again), tools it started are ended, stopped processes
// run again, valves are closed, and runs that had no end get one. Only of programs that are gone; agents and terminals share the book.
import type { ActionReport } from '../../../model/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { InspectorDoor } from '../inspector/index.ts';
import type { ActionBook, Leftover, Owner } from '../limits/index.ts';
import { asBefore } from '../native/core-dump.ts';
import type { Scratch } from '../scratch.ts';
import type { VerbosePort } from '../verbose-logs.ts';

interface Ports { readonly book: ActionBook; readonly proc: Proc; readonly door: InspectorDoor; readonly scratch: Scratch; readonly valves: VerbosePort | null; readonly program: 'agent' | 'terminal'; readonly nowUnixMs: () => number }

/** Reports of runs that ended with the program that ran them. */
export async function putBack(ports: Ports): Promise<ActionReport[]> {
  await ports.scratch.clean(ports.proc);
  const content = await ports.book.leftovers();
  const reports: ActionReport[] = [];
  for (const { key, owner, what } of content.ok ? content.value : []) {
    if (await ports.proc.isAlive(owner.pid, owner.startTicks)) continue;
    const isOwn = (owner.program ?? 'agent') === ports.program;
    if (!isOwn && isAgents(owner, what)) continue;
    if (what.kind !== 'run') await undo(ports, what);
    else if (isOwn) reports.push(interrupted(what.report, ports.nowUnixMs()));
    await ports.book.settle(key, owner);
  }
  return reports;
}

/** An agent tells its server how its runs ended, and has its own valves; a terminal can do neither for it. */
const isAgents = ({ program = 'agent' }: Owner, { kind }: Leftover): boolean => program === 'agent' && (kind === 'run' || kind === 'valve');

async function undo({ proc, door, valves }: Ports, what: Exclude<Leftover, { kind: 'run' }>): Promise<void> {
  if (what.kind === 'inspector') await door.closeLeft(what.pid, what.startTicks);
  else if (what.kind === 'valve') await valves?.close(what.id);
  else if (what.kind === 'stopped') await asBefore(proc, what);
  else if (await proc.isAlive(what.pid, what.startTicks)) end(what.pid);
}

function end(pid: number): void {
  try { process.kill(pid, 'SIGTERM'); } catch { /* ended by itself meanwhile */ }
}

const interrupted = (report: ActionReport, nowUnixMs: number): ActionReport => ({
  ...report, state: 'failed', finishedUnixMs: nowUnixMs,
  why: { code: 'action.interrupted', message: 'Weir ended while the action ran. What it had opened was closed again.', help: 'Start it once more.' },
});
