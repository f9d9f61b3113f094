// The virtual list of matching records, newest on top. At the top it follows the stream; scrolled or with a row
// chosen it stands still and counts what arrives above.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { usePreferences } from '../../../state/index.ts';
import { Button, ContextMenu, formatCount, plural, type MenuEntry } from '../../../ui/index.ts';
import type { TailRow, TailState } from '../../../workers/tail/index.ts';
import { columnTemplate } from './columns.ts';
import { RowCells, rowTone } from './row.tsx';
import { useLooseKeys } from './use-loose-keys.ts';
import { useRows } from './use-rows.ts';

export interface RowListProps {
  readonly state: TailState; readonly columns: readonly string[]; readonly wrap: boolean;
  readonly selectedId: number | null; readonly onSelect: (row: TailRow | null) => void;
  /** Opens the detail pane (Enter, double click). */
  readonly onOpen: (row: TailRow) => void;
  readonly menu: (row: TailRow) => readonly MenuEntry[];
  /** A letter key on the chosen row; true when it meant something. */
  readonly onKey: (key: string, row: TailRow) => boolean;
  readonly empty: React.ReactNode;
  /** The grid itself, which takes the focus. */
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

const rowHeight = 22;
/** Browsers limit an element's height; older rows are reached by narrowing the filter or choosing a time. */
const maxListed = 700_000;
const overscan = 12;

export function RowList(props: RowListProps) {
  const { state, columns, wrap, selectedId, onSelect, gridRef: scroller } = props;
  const zone = usePreferences((each) => each.timeZone);
  const [heldBelowId, setHeld] = useState<number | null>(null);
  const [menuRow, setMenuRow] = useState<TailRow | null>(null);
  const [listed, setListed] = useState(0);
  // The compiler leaves this component alone; its cells are memoised by hand (row.tsx).
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: listed, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const window = useRows(first, Math.max(40, items.length), columns, heldBelowId, state);
  useEffect(() => setListed(Math.min(window.matched, maxListed)), [window.matched]);
  // Held at the row on top of the list, not at the newest that arrived since: else rows jump under the person who chose one.
  const aboveTop = useRef(state.nextId);
  useLayoutEffect(() => { aboveTop.current = window.from === 0 && window.rows[0] !== undefined ? window.rows[0].id + 1 : state.nextId; });
  const hold = () => setHeld((before) => before ?? aboveTop.current);
  const follow = () => { setHeld(null); onSelect(null); scroller.current?.scrollTo({ top: 0 }); };
  useEffect(() => {
    const list = scroller.current;
    if (selectedId !== null) hold(); else if ((list?.scrollTop ?? 0) < rowHeight) setHeld(null);
  }, [selectedId, scroller]);
  const rowAt = (index: number) => window.rows[index - window.from];
  const indexOfSelected = () => { const at = window.rows.findIndex((row) => row.id === selectedId); return at < 0 ? null : window.from + at; };
  const move = (by: number) => {
    const at = indexOfSelected();
    const to = Math.min(listed - 1, Math.max(0, at === null ? first : at + by));
    const row = rowAt(to);
    if (row === undefined) { virtual.scrollToIndex(to); return; }
    onSelect(row);
    virtual.scrollToIndex(to);
  };
  const use = (key: string) => { const at = indexOfSelected(); return listKey(key, move, at === null ? undefined : rowAt(at), props); };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget || !use(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const takeFocus = () => scroller.current?.focus({ preventScroll: true });
  // Who arrives goes on by keyboard from here; a focus that is somewhere already stays there.
  useEffect(() => { if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true }); }, [scroller]);
  useLooseKeys((key) => { const used = use(key); if (used) takeFocus(); return used; });
  const pick = (event: MouseEvent) => {
    const index = Number((event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset['index'] ?? NaN);
    return Number.isNaN(index) ? undefined : rowAt(index);
  };
  return (
    <div className="tail-list">
      <ContextMenu entries={menuRow === null ? [] : props.menu(menuRow)}>
        <div ref={scroller} className={`tail-rows ${wrap ? 'wrap' : ''}`} role="grid" aria-label="Records, newest first" aria-rowcount={listed} tabIndex={0}
          aria-activedescendant={selectedId === null ? undefined : `tail-row-${selectedId}`} style={{ '--tail-columns': columnTemplate(columns) } as React.CSSProperties}
          onScroll={(event) => { if (event.currentTarget.scrollTop >= rowHeight) hold(); else if (selectedId === null) setHeld(null); }} onKeyDown={keys}
          onClick={(event) => { if (document.getSelection()?.isCollapsed === false) return; const row = pick(event); if (row !== undefined) { takeFocus(); onSelect(row); props.onOpen(row); } }}
          onContextMenu={(event) => { const row = pick(event) ?? (indexOfSelected() === null ? undefined : rowAt(indexOfSelected()!)); if (row === undefined) event.preventDefault(); else { setMenuRow(row); onSelect(row); } }}>
          <Header columns={columns} zone={zone} newer={heldBelowId === null ? 0 : window.newer} onFollow={follow} />
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map((item) => {
              const row = rowAt(item.index);
              return (
                <div key={item.key} role="row" aria-rowindex={item.index + 2} data-index={item.index} ref={wrap ? virtual.measureElement : undefined} id={row === undefined ? undefined : `tail-row-${row.id}`} aria-selected={row !== undefined && row.id === selectedId}
                  className={`r ${row === undefined ? '' : rowTone(row)}`} style={{ transform: `translateY(${item.start}px)` }}>
                  {row === undefined ? <span role="gridcell" className="ts">…</span> : <RowCells row={row} zone={zone} columns={columns} />}
                </div>
              );
            })}
          </div>
          {window.matched > maxListed && <p className="pad t3">{plural(window.matched - maxListed, 'older record')} beyond the list. Narrow the filter or choose a time in the histogram to reach them.</p>}
        </div>
      </ContextMenu>
      {listed === 0 && <div className="tail-empty">{props.empty}</div>}
    </div>
  );
}

function Header({ columns, zone, newer, onFollow }: { readonly columns: readonly string[]; readonly zone: 'utc' | 'local'; readonly newer: number; readonly onFollow: () => void }) {
  return (
    <div className="rh" role="row" aria-rowindex={1}>
      <span role="columnheader">Time ({zone === 'utc' ? 'UTC' : 'local'})</span><span role="columnheader"><span className="vh">Severity</span></span><span role="columnheader" className="c-s">Service</span><span role="columnheader" className="c-i">Durable id</span>
      {columns.map((name) => <span role="columnheader" className="ell" key={name} title={name}>{name}</span>)}<span role="columnheader" className="row"><span className="ell">Body and attributes</span>{newer > 0 && <Button size="s" variant="primary" className="tail-new end" onClick={onFollow}>{formatCount(newer)} new</Button>}</span>
    </div>
  );
}

/** j, k and arrows move; Enter opens; Esc closes; other letters go to the view. True when the key was used. */
function listKey(key: string, move: (by: number) => void, row: TailRow | undefined, { onSelect, onOpen, onKey }: Pick<RowListProps, 'onSelect' | 'onOpen' | 'onKey'>): boolean {
  const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -Infinity, End: Infinity };
  const by = steps[key];
  if (by !== undefined) { move(by); return true; }
  if (key === 'Escape') { onSelect(null); return true; }
  if (row === undefined) return false;
  if (key === 'Enter') { onOpen(row); return true; }
  return onKey(key, row);
}
