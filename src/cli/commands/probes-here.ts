// What a probe of a terminal stands on: processes, the mechanisms, what this machine's owner allows. What it leaves in processes is noted in a folder of
// the user's own, so that the next run finds what a killed one left, whatever its data folder was; inspectors it shares with the agent of that folder.
import { resolve } from 'node:path';
import type { ActionPolicy } from '../../agent/actions/index.ts';
import { systemClock } from '../../agent/ports/index.ts';
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
  /** Where Weir has the inspector of a process open; null: it has not. */
  readonly inspectorPort: (process: { readonly pid: number; readonly startTicks: number }) => Promise<number | null>;
  /** Ends what it started. */
  close(): Promise<void>;
}

export async function probesHere(): Promise<ProbesHere> {
  const proc = new Proc();
  const { env } = process;
  const { actions: { toolbox, processes, policy, runner }, apart } = await terminalActions({ dataDir: resolve(readDataDir(env)), isNamed: Boolean(env['WEIR_DATA']), proc, env });
  if (apart !== null) process.stderr.write(`weir: ${apart}\n`);
  const mechanisms = openMechanisms({ toolbox, proc, policy, monotonicMs: () => systemClock.monotonicMs() });
  await runner.start();
  await mechanisms.removeUnnoted();
  const startTicks = (await proc.stat('self'))?.startTicks ?? 0;
  return { mechanisms: mechanisms.table, looks: mechanisms.looks, proc, processes, policy, self: { pid: process.pid, startTicks }, inspectorPort: (looked) => toolbox.door.notedPort(looked), close: () => runner.stop() };
}
