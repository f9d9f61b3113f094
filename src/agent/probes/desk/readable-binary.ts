// Which files of this machine may be searched for functions, or probed, when no process is chosen: what some process runs, what stands where programs and
// libraries do, and what this machine's owner allows. Nothing is said of any other file, not even whether it is there.
import { realpath } from 'node:fs/promises';
import { normalize } from 'node:path';
import type { ActionProblem, ProbeWhat } from '../../../model/index.ts';
import { compiled, matches } from '../../actions/index.ts';
import { problemOf } from '../governed/index.ts';
import type { DeskPorts } from './desk.ts';

const standardFolders = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/usr/bin', '/usr/sbin', '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/libexec', '/usr/local/bin', '/usr/local/sbin', '/usr/local/lib'];

/** Of a probe in a file of the machine. Of a process it is a file that this runs, which its mechanism sees to. */
export async function objectionToBinaryOf(ports: Pick<DeskPorts, 'policy' | 'processes'>, { kind, spec }: ProbeWhat, hasProcess: boolean): Promise<ActionProblem | null> {
  return hasProcess || (kind !== 'uprobe' && kind !== 'usdt') ? null : objectionToBinary(ports, spec.binary);
}

/** Null: it may be read. `binary`: as somebody named it. */
export async function objectionToBinary({ policy, processes }: Pick<DeskPorts, 'policy' | 'processes'>, binary: string): Promise<ActionProblem | null> {
  const path = await realpath(binary).catch(() => normalize(binary));
  if (standardFolders.some((folder) => path.startsWith(`${folder}/`))) return null;
  const read = await policy();
  if (!read.ok) return problemOf(read.error);
  if (read.value.files.flatMap((text) => compiled(text, null)).some((pattern) => matches(pattern, path))) return null;
  for (const { pid } of (await processes.list()).processes) if (await processes.proc.link(pid, 'exe') === path) return null;
  return { code: 'probe.not-allowed', message: `${binary} may not be searched or probed without a process: no process runs it, and it does not stand where programs and libraries do.`.slice(0, 2000), help: 'Choose the process that runs it (or has it as a library), or let the owner of this machine add it to "files" in actions-policy.json.' };
}
