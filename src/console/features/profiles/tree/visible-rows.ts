// Which nodes of a call tree stand in the table: the children of opened ones, heaviest first. Pure, and without recursion: stacks are deep.
import type { CallTree } from '../../../../profiles/index.ts';

export interface VisibleRow { readonly node: number; /** 1 for what stands at the left edge. */ readonly level: number; readonly position: number; readonly siblings: number; readonly opens: boolean }

export function visibleRows({ childStart, children }: CallTree, open: ReadonlySet<number>, most: number): readonly VisibleRow[] {
  const rows: VisibleRow[] = [];
  const waiting: { readonly node: number; readonly level: number; next: number }[] = [{ node: 0, level: 0, next: childStart[0] ?? 0 }];
  while (rows.length < most) {
    const at = waiting.at(-1);
    if (at === undefined) break;
    const [first, end] = [childStart[at.node] ?? 0, childStart[at.node + 1] ?? 0];
    if (at.next >= end) { waiting.pop(); continue; }
    const node = children[at.next++] ?? 0;
    const opens = (childStart[node + 1] ?? 0) > (childStart[node] ?? 0);
    rows.push({ node, level: at.level + 1, position: at.next - first, siblings: end - first, opens });
    if (opens && open.has(node)) waiting.push({ node, level: at.level + 1, next: childStart[node] ?? 0 });
  }
  return rows;
}

/** The heaviest way down, opened as long as one child has most of its parent. */
export function firstOpen({ childStart, children, total }: CallTree): ReadonlySet<number> {
  const open = new Set<number>();
  for (let node = 0; ;) {
    const child = children[childStart[node] ?? 0];
    if ((childStart[node + 1] ?? 0) <= (childStart[node] ?? 0) || child === undefined || (node !== 0 && (total[child] ?? 0) < (total[node] ?? 0) / 2)) return open;
    open.add(child);
    node = child;
  }
}

/** Also all that stand above the node. */
export function openTo({ parent }: CallTree, open: ReadonlySet<number>, node: number): ReadonlySet<number> {
  const more = new Set(open);
  for (let at = parent[node] ?? -1; at > 0; at = parent[at] ?? -1) more.add(at);
  return more;
}

/** A node and all below it, as far as `most` nodes. */
export function openBelow({ childStart, children }: CallTree, open: ReadonlySet<number>, node: number, most: number): ReadonlySet<number> {
  const more = new Set(open);
  const waiting = [node];
  while (waiting.length > 0 && more.size - open.size < most) {
    const each = waiting.pop() ?? 0;
    more.add(each);
    for (let at = childStart[each] ?? 0; at < (childStart[each + 1] ?? 0); at++) waiting.push(children[at] ?? 0);
  }
  return more;
}
