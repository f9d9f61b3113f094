// What one line of a tree is about, and where its lines come from. Keys tell lines of one parent apart.
import type { ClassDelta, DuplicateRow, EdgeRow, NodeRow, PageRequest } from '../../../../heap/index.ts';
import type { SummaryRow } from '../../../workers/heap/index.ts';

export type Line =
  | { readonly kind: 'class'; readonly key: string; readonly row: SummaryRow }
  | { readonly kind: 'delta'; readonly key: string; readonly row: ClassDelta }
  /** `since`: it came, or went, between the two snapshots that are compared. What went is in the other one only. */
  | { readonly kind: 'node'; readonly key: string; readonly node: NodeRow; readonly since: 'new' | 'gone' | null }
  | { readonly kind: 'edge'; readonly key: string; readonly edge: EdgeRow }
  | { readonly kind: 'duplicate'; readonly key: string; readonly row: DuplicateRow };

export interface LinePage { readonly total: number; readonly lines: readonly Line[] }

export interface TreeSource {
  /** Lines below `parent`, or the first level for null. Rejects with what a person is told. */
  load(parent: Line | null, page: PageRequest): Promise<LinePage>;
  opens(line: Line): boolean;
}

/** The object of the shown snapshot that a line is about. */
export function nodeOf(line: Line): NodeRow | null {
  if (line.kind === 'edge') return line.edge.node;
  if (line.kind === 'duplicate') return line.row.node;
  return line.kind === 'node' && line.since !== 'gone' ? line.node : null;
}

export const nodeLine = (node: NodeRow, since: 'new' | 'gone' | null = null): Line => ({ kind: 'node', key: `${since ?? 'n'}${node.row}`, node, since });
export const edgeLine = (edge: EdgeRow): Line => ({ kind: 'edge', key: `e${edge.edge}`, edge });
