// The box or row that a person chose: the call path that leads to it, where that is in the tree, and the figures of its function.
import type { CallTree } from '../../../../profiles/index.ts';
import { pathRows } from './function-key.ts';
import { nodeOfPath } from './tree-paths.ts';
import type { Scene } from './use-scene.ts';

export interface Chosen {
  /** Row of the names. */
  readonly row: number;
  /** Of the merged tree, or of the comparison's; null where that has no such function. */
  readonly node: number | null;
  /** Nobody chose it: it is the function with the most own weight. */
  readonly byItself: boolean;
}

export function chosenOf(scene: Scene, at: string | undefined): Chosen | null {
  const path = at === undefined ? null : pathRows(scene.rowOf, at);
  const row = path?.at(-1);
  if (path !== null && row !== undefined) return { row, node: nodeOfPath(sceneTree(scene), path), byItself: false };
  const heaviest = heaviestCode(scene);
  return heaviest === null ? null : { row: heaviest, node: null, byItself: true };
}

/** The tree that graph and table show. */
export const sceneTree = ({ diff, merged }: Pick<Scene, 'diff' | 'merged'>): CallTree => diff?.tree ?? merged.tree;

/** Idle time is no code that something could be done about. */
function heaviestCode({ top, names }: Scene): number | null {
  if (top === null) return null;
  for (const row of top.function.slice(0, 20)) if (!/^\((idle|program|root)\)$/.test(names.name(row))) return row;
  return top.function[0] ?? null;
}

export interface Figures { readonly self: number; readonly total: number; readonly selfSamples: number; readonly totalSamples: number }

/** Of a function wherever it was called; a call within a call of it counts once in its total. */
export function figuresOf(tree: Pick<CallTree, 'count' | 'parent' | 'function' | keyof Figures>, row: number): Figures {
  const sums = { self: 0, total: 0, selfSamples: 0, totalSamples: 0 };
  const inside = new Uint8Array(tree.count);
  for (let node = 1; node < tree.count; node++) {
    const parent = tree.parent[node] ?? 0;
    inside[node] = inside[parent] === 1 || tree.function[parent] === row ? 1 : 0;
    if (tree.function[node] !== row) continue;
    sums.self += tree.self[node] ?? 0;
    sums.selfSamples += tree.selfSamples[node] ?? 0;
    if (inside[node] === 1) continue;
    sums.total += tree.total[node] ?? 0;
    sums.totalSamples += tree.totalSamples[node] ?? 0;
  }
  return sums;
}

/** Points of a function in both profiles of a comparison. */
export function changeOf({ tree }: NonNullable<Scene['diff']>, row: number): { readonly now: Figures; readonly before: Figures } {
  const { count, parent, function: functions } = tree;
  return { now: figuresOf({ count, parent, function: functions, ...tree.now }, row), before: figuresOf({ count, parent, function: functions, ...tree.before }, row) };
}

/** Own points, now less before, by row of the names. */
export function changesBySelf({ tree, names }: NonNullable<Scene['diff']>): Float64Array {
  const changes = new Float64Array(names.count);
  for (let node = 1; node < tree.count; node++) { const row = tree.function[node] ?? -1; if (row >= 0) changes[row] = (changes[row] ?? 0) + (tree.changeSelf[node] ?? 0); }
  return changes;
}
