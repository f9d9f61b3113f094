// Everything that is computed once per snapshot, in the order that needs least memory at a time.
import type { Heap, SizeColumn, Tick } from '../model.ts';
import type { Adjacency, HeapAnalysis } from './analysis.ts';
import { nameClasses } from './class-of.ts';
import { sumClasses } from './class-table.ts';
import { numberDepthFirst, type DepthFirst } from './depth-first.ts';
import { propagateDetachedness } from './detachedness.ts';
import { computeDistances } from './distances.ts';
import { findDominators } from './dominators.ts';
import { findEphemerons } from './ephemerons.ts';
import { findPageOwned } from './page-owned.ts';
import { findInertEdges } from './inert-edges.ts';
import { inferInterfaces } from './interfaces.ts';
import { buildRetainers, countsToStarts } from './retainers.ts';
import { Scratch } from './scratch.ts';
import { shallowSizes } from './shallow-sizes.ts';
import { roomyCopy, sumOf } from './size-column.ts';
import { ValueNames, type NameJudge } from './value-names.ts';

/**
 * Dominators, retained and shallow sizes, distances and classes, equal to Chrome DevTools'. Takes about a second for a million
 * nodes and calls `tick` between its steps, and within the longest; what `tick` throws ends it. `judge` tells names that are
 * secrets, beside those that look like values by their shape.
 */
export function analyseHeap(heap: Heap, tick: Tick = () => { /* nobody watches */ }, judge: NameJudge = () => false): HeapAnalysis {
  tick(0);
  const values = new ValueNames(heap, judge);
  const scratch = new Scratch(heap.nodes.count);
  const ephemerons = findEphemerons(heap);
  tick(0.05);
  const inert = findInertEdges(heap, findPageOwned(heap, scratch), ephemerons);
  tick(0.15);
  const retainers = buildRetainers(heap, inert);
  tick(0.25);
  const shallow = shallowSizes(heap, scratch);
  tick(0.35);
  const shallowTotal = sumOf(shallow);
  const { dominator, retained } = dominate(heap, inert, retainers, shallow, shallowTotal, scratch, tick);
  tick(0.7);
  const dominated = childrenOf(dominator, heap.root);
  const distance = computeDistances(heap, ephemerons, scratch);
  tick(0.8);
  const detachedness = propagateDetachedness(heap);
  const interfaces = inferInterfaces(heap, values);
  tick(0.85);
  const names = nameClasses(heap, detachedness, interfaces, values);
  tick(0.95);
  const classes = sumClasses({ root: heap.root, names, shallow, retained, distance, dominated, scratch });
  tick(1);
  return { heap, shallow, shallowTotal, retained, distance, dominator, dominated, retainers, inert, detachedness, classOf: names.classOf, classes, interfaces, ephemerons, values };
}

function dominate(heap: Heap, inert: Uint8Array, retainers: Adjacency, shallow: SizeColumn, total: number, scratch: Scratch, tick: Tick): Pick<HeapAnalysis, 'dominator' | 'retained'> {
  const order = numberDepthFirst(heap, inert, retainers, scratch);
  tick(0.45);
  const numbers = findDominators(order, retainers, scratch, (share) => { tick(0.45 + 0.2 * share); });
  const retained = retainedSizes(order, numbers, shallow, total);
  const dominator = byNode(order, numbers);
  scratch.give(order.node, order.parent);
  return { dominator, retained };
}

/** Takes the place of `order.number`, which nobody needs any more. */
function byNode({ node, number }: DepthFirst, dominatorNumber: Uint32Array): Uint32Array {
  for (let at = 1; at < node.length; at++) number[node[at]!] = node[dominatorNumber[at]!]!;
  return number.subarray(0, node.length - 1);
}

/** A dominator has a lower number than what it dominates: from the last to the first, each is whole before it is added on. */
function retainedSizes({ node }: DepthFirst, dominatorNumber: Uint32Array, shallow: SizeColumn, total: number): SizeColumn {
  const retained = roomyCopy(shallow, total);
  for (let at = node.length - 1; at > 1; at--) retained[node[dominatorNumber[at]!]!]! += retained[node[at]!]!;
  return retained;
}

/** The dominator tree downwards; the root is nobody's child. */
function childrenOf(dominator: Uint32Array, root: number): Adjacency {
  const first = countsToStarts(dominator, dominator.length);
  // The root counted as its own child: one entry less from behind it on.
  for (let row = root + 1; row < first.length; row++) first[row]!--;
  const to = new Uint32Array(dominator.length - 1);
  for (let row = 0; row < dominator.length; row++) if (row !== root) to[first[dominator[row]!]!++] = row;
  first.copyWithin(1, 0, dominator.length);
  first[0] = 0;
  return { first, to };
}
