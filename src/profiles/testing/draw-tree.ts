// A call tree as text, for tests: a node a line, indented by depth, children as they are drawn: `price 3 (1)` is total 3, self 1.
import type { Profile } from '../model.ts';
import type { CallTree } from '../tree/call-tree.ts';

export function drawTree({ functions, strings }: Profile, tree: CallTree): string[] {
  const lines: string[] = [];
  const open = [0];
  while (open.length > 0) {
    const node = open.pop()!;
    const fn = tree.function[node]!;
    const self = tree.self[node]! === 0 ? '' : ` (${tree.self[node]})`;
    lines.push(`${'  '.repeat(tree.depth[node]!)}${fn < 0 ? 'root' : strings[functions.name[fn]!]!} ${tree.total[node]}${self}`);
    for (let at = tree.childStart[node + 1]! - 1; at >= tree.childStart[node]!; at--) open.push(tree.children[at]!);
  }
  return lines;
}
