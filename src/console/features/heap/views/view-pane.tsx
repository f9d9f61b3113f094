// The chosen view as a tree of lines, or why it is empty.
import { useMemo, type ReactNode } from 'react';
import type { HeapView } from '../../../state/index.ts';
import { Button, EmptyState, formatBytes } from '../../../ui/index.ts';
import type { PaneProps } from '../pane-props.ts';
import { nodeOf, type Line } from '../tree/lines.ts';
import { TreeGrid } from '../tree/tree-grid.tsx';
import { columnsOf } from './columns.tsx';
import { sourceOf } from './sources.ts';

const labels: Readonly<Record<HeapView, string>> = { summary: 'Constructors', comparison: 'What changed between the two snapshots', dominators: 'Dominator tree', containment: 'Containment, from the root', strings: 'Strings', duplicates: 'Duplicate strings' };

export function ViewPane({ client, heap, search, set, reveal, base, details }: PaneProps) {
  const view = search.view ?? 'summary';
  const [find, least, compared] = [(search.find ?? '').trim(), search.least ?? 0, base.state === 'open' ? base.key : null];
  const by = base.state === 'open' ? base.base.by : null;
  // A comparison that has come is another question, though its words are the same.
  const source = useMemo(() => ({ ...sourceOf(client, { view, find, filter: { minRetained: least, reveal: reveal.on }, classesOnly: by === 'classes' }), compared }), [client, view, find, least, reveal.on, compared, by]);
  const { columns, tracks } = useMemo(() => columnsOf(find.startsWith('@') ? 'dominators' : view, heap.heapBytes, by), [view, find, heap.heapBytes, by]);
  const choose = (line: Line) => {
    const node = nodeOf(line);
    if (node !== null) set({ node: node.id }, { replace: true });
    else if (line.kind === 'class') void client.ask({}, 'instances', line.row.classRow, { minRetained: 0, reveal: false }, { start: 0, count: 1 }).then(({ rows: [largest] }) => { if (largest !== undefined) set({ node: largest.id }, { replace: true }); }, () => undefined);
  };
  if (view === 'comparison' && compared === null && !find.startsWith('@')) return <div className="heap-tree"><EmptyState title={base.state === 'opening' ? 'The other snapshot is being read' : 'There is nothing to compare with yet'}>{base.state === 'opening' ? 'What came and what went stands here in a moment.' : 'Choose an earlier snapshot of the same process above: what came since, what went, and what each class grew by then stands here.'}</EmptyState></div>;
  return <TreeGrid source={source} columns={columns} tracks={tracks} label={labels[view]} chosen={details?.node.row} onChoose={choose} empty={<Nothing view={view} find={find} least={least} onAll={() => set({ find: undefined, least: undefined })} />} />;
}

function Nothing({ view, find, least, onAll }: { readonly view: HeapView; readonly find: string; readonly least: number; readonly onAll: () => void }): ReactNode {
  const all = <Button size="s" onClick={onAll}>Show all</Button>;
  if (find.startsWith('@')) return <EmptyState title={`No object has the id ${find}`} actions={all}>Ids are V8's own: an object has the same one in every snapshot of its process, and none in another.</EmptyState>;
  if (find !== '') return <EmptyState title={`Nothing is called "${find}"`} actions={all}>{view === 'summary' || view === 'comparison' ? 'Names of constructors are searched.' : 'Names of constructors, functions and properties are searched; the text of strings only while it is shown.'}</EmptyState>;
  if (least > 0) return <EmptyState title={`Nothing retains ${formatBytes(least)}`} actions={all}>Choose a smaller size.</EmptyState>;
  return <EmptyState title={view === 'comparison' ? 'Nothing came and nothing went' : view === 'duplicates' ? 'No text is there twice' : 'There is nothing here'} />;
}
