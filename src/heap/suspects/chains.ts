// Linked lists and the like: each object holds the next, so that the first holds all. Where so many objects of one class each
// retain a large share of the heap, they must stand one behind the other.
import type { HeapAnalysis } from '../graph/analysis.ts';
import type { Candidate, Thresholds } from './candidate.ts';
import { typeOf } from './holder.ts';

const linkTypes: ReadonlySet<string> = new Set(['object', 'closure']);

export function findChains(analysis: HeapAnalysis, { minRetained, minMembers }: Thresholds): readonly Candidate[] {
  const { retained, classOf, heap } = analysis;
  const byClass = new Map<number, number[]>();
  for (let row = 0; row < heap.nodes.count; row++) {
    if (retained[row]! < minRetained || row === heap.root || !linkTypes.has(typeOf(analysis, row))) continue;
    const links = byClass.get(classOf[row]!);
    if (links === undefined) byClass.set(classOf[row]!, [row]);
    else links.push(row);
  }
  return [...byClass.values()].filter((links) => links.length >= minMembers).map((links) => chainOf(analysis, links));
}

function chainOf({ retained, classOf }: HeapAnalysis, heavy: readonly number[]): Candidate {
  const head = heavy.reduce((best, row) => (retained[row]! > retained[best]! ? row : best));
  // The tail's links are too light to have been seen: all of the class are taken for links.
  const members: number[] = [];
  for (let row = 0; row < classOf.length; row++) if (classOf[row] === classOf[head]) members.push(row);
  return { kind: 'chain', holder: head, members, retained: retained[head]!, onePath: true };
}
