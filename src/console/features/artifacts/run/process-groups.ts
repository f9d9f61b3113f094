// The processes of a machine in the order in which people look for them. Pure.
import type { AgentProcess } from '../../../../model/index.ts';

const names = ['Services', 'Services named only by their telemetry', 'Other processes of this machine', 'Weir itself'] as const;

/** What says its own service; what is only known by telemetry; what else runs there; what is Weir's own. */
export function groupAt({ isWeir, service, serviceFrom }: AgentProcess): number {
  if (isWeir) return 3;
  return service === null ? 2 : serviceFrom === 'telemetry' || serviceFrom === 'hearsay' ? 1 : 0;
}

/** Those that hold the words anywhere; by group, services by name with the newest first, others the busiest first. */
export function findProcesses(processes: readonly AgentProcess[], find: string): readonly AgentProcess[] {
  const wanted = find.trim().toLowerCase();
  return processes.filter(({ name, service, command, pid, container, runtime, user }) => wanted === '' || [name, service ?? '', command, String(pid), container ?? '', runtime, user].some(text => text.toLowerCase().includes(wanted)))
    .toSorted((a, b) => groupAt(a) - groupAt(b) || (a.service ?? '').localeCompare(b.service ?? '') || (a.service === null ? (b.cpuShare ?? 0) - (a.cpuShare ?? 0) : b.startedUnixMs - a.startedUnixMs) || a.pid - b.pid);
}

/** The name of a row's group; null when all are of one. */
export function processGroups(shown: readonly AgentProcess[]): (process: AgentProcess) => string | null {
  const several = new Set(shown.map(groupAt)).size > 1;
  return process => (several ? names[groupAt(process)] ?? null : null);
}
