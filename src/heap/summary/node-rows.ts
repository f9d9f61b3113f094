// Rows of nodes and edges as views get them.
import { systemDistance, type HeapAnalysis } from '../graph/analysis.ts';
import { detached } from '../graph/detachedness.ts';
import { hasBit } from '../graph/bits.ts';
import { locationOf } from '../parse/location-columns.ts';
import { edgeTextOf, edgeType } from './edge-text.ts';
import { textOf } from './node-text.ts';
import type { ClassRow, EdgeRow, NodeDetails, NodeRow, Reveal } from './rows.ts';

export const shownDistance = (distance: number): number | null => (distance < 0 || distance >= systemDistance ? null : distance);
export const shareOf = ({ shallowTotal }: HeapAnalysis, bytes: number): number => (shallowTotal === 0 ? 0 : bytes / shallowTotal);

export function nodeRow(analysis: HeapAnalysis, row: number, reveal: Reveal): NodeRow {
  const { heap, classOf, classes, shallow, retained, dominated, retainers } = analysis;
  return {
    row, id: heap.nodes.id[row]!, type: heap.nodeTypes[heap.nodes.type[row]!]!, className: classes.name[classOf[row]!]!, classRow: classOf[row]!,
    text: textOf(analysis, row, reveal), shallow: shallow[row]!, retained: retained[row]!, share: shareOf(analysis, retained[row]!),
    distance: shownDistance(analysis.distance[row]!), detached: analysis.detachedness[row] === detached,
    fieldCount: heap.nodes.firstEdge[row + 1]! - heap.nodes.firstEdge[row]!,
    dominatedCount: dominated.first[row + 1]! - dominated.first[row]!, retainerCount: retainers.first[row + 1]! - retainers.first[row]!,
  };
}

/** An edge without its far end. @param from row of the node that it belongs to */
export function edgeOnly(analysis: HeapAnalysis, edge: number, from: number, reveal: Reveal): Omit<EdgeRow, 'node'> {
  return { edge, type: edgeType(analysis, edge), name: edgeTextOf(analysis, edge, from, reveal), keeps: !hasBit(analysis.inert, edge) };
}

/** The row of a node by V8's id, -1 without one. Reads the column. */
export const rowOfId = ({ heap }: HeapAnalysis, id: number): number => heap.nodes.id.indexOf(id);

export function nodeDetails(analysis: HeapAnalysis, row: number, reveal: Reveal): NodeDetails {
  const { heap, dominator } = analysis;
  return {
    node: nodeRow(analysis, row, reveal),
    dominator: row === heap.root ? null : nodeRow(analysis, dominator[row]!, reveal),
    location: placeOf(analysis, locationOf(heap.locations, row)),
  };
}

export function placeOf({ heap: { locations } }: HeapAnalysis, location: number): ClassRow['location'] {
  return location < 0 ? null : { scriptId: locations.scriptId[location]!, line: locations.line[location]! + 1, column: locations.column[location]! + 1 };
}
