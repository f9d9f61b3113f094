// Names that say whose they are: every group of events and every trace instance of Weir carries the program that made it, so leftovers are
// found by name even without a ledger, and never those of a Weir that lives.
export interface Owner { readonly pid: number; readonly startTicks: number; /** Inode of its pid namespace: a pid says nothing in another. */ readonly pidNamespace: number }

/** At most 5 + 33 + 1 + 6 + 1 + 9 + 1 + 7 characters; the kernel takes 63. `key`: [a-z0-9_]{1,33}. */
export const groupName = (key: string, { pid, startTicks, pidNamespace }: Owner): string => `weir_${[key, pid.toString(36), startTicks.toString(36), pidNamespace.toString(36)].join('_')}`;
export const instanceName = (group: string): string => `weir-${group.slice('weir_'.length)}`;
export const isKey = (key: string): boolean => /^[a-z0-9_]{1,33}$/.test(key);

export interface NamedGroup { readonly group: string; readonly key: string; readonly owner: Owner }

/** Null when it is not of Weir's making. */
export function groupNamed(name: string): NamedGroup | null {
  const parts = /^weir[_-]([a-z0-9_]{1,33})_([0-9a-z]{1,6})_([0-9a-z]{1,9})_([0-9a-z]{1,7})$/.exec(name);
  if (parts === null) return null;
  return { group: `weir_${name.slice('weir_'.length)}`, key: parts[1] ?? '', owner: { pid: Number.parseInt(parts[2] ?? '', 36), startTicks: Number.parseInt(parts[3] ?? '', 36), pidNamespace: Number.parseInt(parts[4] ?? '', 36) } };
}
