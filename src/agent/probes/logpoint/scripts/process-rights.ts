// What a process may read by its user and its groups, as the bits of a file say.
// Format: proc(5), /proc/PID/status: `Uid:` and `Gid:` as real, effective, saved and file system ids; `Groups:`.
import type { Stats } from 'node:fs';
import type { Proc } from '../../../processes/index.ts';

export interface ProcessRights { readonly user: number; readonly groups: ReadonlySet<number> }
type Owned = Pick<Stats, 'uid' | 'gid' | 'mode'>;

/** Null: the process is gone, or the system does not tell. */
export async function rightsOf(proc: Proc, pid: number): Promise<ProcessRights | null> {
  const status = await proc.status(pid);
  const numbers = (name: string): number[] | null => status?.get(name)?.split(/\s+/).filter(Boolean).map(Number) ?? null;
  const [users, groups] = [numbers('Uid'), numbers('Gid')];
  const [user, group] = [users?.[3], groups?.[3]];
  return user === undefined || group === undefined ? null : { user, groups: new Set([group, ...numbers('Groups') ?? []]) };
}

export const mayRead = (file: Owned, rights: ProcessRights): boolean => may(file, rights, 4);
export const maySearch = (folder: Owned, rights: ProcessRights): boolean => may(folder, rights, 1);

/** As the system decides: the bits of the first that fits, user, group or others; the super-user may all. */
function may({ uid, gid, mode }: Owned, { user, groups }: ProcessRights, bit: 1 | 4): boolean {
  const shift = uid === user ? 6 : groups.has(gid) ? 3 : 0;
  return user === 0 || (mode >> shift & bit) !== 0;
}
