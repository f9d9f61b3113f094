// Places in the dominator tree where many objects of one class hang side by side and hold much together: a Map that is never
// emptied, an array that only grows, listeners that nobody removes.
import type { HeapAnalysis } from '../graph/analysis.ts';
import type { Candidate, Thresholds } from './candidate.ts';
import { classNameOf, commonHolder, ownerOf } from './holder.ts';
import { rowsInStep, type Steps } from '../summary/steps.ts';

/** The engine's own bookkeeping accumulates by nature. */
const ignoredClasses: ReadonlySet<string> = new Set(['(system)', '(compiled code)', '(object shape)', '(synthetic)', '(number)', '(symbol)', '(hidden)', '(bigint)']);

interface Group { readonly members: number[]; retained: number }

export function* accumulationSteps(analysis: HeapAnalysis, { minRetained, minMembers }: Thresholds): Steps<readonly Candidate[]> {
  const { dominated, retained, heap } = analysis;
  const found: Candidate[] = [];
  for (let row = 0; row < heap.nodes.count; row++) {
    if (row % rowsInStep === rowsInStep - 1) yield;
    if (retained[row]! < minRetained || dominated.first[row + 1]! - dominated.first[row]! < minMembers) continue;
    for (const group of groupsBelow(analysis, row)) {
      if (group.members.length < minMembers || group.retained < minRetained) continue;
      const candidate = heldBy(analysis, row, group);
      if (candidate !== null) found.push(candidate);
    }
  }
  return found;
}

/** What a node dominates directly, by class. */
function groupsBelow({ dominated, classOf, retained, classes }: HeapAnalysis, row: number): Iterable<Group> {
  const groups = new Map<number, Group>();
  for (let at = dominated.first[row]!; at < dominated.first[row + 1]!; at++) {
    const member = dominated.to[at]!;
    const own = classOf[member]!;
    let group = groups.get(own);
    if (group === undefined) groups.set(own, (group = { members: [], retained: 0 }));
    group.members.push(member);
    group.retained += retained[member]!;
  }
  for (const own of groups.keys()) if (ignoredClasses.has(classes.name[own]!)) groups.delete(own);
  return groups.values();
}

/** The collection with its table and keys, when the entries are most of what it holds. */
const wholeOf = ({ retained }: HeapAnalysis, owner: number, entries: number): number => (entries * 2 >= retained[owner]! ? retained[owner]! : entries);

function heldBy(analysis: HeapAnalysis, row: number, { members, retained }: Group): Candidate | null {
  const owner = ownerOf(analysis, row);
  // Arrays inside an object's own insides are no entries that people put there.
  if (owner >= 0 && owner !== row && classNameOf(analysis, members[0]!) === '(array)') return null;
  // An internal array holds its entries itself; an object may only stand above two collections that share them.
  const holder = owner >= 0 && owner !== row ? owner : commonHolder(analysis, members);
  if (holder < 0 && owner < 0) return null;
  const onePath = holder < 0 || holder === owner;
  const known = holder < 0 ? owner : holder;
  return { kind: 'accumulation', holder: known, members, retained: onePath ? wholeOf(analysis, known, retained) : retained, onePath };
}
