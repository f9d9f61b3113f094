// What a probe of a terminal stands on: processes, the mechanisms, what this machine's owner allows. Its state is in a folder of the user's own, so
// that the next run finds what a killed one left, whatever its data folder was.
import { dirname, join, resolve } from 'node:path';
import type { ActionPolicy } from '../../agent/actions/index.ts';
import { systemClock } from '../../agent/ports/index.ts';
import { terminalFolder } from '../../agent/probes/governed/index.ts';
import { openMechanisms, terminalActions, type Mechanisms } from '../../agent/probes/index.ts';
import { Proc, type ProcessTable } from '../../agent/processes/index.ts';
import type { Result } from '../../base/index.ts';
import { readDataDir } from '../settings.ts';

export interface ProbesHere {
  readonly mechanisms: Mechanisms['table'];
  readonly looks: Mechanisms['looks'];
  readonly proc: Proc;
  readonly processes: ProcessTable;
  readonly policy: () => Promise<Result<ActionPolicy>>;
  /** Of this process. */
  readonly self: { readonly pid: number; readonly startTicks: number };
  /** Ends what it started. */
  close(): Promise<void>;
}

export async function probesHere(): Promise<ProbesHere> {
  const proc = new Proc();
  const stateFolder = dirname(terminalFolder(process.env));
  const { toolbox, processes, policy, runner } = await terminalActions(stateFolder, proc, process.env, join(resolve(readDataDir(process.env)), 'agent'));
  const mechanisms = openMechanisms({ toolbox, proc, policy, monotonicMs: () => systemClock.monotonicMs() });
  await runner.start();
  await mechanisms.removeUnnoted();
  const startTicks = (await proc.stat('self'))?.startTicks ?? 0;
  return { mechanisms: mechanisms.table, looks: mechanisms.looks, proc, processes, policy, self: { pid: process.pid, startTicks }, close: () => runner.stop() };
}
