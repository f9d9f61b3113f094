// Objects whose use is over and that are still held: DOM nodes in no document, sockets that have been closed.
import { encodeUtf8 } from '../../base/index.ts';
import type { HeapAnalysis } from '../graph/analysis.ts';
import { detached } from '../graph/detachedness.ts';
import { equalsBytes } from '../parse/string-table.ts';
import { typeRows } from '../graph/type-rows.ts';
import { nodeRow } from './node-rows.ts';
import { byRetained, orderedOnce, pageOf } from './ordered.ts';
import type { NodeRow, Page, PageRequest, Reveal } from './rows.ts';

/** Detached DOM nodes with a size, most retained first. */
export function detachedNodes(analysis: HeapAnalysis, request: PageRequest & Reveal): Page<NodeRow> {
  const rows = orderedOnce(analysis, 'detached', () => byRetained(analysis, detachedRows(analysis)));
  return pageOf(rows, request, (row) => nodeRow(analysis, row, request));
}

/** Node's sockets that have no handle any more and wait for none, most retained first. */
export function closedSockets(analysis: HeapAnalysis, request: PageRequest & Reveal): Page<NodeRow> {
  const rows = orderedOnce(analysis, 'closed sockets', () => byRetained(analysis, closedSocketRows(analysis)));
  return pageOf(rows, request, (row) => nodeRow(analysis, row, request));
}

export function detachedRows({ heap, detachedness, shallow }: HeapAnalysis): Uint32Array {
  const { native } = typeRows(heap).node;
  const rows: number[] = [];
  for (let row = 0; row < heap.nodes.count; row++) if (detachedness[row] === detached && heap.nodes.type[row] === native && shallow[row] !== 0) rows.push(row);
  return Uint32Array.from(rows);
}

const socketClasses: ReadonlySet<string> = new Set(['Socket', 'TLSSocket']);
/** The handle's property: until Node 16 and since; a symbol shows as `<symbol kHandle>`. */
const handleNames = ['_handle', '<symbol kHandle>'].map(encodeUtf8);
const connecting = encodeUtf8('connecting');

export function closedSocketRows(analysis: HeapAnalysis): Uint32Array {
  const { heap, classOf, classes } = analysis;
  const isSocket = Uint8Array.from(classes.name, (name) => (socketClasses.has(name) ? 1 : 0));
  const rows: number[] = [];
  for (let row = 0; row < heap.nodes.count; row++) if (isSocket[classOf[row]!] === 1 && isClosed(analysis, row)) rows.push(row);
  return Uint32Array.from(rows);
}

const nullName = encodeUtf8('null');
const trueName = encodeUtf8('true');

function isClosed({ heap }: HeapAnalysis, row: number): boolean {
  const { nodes, edges, strings } = heap;
  const { property } = typeRows(heap).edge;
  let closed = false;
  for (let edge = nodes.firstEdge[row]!; edge < nodes.firstEdge[row + 1]!; edge++) {
    if (edges.type[edge] !== property) continue;
    const name = edges.nameOrIndex[edge]!;
    const value = nodes.name[edges.to[edge]!]!;
    if (equalsBytes(strings, name, connecting) && equalsBytes(strings, value, trueName)) return false;
    if (handleNames.some((handle) => equalsBytes(strings, name, handle))) closed = equalsBytes(strings, value, nullName);
  }
  return closed;
}
