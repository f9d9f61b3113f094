// Linked lists and the like: each object holds the next, so that the first holds all. Such objects stand one below the other in the
// dominator tree, on a path that goes to the heaviest each time; those of one class on one path are a chain.
import type { HeapAnalysis } from '../graph/analysis.ts';
import type { Candidate, Thresholds } from './candidate.ts';
import { typeOf } from './holder.ts';

const linkTypes: ReadonlySet<string> = new Set(['object', 'closure']);

/** Each node is on one path only, and looked at once. */
export function findChains(analysis: HeapAnalysis, thresholds: Thresholds): readonly Candidate[] {
  const { retained, heap } = analysis;
  const found: Candidate[] = [];
  const tops = [heap.root];
  for (let top = tops.pop(); top !== undefined; top = tops.pop()) {
    const path = heaviestPath(analysis, top, (aside) => { if (retained[aside]! >= thresholds.minRetained) tops.push(aside); });
    found.push(...chainsOn(analysis, path, thresholds));
  }
  return found;
}

/** From the top down to a leaf. @param aside gets the children beside the path */
function heaviestPath({ dominated: { first, to }, retained }: HeapAnalysis, top: number, aside: (row: number) => void): readonly number[] {
  const path = [top];
  for (let at = top; first[at] !== first[at + 1]; path.push(at)) {
    let next = to[first[at]!]!;
    for (let child = first[at]! + 1; child < first[at + 1]!; child++) {
      const other = to[child]!;
      const isHeavier = retained[other]! > retained[next]!;
      aside(isHeavier ? next : other);
      if (isHeavier) next = other;
    }
    at = next;
  }
  return path;
}

/** The path's objects by class, where enough of them are heavy. The tail's links are light, but links too. */
function chainsOn(analysis: HeapAnalysis, path: readonly number[], { minRetained, minMembers }: Thresholds): readonly Candidate[] {
  if (path.length < minMembers) return [];
  const { retained, classOf, heap } = analysis;
  const byClass = new Map<number, { readonly members: number[]; heavy: number }>();
  for (const row of path) {
    if (row === heap.root || !linkTypes.has(typeOf(analysis, row))) continue;
    let links = byClass.get(classOf[row]!);
    if (links === undefined) byClass.set(classOf[row]!, (links = { members: [], heavy: 0 }));
    links.members.push(row);
    if (retained[row]! >= minRetained) links.heavy++;
  }
  return [...byClass.values()].filter(({ heavy }) => heavy >= minMembers)
    .map(({ members }) => ({ kind: 'chain', holder: members[0]!, members, retained: retained[members[0]!]!, onePath: true }));
}
