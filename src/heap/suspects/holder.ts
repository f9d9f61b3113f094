// Who holds things, as people see it: not a table's internal array but the Map, and the variable or property it is known by.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { keeps, retainerRow } from '../graph/retainers.ts';
import type { HeapText, PathStep } from '../summary/rows.ts';

const internalTypes: ReadonlySet<string> = new Set(['array', 'hidden', 'object shape']);
const ownerTypes: ReadonlySet<string> = new Set(['object', 'native', 'regexp']);

export const typeOf = ({ heap }: HeapAnalysis, row: number): string => heap.nodeTypes[heap.nodes.type[row]!]!;
export const classNameOf = ({ classes, classOf }: HeapAnalysis, row: number): string => classes.name[classOf[row]!]!;

/** The engine's own objects, named `system / Context` and the like. */
const isEngines = (className: string): boolean => className.startsWith('system / ') || className.startsWith('(') || className.startsWith('global');

/** Arrays stand in arrays a few deep. */
const maxSteps = 64;

/** The object that an internal array belongs to, the row itself when it is an object; -1 when that is none of the program's. */
export function ownerOf(analysis: HeapAnalysis, row: number): number {
  let at = row;
  for (let steps = 0; steps < maxSteps && at !== analysis.heap.root && internalTypes.has(typeOf(analysis, at)); steps++) at = analysis.dominator[at]!;
  return ownerTypes.has(typeOf(analysis, at)) && !isEngines(classNameOf(analysis, at)) ? at : -1;
}

const sampleSize = 64;
/** So many of the sample must be held by one object for it to be called their holder. */
const majority = 0.8;

/** The object that refers to most of these, directly or through an internal array; the nearest to a root of several. -1 without one. */
export function commonHolder(analysis: HeapAnalysis, rows: readonly number[]): number {
  const votes = new Map<number, number>();
  const step = Math.max(1, Math.floor(rows.length / sampleSize));
  let asked = 0;
  for (let at = 0; at < rows.length; at += step, asked++) for (const holder of holdersOf(analysis, rows[at]!)) votes.set(holder, (votes.get(holder) ?? 0) + 1);
  const found = [...votes].filter(([, count]) => count >= asked * majority).map(([holder]) => holder);
  return found.sort((a, b) => distanceRank(analysis, a) - distanceRank(analysis, b))[0] ?? -1;
}

const distanceRank = ({ distance }: HeapAnalysis, row: number): number => (distance[row]! < 0 ? Infinity : distance[row]!);

function holdersOf(analysis: HeapAnalysis, row: number): ReadonlySet<number> {
  const { first, to } = analysis.retainers;
  const holders = new Set<number>();
  for (let entry = first[row]!; entry < Math.min(first[row + 1]!, first[row]! + sampleSize); entry++) {
    const owner = keeps(to[entry]!) ? ownerOf(analysis, retainerRow(to[entry]!)) : -1;
    if (owner >= 0 && owner !== row) holders.add(owner);
  }
  return holders;
}

const namingEdges: ReadonlySet<string> = new Set(['property', 'context', 'shortcut']);

/** The last name on the way to an object: that of the variable or property by which people know it; null without one. */
export function knownAs(path: readonly PathStep[]): HeapText | null {
  const step = path.findLast(({ via }) => via !== null && namingEdges.has(via.type) && via.name.text !== '__proto__');
  return step?.via?.name ?? null;
}
