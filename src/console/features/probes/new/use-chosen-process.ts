// The process that the address names: by pid and start, or by the service that it calls itself; and in words why there is none.
import { useProcesses } from '../../../api/index.ts';
import type { AgentProcess, ProbeKind } from '../../../../model/index.ts';
import { isDynamic } from '../../../../model/index.ts';
import type { NewProbeSearch } from '../../../state/index.ts';
import { fileName } from '../words.ts';

export interface ChosenProcess { readonly process: AgentProcess | null; /** Named, and not there: what happened, and what to do. */ readonly missing: { readonly title: string; readonly help: string } | null }

export function useChosenProcess(agent: string, search: NewProbeSearch, kind: ProbeKind): ChosenProcess {
  const { data } = useProcesses(isDynamic(kind) ? agent : undefined);
  return data === undefined ? { process: null, missing: null } : chosenOf(data.processes, search, kind);
}

export function chosenOf(processes: readonly AgentProcess[], { pid, startTicks, service, file }: Pick<NewProbeSearch, 'pid' | 'startTicks' | 'service' | 'file'>, kind: ProbeKind): ChosenProcess {
  const found = (process: AgentProcess | undefined): ChosenProcess | null => (process === undefined ? null : { process, missing: null });
  const what = file === undefined ? 'the code' : fileName(file);
  if (pid !== undefined) return found(processes.find(one => one.pid === pid && (startTicks === undefined || one.startTicks === startTicks))) ?? { process: null, missing: { title: `Process ${pid} is not running any more.`, help: `Choose the one that runs ${what} now.` } };
  if (service === undefined) return { process: null, missing: null };
  const named = processes.filter(one => one.service === service);
  const fitting = named.filter(({ runtime }) => kind !== 'logpoint' || runtime === 'node');
  if (fitting.length === 1) return found(fitting[0]) ?? { process: null, missing: null };
  if (fitting.length > 1) return { process: null, missing: { title: `${fitting.length} processes call themselves ${service}.`, help: `Choose the one that runs ${what}.` } };
  if (named.length > 0) return { process: null, missing: { title: `${service} does not run in Node here, but in ${named[0]?.runtime ?? 'something else'}.`, help: 'A line takes a probe only in Node; a function of native code takes a uprobe.' } };
  return { process: null, missing: { title: `No process of this machine calls itself ${service}.`, help: `Its telemetry comes from another machine, or the process has ended. Choose another agent above, or a process that runs ${what}.` } };
}
