// A tree as a table whose lines come as they are seen: for eyes, keyboard and screen readers. Only rows in view are drawn.
import { useEffect, useId, useMemo, useState, useSyncExternalStore, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { Button, SkeletonRows, treeStep, useTreeRows } from '../../../ui/index.ts';
import { nodeOf, type Line, type TreeSource } from './lines.ts';
import { TreeLine } from './tree-line.tsx';
import { TreeStore, type TreeRow } from './tree-store.ts';

export interface TreeColumn { readonly key: string; readonly head: ReactNode; readonly numeric?: boolean; readonly cell: (line: Line) => ReactNode }

export interface TreeGridProps {
  /** A new one is a new tree: keep it as long as the question is the same. */
  readonly source: TreeSource; readonly columns: readonly TreeColumn[]; readonly label: string;
  /** Widths of the columns, as CSS tracks. */
  readonly tracks: string;
  /** Shown when the first level has nothing. */
  readonly empty: ReactNode;
  /** The object that is looked at: its lines are marked. */
  readonly chosen?: number | undefined;
  /** A line was walked to or pressed. */
  readonly onChoose?: (line: Line) => void;
  /** Enter or a double press on a line. */
  readonly onEnter?: (line: Line) => void;
  /** The heads are read out, and not drawn. */
  readonly bare?: boolean;
}

export function TreeGrid(props: TreeGridProps) {
  const { source, columns, label, tracks, empty, chosen, onChoose, onEnter, bare = false } = props;
  const store = useMemo(() => new TreeStore(source), [source]);
  const rows = useSyncExternalStore(store.subscribe, store.rows);
  const [active, setActive] = useState<string | null>(null);
  const index = useMemo(() => rows.findIndex(({ path }) => path === active), [rows, active]);
  const { scroller, items, height, scrollTo } = useTreeRows(rows.length, bare);
  const id = useId();
  useWanted(store, rows.length, items.map(item => rows[item.index]));
  const go = (row: TreeRow, at: number) => { setActive(row.path); scrollTo(at); if (row.line !== null) onChoose?.(row.line); };
  const keys = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = treeStep(event.key, rows, index);
    const row = step === null ? undefined : rows[step.index];
    if (step === null || row === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (step.kind === 'go') go(row, step.index);
    else if (step.kind === 'toggle') store.toggle(row);
    else if (step.kind === 'enter') enter(row);
  };
  const enter = (row: TreeRow) => { if (row.line !== null && onEnter !== undefined) onEnter(row.line); else store.toggle(row); };
  const press = (row: TreeRow, at: number) => (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('.heap-twisty') !== null && row.opens) { setActive(row.path); store.toggle(row); } else go(row, at);
  };
  if (store.total === 0) return <div className="heap-tree">{empty}</div>;
  return (
    <div ref={scroller} className={bare ? 'heap-tree scroll bare' : 'heap-tree scroll'} style={{ '--cols': tracks } as React.CSSProperties} role="treegrid" aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={columns.length} tabIndex={0} aria-activedescendant={items.some(item => item.index === index) ? `${id}-${index}` : undefined} onKeyDown={keys}>
      <div role="rowgroup" className="heap-tree-head"><div role="row" aria-rowindex={1}>{columns.map(({ key, head, numeric = false }) => <span key={key} role="columnheader" className={numeric ? `num c-${key}` : `c-${key}`}>{head}</span>)}</div></div>
      <div role="rowgroup" className="heap-tree-body">
        <div role="presentation" style={{ height: height, position: 'relative' }}>
          {items.map(item => {
            const row = rows[item.index];
            if (row === undefined) return null;
            if (row.line === null) return <RestRow key={row.path} row={row} index={item.index} top={item.top} id={`${id}-${item.index}`} onMore={() => void store.more(row.rest?.of ?? '')} />;
            return <TreeLine key={row.path} id={`${id}-${item.index}`} row={row} line={row.line} index={item.index + 2} top={item.top} columns={columns} active={row.path === active} marked={chosen !== undefined && nodeOf(row.line)?.row === chosen} onClick={press(row, item.index)} onDoubleClick={() => enter(row)} />;
          })}
        </div>
      </div>
    </div>
  );
}

/** What is missing of a level is asked for when it comes into view. */
function useWanted(store: TreeStore, count: number, seen: readonly (TreeRow | undefined)[]): void {
  const wanted = seen.flatMap(row => (row?.rest != null && row.rest.failure === null ? [row.rest.of] : [])).join('\n');
  const levels = seen.some(row => row?.rest != null && row.rest.failure === null);
  useEffect(() => { if (levels) for (const path of wanted.split('\n')) void store.more(path); }, [store, wanted, levels, count]);
}

function RestRow({ row: { rest, level, position }, index, top, id, onMore }: { readonly row: TreeRow; readonly index: number; readonly top: number; readonly id: string; readonly onMore: () => void }) {
  return (
    <div id={id} role="row" className="heap-tree-row" aria-level={level} aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
      <span role="gridcell" className="row gap1" style={{ paddingLeft: level * 14 }}>
        {rest?.failure != null ? <><span className="red ell">{rest.failure}</span><Button size="s" variant="ghost" icon="refresh" onClick={onMore}>Try again</Button></> : position === 1 ? <SkeletonRows rows={1} label="Loading" /> : <span className="t3">more come…</span>}
      </span>
    </div>
  );
}
