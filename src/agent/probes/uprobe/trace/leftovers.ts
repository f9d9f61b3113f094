// What a killed Weir left in the kernel: found by name, also when nothing was noted.
import type { Proc } from '../../../processes/index.ts';
import { allNames, removeGroup } from './instance.ts';
import { groupNamed, instanceName, type Owner } from './names.ts';

/** Groups of this pid namespace whose program is gone, or that are of this one and not in `known` (keys of probes that are in). Weirs that live keep theirs, and so do those of other namespaces: nobody here knows whether they live. */
export async function removeAllLeft(root: string, proc: Proc, self: Owner, known: ReadonlySet<string>): Promise<{ readonly removed: readonly string[]; readonly remaining: readonly string[] }> {
  const groups = new Map((await allNames(root)).map(groupNamed).filter((found) => found !== null).map((found) => [found.group, found]));
  const [removed, remaining]: [string[], string[]] = [[], []];
  for (const { group, key, owner } of groups.values()) {
    if (owner.pidNamespace !== self.pidNamespace) continue;
    const isOwn = owner.pid === self.pid && owner.startTicks === self.startTicks;
    if (isOwn ? known.has(key) : await proc.isAlive(owner.pid, owner.startTicks)) continue;
    (await removeGroup(root, group, instanceName(group)) ? removed : remaining).push(group);
  }
  return { removed, remaining };
}
