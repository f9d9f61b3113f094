// From a probe's target to the processes that it goes into. A pid or a text of the command line is one process; a service is every process of it,
// those that come later too. Never Weir's own by accident.
import { ok, type Result } from '../../../base/index.ts';
import type { ActionTarget, AgentProcess } from '../../../model/index.ts';
import { resolveTarget, type ProcessTable } from '../../processes/index.ts';

export type TargetTable = Pick<ProcessTable, 'list' | 'look' | 'toldStart' | 'proc'>;

/** Whether further processes may come under it. */
export const isOfMany = (target: ActionTarget | null): boolean => target !== null && target.pid === undefined && target.service !== undefined;

/** Null in the place of a process: the whole machine. Of a service it may be none yet. */
export async function processesOf(table: TargetTable, target: ActionTarget | null): Promise<Result<readonly (AgentProcess | null)[]>> {
  if (target === null) return ok([null]);
  if (isOfMany(target)) return ok(ofService((await table.list()).processes, target));
  const found = await resolveTarget(table, target);
  return found.ok ? ok([found.value]) : found;
}

/** Those that call themselves so; what telemetry says counts only where no process does. */
export function ofService(processes: readonly AgentProcess[], { service, match }: ActionTarget): readonly AgentProcess[] {
  const found = processes.filter((one) => !one.isWeir && one.service === service && (match === undefined || one.command.includes(match)));
  return (['process', 'telemetry', 'hearsay'] as const).map((surety) => found.filter(({ serviceFrom }) => serviceFrom === surety)).find(({ length }) => length > 0) ?? [];
}
