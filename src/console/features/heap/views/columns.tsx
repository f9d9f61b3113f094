// The columns of each view.
import type { HeapDiff } from '../../../../heap/index.ts';
import type { HeapView } from '../../../state/index.ts';
import { formatBytes, formatCount, formatPercent } from '../../../ui/index.ts';
import type { Line } from '../tree/lines.ts';
import type { TreeColumn } from '../tree/tree-grid.tsx';
import { EdgeName, NodeName } from '../words/heap-text.tsx';

export interface ViewColumns { readonly columns: readonly TreeColumn[]; readonly tracks: string }

/** @param heapBytes of the whole heap: what bars and shares are of @param by how it is compared with another; null when it is not */
export function columnsOf(view: HeapView, heapBytes: number, by: HeapDiff['by'] | null): ViewColumns {
  const compared = by !== null;
  if (view === 'comparison') return by === 'classes' ? comparedClasses : comparison;
  if (view === 'duplicates') return duplicates(heapBytes);
  const retained: TreeColumn = { key: 'retained', head: 'Retained, share of heap', cell: line => <Retained line={line} heapBytes={heapBytes} compared={compared} /> };
  if (view !== 'summary') return { columns: [{ key: 'name', head: view === 'containment' ? 'Reference' : view === 'strings' ? 'Text' : 'Object', cell: nameOf }, distance, shallow, retained], tracks: 'minmax(180px, 1fr) 62px 76px minmax(190px, 240px)' };
  const columns = [{ key: 'name', head: 'Constructor', cell: nameOf }, objects, ...(by === 'objects' ? [added] : []), shallow, retained];
  return { columns, tracks: `minmax(160px, 1fr) 76px ${by === 'objects' ? '82px ' : ''}76px minmax(190px, 240px)` };
}

/** What a line is about, as its first cell. */
export function nameOf(line: Line) {
  switch (line.kind) {
    case 'class': return <span className="mono ell" title={placeOf(line.row.location)}>{line.row.name}</span>;
    case 'delta': return <span className="mono ell">{line.row.name}</span>;
    case 'edge': return <><EdgeName edge={line.edge} /><span className="t3">→</span><NodeName node={line.edge.node} /></>;
    case 'duplicate': return <NodeName node={line.row.node} />;
    case 'node': return <>{line.since !== null && <span className={line.since === 'new' ? 'amb' : 't3'}>{line.since === 'new' ? '+' : '−'}<span className="vh"> {line.since} </span></span>}<NodeName node={line.node} />{line.node.detached && <span className="chip attn">detached</span>}</>;
  }
}

const placeOf = (location: { readonly line: number; readonly column: number } | null): string | undefined => (location === null ? undefined : `its constructor stands at line ${location.line}, column ${location.column}`);
const sized = (line: Line) => (line.kind === 'class' ? line.row : line.kind === 'node' ? line.node : line.kind === 'edge' ? line.edge.node : null);

const objects: TreeColumn = { key: 'objects', head: 'Objects', numeric: true, cell: line => (line.kind === 'class' ? formatCount(line.row.objects) : '') };
/** From this share of a class on, what came is marked. */
const muchNew = 0.5;
const added: TreeColumn = { key: 'new', head: 'New', numeric: true, cell: line => (line.kind !== 'class' || line.row.added === null ? '' : <span className={line.row.added >= Math.max(100, line.row.objects * muchNew) ? 'amb' : 't2'}>{line.row.added === 0 ? '0' : `+${formatCount(line.row.added)}`}</span>) };
const shallow: TreeColumn = { key: 'shallow', head: 'Shallow', numeric: true, cell: line => { const row = sized(line); return row === null ? '' : <span className="t2">{formatBytes(row.shallow)}</span>; } };
const distance: TreeColumn = { key: 'distance', head: 'Distance', numeric: true, cell: line => { const row = sized(line); return row === null ? '' : <span className="t2">{row.distance ?? '–'}</span>; } };

function Retained({ line, heapBytes, compared }: { readonly line: Line; readonly heapBytes: number; readonly compared: boolean }) {
  const row = sized(line);
  if (row === null) return null;
  const before = compared && line.kind === 'class' ? Math.min(line.row.retainedBefore ?? row.retained, row.retained) : row.retained;
  return <span className="heap-retained"><Bar now={row.retained / heapBytes} before={before / heapBytes} /><span className="num">{formatBytes(row.retained)}</span><span className="num t3">{sharePercent(row.share)}</span></span>;
}

/** Shares of the heap, 0 to 1: what was there before, and what came since behind it. */
export const Bar = ({ now, before }: { readonly now: number; readonly before: number }) => (
  <span className="heap-bar-track" aria-hidden="true"><u style={{ width: `${Math.min(1, now) * 100}%` }} /><i style={{ width: `${Math.min(1, before) * 100}%` }} /></span>
);

const sharePercent = (share: number): string => (share > 0 && share < 0.0005 ? '<0.1 %' : formatPercent(share));

const delta = (key: string, head: string, of: (row: Extract<Line, { kind: 'delta' }>['row']) => string, tone: 't2' | '' = 't2'): TreeColumn => ({ key, head, numeric: true, cell: line => (line.kind === 'delta' ? <span className={tone}>{of(line.row)}</span> : key === 'bytes' && line.kind === 'node' ? formatBytes(line.node.retained) : '') });
export const signed = (value: number, format: (size: number) => string): string => (value === 0 ? '0' : `${value > 0 ? '+' : '−'}${format(Math.abs(value))}`);

const comparison: ViewColumns = {
  columns: [
    { key: 'name', head: 'Constructor', cell: nameOf }, delta('came', 'New', row => signed(row.added, formatCount)), delta('went', 'Deleted', row => signed(-row.removed, formatCount)), delta('delta', 'Delta', row => signed(row.delta, formatCount), ''),
    delta('plus', 'Allocated', row => signed(row.addedSize, formatBytes)), delta('minus', 'Freed', row => signed(-row.removedSize, formatBytes)), delta('bytes', 'Size delta', row => signed(row.sizeDelta, formatBytes), ''),
  ],
  tracks: 'minmax(160px, 1fr) 72px 72px 72px 84px 84px 92px',
};

/** Of two processes: nobody knows which objects came and which went. */
const comparedClasses: ViewColumns = {
  columns: [{ key: 'name', head: 'Constructor', cell: nameOf }, delta('delta', 'More objects', row => signed(row.delta, formatCount), ''), delta('bytes', 'More bytes', row => signed(row.sizeDelta, formatBytes), '')],
  tracks: 'minmax(160px, 1fr) 110px 110px',
};

const duplicate = (key: string, head: string, of: (row: Extract<Line, { kind: 'duplicate' }>['row']) => string): TreeColumn => ({ key, head, numeric: true, cell: line => (line.kind === 'duplicate' ? of(line.row) : '') });
const duplicates = (heapBytes: number): ViewColumns => ({
  columns: [
    { key: 'name', head: 'Text', cell: nameOf }, duplicate('count', 'Copies', row => formatCount(row.count)), duplicate('all', 'All copies', row => formatBytes(row.shallow)),
    { key: 'waste', head: 'One copy would free', cell: line => (line.kind !== 'duplicate' ? null : line.row.cut ? <span className="t3" title="The snapshot has only the first 1,024 characters of each">begin alike, may differ</span> : <span className="heap-retained"><Bar now={line.row.waste / heapBytes} before={line.row.waste / heapBytes} /><span className="num">{formatBytes(line.row.waste)}</span><span className="num t3">{sharePercent(line.row.waste / heapBytes)}</span></span>) },
  ],
  tracks: 'minmax(160px, 1fr) 76px 84px minmax(190px, 240px)',
});
