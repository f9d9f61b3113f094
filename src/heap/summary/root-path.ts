// The shortest way from the root to an object: who must let go for it to be freed. References that keep are preferred, then
// those that people can name.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { keeps, retainerRow } from '../graph/retainers.ts';
import { edgeType } from './edge-text.ts';
import { edgeOfRetainer } from './neighbours.ts';
import { edgeOnly, nodeRow } from './node-rows.ts';
import type { PathStep, Reveal } from './rows.ts';

/** Root first, the object last. Where nothing reaches the object, its keepers as far up as there are any. */
export function rootPath(analysis: HeapAnalysis, row: number, reveal: Reveal): readonly PathStep[] {
  const steps: PathStep[] = [];
  const seen = new Set<number>();
  let at = row;
  while (!seen.has(at)) {
    seen.add(at);
    const entry = at === analysis.heap.root ? -1 : bestRetainer(analysis, at);
    if (entry < 0) { steps.push({ via: null, node: nodeRow(analysis, at, reveal) }); break; }
    const from = retainerRow(analysis.retainers.to[entry]!);
    steps.push({ via: edgeOnly(analysis, edgeOfRetainer(analysis, at, entry), from, reveal), node: nodeRow(analysis, at, reveal) });
    at = from;
  }
  return steps.reverse();
}

/** The entry of `retainers` to go up along, -1 without one. Distances fall along the way, so it ends. */
function bestRetainer(analysis: HeapAnalysis, row: number): number {
  const { retainers: { first, to }, distance, heap } = analysis;
  let best = -1;
  let bestRank = Infinity;
  for (let entry = first[row]!; entry < first[row + 1]!; entry++) {
    const from = retainerRow(to[entry]!);
    // The program's own roots are next to the root, whatever the root's own distance is.
    const up = from === heap.root ? 0 : distance[from]!;
    if (up < 0 || (distance[row]! >= 0 && up >= distance[row]!)) continue;
    const rank = up + (keeps(to[entry]!) ? 0 : 2 ** 32);
    if (rank > bestRank || (rank === bestRank && !isBetterNamed(analysis, row, entry, best))) continue;
    best = entry;
    bestRank = rank;
  }
  return best;
}

function isBetterNamed(analysis: HeapAnalysis, row: number, entry: number, than: number): boolean {
  // A second look costs a search through the keeper's edges: not where thousands keep the object alike.
  const { first } = analysis.retainers;
  return first[row + 1]! - first[row]! <= 64 && nameRank(analysis, row, entry) < nameRank(analysis, row, than);
}

function nameRank(analysis: HeapAnalysis, row: number, entry: number): number {
  const rank = ['property', 'context', 'shortcut', 'element', 'internal'].indexOf(edgeType(analysis, edgeOfRetainer(analysis, row, entry)));
  return rank < 0 ? 9 : rank;
}
