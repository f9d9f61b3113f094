// A pcap filter for one process: the ports it listens on and is connected by. A filter cannot name a process.
import type { AgentProcess } from '../../../model/index.ts';
import { readBounded, type Proc } from '../../processes/index.ts';
import { type Run } from '../contract.ts';
import { listeningPorts, socketInodes } from '../inspector/index.ts';

const mostPorts = 40;

/** Those that the process listens on and is connected by now. */
export const portsOf = async (proc: Proc, pid: number): Promise<readonly number[]> => [...new Set([...await listeningPorts(proc, pid) ?? [], ...await connectedPorts(proc, pid)])];

export async function portsFilter(proc: Proc, process: AgentProcess, run: Run): Promise<string> {
  const ports = await portsOf(proc, process.pid);
  if (ports.length === 0) { run.note('The process has no TCP or UDP socket now, so everything on the interface was taken.'); return ''; }
  if (ports.length > mostPorts) run.note(`Of its ${ports.length} ports the first ${mostPorts} were taken.`);
  run.note('The filter follows the ports it had at the start; connections that it opened later to others are not in it.');
  return ports.slice(0, mostPorts).map((port) => `port ${port}`).join(' or ');
}

async function connectedPorts(proc: Proc, pid: number): Promise<number[]> {
  const inodes = await socketInodes(proc, pid) ?? new Set();
  const tables = await Promise.all(['net/tcp', 'net/tcp6', 'net/udp', 'net/udp6'].map((name) => readBounded(proc.path(pid, name), 4 * 1024 * 1024)));
  return tables.flatMap((table) => (table ?? '').split('\n').slice(1)).map((line) => line.trim().split(/\s+/))
    .filter((columns) => inodes.has(columns[9] ?? '')).map((columns) => Number.parseInt(columns[1]?.split(':').at(-1) ?? '', 16));
}
