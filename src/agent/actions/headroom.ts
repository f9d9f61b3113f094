// Whether there is room for a dump: memory of the machine and of the target's control group, and disk. Memory only warns, for the estimate is
// the worst that was measured; a full disk refuses.
import type { AgentProcess } from '../../model/index.ts';
import { cgroupHeadroomBytes, colonFields, kilobytes, type Proc } from '../processes/index.ts';
import { megabytes, nameOf, problem, type Problem } from './contract.ts';

export interface Headroom { readonly memoryBytes: number | null; readonly diskBytes: number }
export interface Need { readonly memoryBytes: number; readonly diskBytes: number }

/** The machine goes on living beside it. */
const spareMemoryBytes = 128 * 1024 * 1024;
const spareDiskBytes = 256 * 1024 * 1024;

export async function headroomOf(proc: Proc, process: AgentProcess | null, freeDiskBytes: () => Promise<number>): Promise<Headroom> {
  const available = kilobytes(colonFields(await proc.machine('meminfo') ?? '').get('MemAvailable'));
  const group = process === null ? null : await cgroupHeadroomBytes(await proc.text(process.pid, 'cgroup') ?? '');
  const known = [available, group].filter((bytes) => bytes !== null);
  return { memoryBytes: known.length === 0 ? null : Math.min(...known), diskBytes: await freeDiskBytes() };
}

export function headroomProblems(process: AgentProcess, need: Need, { memoryBytes, diskBytes }: Headroom): Problem[] {
  const found: Problem[] = [];
  if (diskBytes < need.diskBytes + spareDiskBytes) found.push(problem('action.headroom', `The dump of ${nameOf(process)} may take ${megabytes(need.diskBytes)} of disk; ${megabytes(diskBytes)} are free, of which ${megabytes(spareDiskBytes)} stay free.`, 'Make room on the disk that holds the data folder, or raise its bound.'));
  if (memoryBytes !== null && need.memoryBytes > 0 && memoryBytes < need.memoryBytes + spareMemoryBytes) found.push(problem('action.headroom', `The dump of ${nameOf(process)} may take ${megabytes(need.memoryBytes)} of memory in that process; ${megabytes(memoryBytes)} are free to it, of which ${megabytes(spareMemoryBytes)} stay free. Without them the kernel may end it.`, 'Take a heap sample instead (nearly free), or force it if its loss is acceptable.', true));
  return found;
}
