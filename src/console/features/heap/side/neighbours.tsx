// What the object refers to with its values, or who refers to it; each opens further, and Enter looks at what is under it.
import { useMemo } from 'react';
import { EmptyState, formatBytes, formatCount, plural } from '../../../ui/index.ts';
import type { HeapObject } from '../../../workers/heap/index.ts';
import type { PaneProps } from '../pane-props.ts';
import { nodeOf, type Line } from '../tree/lines.ts';
import { TreeGrid, type TreeColumn } from '../tree/tree-grid.tsx';
import { fieldsSource, retainersSource } from '../views/sources.ts';
import { EdgeName, NodeName, Text } from '../words/heap-text.tsx';

export function Neighbours({ client, reveal, set, details: { node }, tab }: PaneProps & { readonly details: HeapObject; readonly tab: 'fields' | 'retainers' }) {
  const source = useMemo(() => (tab === 'fields' ? fieldsSource : retainersSource)(client, node.row, reveal.on), [client, node.row, reveal.on, tab]);
  const enter = (line: Line) => { const to = nodeOf(line); if (to !== null) set({ node: to.id }); };
  const empty = tab === 'fields' ? <EmptyState title="It refers to nothing">{node.type.includes('string') ? 'Its text is all it has.' : undefined}</EmptyState> : <EmptyState title="Nothing refers to it">It is a root, or was freed while the snapshot was taken.</EmptyState>;
  return <TreeGrid source={source} bare columns={tab === 'fields' ? fields : holders} tracks="minmax(0, 1fr) 112px" label={tab === 'fields' ? 'Fields. Enter looks at the object of a field' : 'Held by. Enter looks at the holder'} empty={empty} onEnter={enter} />;
}

const fields: readonly TreeColumn[] = [
  { key: 'name', head: 'Field', cell: line => (line.kind === 'edge' ? <><span className="heap-field"><EdgeName edge={line.edge} /></span><Value line={line} /></> : null) },
  { key: 'size', head: 'Kind and size', numeric: true, cell: line => <span className="t3">{line.kind === 'edge' ? sizeOf(line) : ''}</span> },
];

const holders: readonly TreeColumn[] = [
  { key: 'name', head: 'Holder', cell: line => (line.kind === 'edge' ? <><EdgeName edge={line.edge} /><span className="t3">in</span><NodeName node={line.edge.node} /></> : null) },
  { key: 'size', head: 'Retains', numeric: true, cell: line => <span className="t3">{line.kind === 'edge' ? formatBytes(line.edge.node.retained) : ''}</span> },
];

type EdgeLine = Extract<Line, { kind: 'edge' }>;

/** A string by its text, `undefined` and the like by their name, everything else by its class. */
function Value({ line: { edge: { node } } }: { readonly line: EdgeLine }) {
  if (node.text.isValue) return <span className="ell"><Text text={node.text} /></span>;
  if (node.type === 'hidden' && node.className === '(system)' && !node.text.text.startsWith('system / ')) return <span className={`mono ell ${node.text.text === 'undefined' ? 't3' : ''}`}>{node.text.text}</span>;
  return <NodeName node={node} />;
}

function sizeOf({ edge: { node } }: EdgeLine): string {
  if (node.type.includes('string')) return `string, ${formatCount(node.text.length ?? 0)}`;
  if (node.className === 'Array' || node.type === 'array') return node.fieldCount > 0 ? `${plural(node.fieldCount, 'reference')}` : formatBytes(node.retained);
  return node.type === 'hidden' ? '' : formatBytes(node.retained);
}
