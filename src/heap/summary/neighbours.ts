// From one object to others: what it refers to, who refers to it, what it dominates.
import type { HeapAnalysis } from '../graph/analysis.ts';
import { keeps, retainerRow } from '../graph/retainers.ts';
import { edgeOnly, nodeRow } from './node-rows.ts';
import { byRetained, countAtLeast, orderedOnce, pageOf } from './ordered.ts';
import type { EdgeRow, NodeRow, Page, PageRequest, Reveal } from './rows.ts';

/** Containment: the object's references, in the file's order. */
export function fieldsOf(analysis: HeapAnalysis, row: number, request: PageRequest & Reveal): Page<EdgeRow> {
  const { nodes, edges } = analysis.heap;
  const first = nodes.firstEdge[row]!;
  const targets = edges.to.subarray(first, nodes.firstEdge[row + 1]);
  return pageOf(targets, request, (to, index) => ({ ...edgeOnly(analysis, first + index, row, request), node: nodeRow(analysis, to, request) }));
}

/** Dominators: what would go with the object, most retained first. */
export function dominatedBy(analysis: HeapAnalysis, row: number, request: PageRequest & Reveal & { readonly minRetained?: number }): Page<NodeRow> {
  const { first, to } = analysis.dominated;
  const rows = orderedOnce(analysis, `dominated ${row}`, () => byRetained(analysis, to.slice(first[row], first[row + 1])));
  return pageOf(rows, request, (node) => nodeRow(analysis, node, request), countAtLeast(analysis, rows, request.minRetained ?? 0));
}

/** Who refers to the object: what keeps it before what does not (weak references), nearest to a root first. */
export function retainersOf(analysis: HeapAnalysis, row: number, request: PageRequest & Reveal): Page<EdgeRow> {
  const entries = orderedOnce(analysis, `retainers ${row}`, () => nearestFirst(analysis, row));
  return pageOf(entries, request, (entry) => {
    const from = retainerRow(analysis.retainers.to[entry]!);
    return { ...edgeOnly(analysis, edgeOfRetainer(analysis, row, entry), from, request), node: nodeRow(analysis, from, request) };
  });
}

function nearestFirst({ retainers: { first, to }, distance }: HeapAnalysis, row: number): Uint32Array {
  const far = (entry: number): number => {
    const own = distance[retainerRow(to[entry]!)]!;
    return (own < 0 ? 2 ** 31 : own) + (keeps(to[entry]!) ? 0 : 2 ** 32);
  };
  return Uint32Array.from({ length: first[row + 1]! - first[row]! }, (_, index) => first[row]! + index).sort((a, b) => far(a) - far(b) || a - b);
}

/** The edge behind an entry of `retainers`: entries of one source stand together, in the order of its edges. */
export function edgeOfRetainer({ heap, retainers: { first, to } }: HeapAnalysis, row: number, entry: number): number {
  const from = retainerRow(to[entry]!);
  let earlier = 0;
  for (let at = entry - 1; at >= first[row]! && retainerRow(to[at]!) === from; at--) earlier++;
  let edge = heap.nodes.firstEdge[from]!;
  for (; heap.edges.to[edge] !== row || earlier-- > 0; edge++);
  return edge;
}
