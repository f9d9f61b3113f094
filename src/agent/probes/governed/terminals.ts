// Probes of terminals: `weir probe` keeps a ledger for each run in a folder of the user's own, whatever its data folder is. What a run that was
// killed left behind, the next run takes out, or the next agent of the same user.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { directoryFiles } from '../../ports/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { MechanismTable } from '../contract.ts';
import { ProbeLedger } from './ledger.ts';
import { removeLeftovers } from './leftovers.ts';

/** Of the user: XDG Base Directory Specification, XDG_STATE_HOME. */
export const terminalFolder = (env: NodeJS.ProcessEnv): string => join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'weir', 'probes');

const ledgerName = /^(\d{1,10})-(\d{1,20})\.json$/;

export interface TerminalLedger { readonly ledger: ProbeLedger; /** When nothing is left in any process. */ close(): Promise<void> }

export async function openTerminalLedger(folder: string, self: { readonly pid: number; readonly startTicks: number }): Promise<TerminalLedger> {
  const name = `${self.pid}-${self.startTicks}.json`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ledger = await ProbeLedger.open(directoryFiles(folder), name);
  return { ledger, async close() { await ledger.settled(); if (ledger.isEmpty) await rm(join(folder, name), { force: true }); } };
}

/** How many probes were taken out, and what could not be; empty when all was well. */
export async function cleanTerminals(folder: string, proc: Pick<Proc, 'isAlive'>, mechanisms: MechanismTable): Promise<{ readonly removed: number; readonly problem: string }> {
  let [removed, stuck] = [0, 0];
  for (const name of await readdir(folder).catch(() => [] as string[])) {
    const [, pid, startTicks] = ledgerName.exec(name) ?? [];
    if (pid === undefined || await proc.isAlive(Number(pid), Number(startTicks))) continue;
    const ledger = await ProbeLedger.open(directoryFiles(folder), name);
    const left = (await removeLeftovers(ledger.earlier, mechanisms)).filter(({ lefts }) => lefts.length > 0);
    removed += ledger.earlier.length - left.length;
    stuck += left.length;
    if (left.length === 0) await rm(join(folder, name), { force: true });
    else await ledger.settleEarlier(left);
  }
  return { removed, problem: stuck === 0 ? '' : `${stuck} probes that a killed \`weir probe\` left could not be taken out of their processes; ending those removes them for certain.` };
}
