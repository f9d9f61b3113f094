// The one table: 24 px rows, numbers right, one selected row, sortable heads. Up and Down, or K and J, move between rows, Enter picks.
import { Fragment } from 'react';
import type { HTMLAttributes, KeyboardEvent, MouseEvent, ReactNode } from 'react';

export interface TableColumn<R> {
  readonly key: string; readonly head: ReactNode; readonly cell: (row: R) => ReactNode;
  readonly numeric?: boolean; readonly width?: number; readonly className?: string; readonly sort?: 'ascending' | 'descending' | 'none'; readonly onSort?: () => void;
}
export interface TableProps<R> {
  /** What the table lists, for screen readers. */
  readonly label: string; readonly columns: readonly TableColumn<R>[]; readonly rows: readonly R[]; readonly rowKey: (row: R) => string;
  readonly selectedKey?: string | null; readonly onPick?: (row: R) => void; readonly footer?: ReactNode; readonly rowLabel?: (row: R) => string;
  /** More attributes for a row, such as those of dragging. Its class and keys are added to the table's own. */
  readonly rowProps?: (row: R) => HTMLAttributes<HTMLTableRowElement> & { readonly draggable?: boolean };
  /** The rows are one stop of Tab: at the selected one, else at the first. For a list inside a form. */
  readonly oneStop?: boolean;
  /** A name over the rows that share it, where it changes; null for none. */
  readonly groupOf?: (row: R) => string | null;
  /** A line over the whole width under the row; null for none. */
  readonly rowNote?: (row: R) => ReactNode;
}

export function Table<R>({ label, columns, rows, rowKey, selectedKey, onPick, footer, rowLabel, rowProps, rowNote, groupOf, oneStop = false }: TableProps<R>) {
  const stop = oneStop ? stopOf(rows.map(rowKey), selectedKey) : null;
  return (
    <table className="t" aria-label={label}>
      <colgroup>{columns.map(column => <col key={column.key} className={column.className} style={column.width === undefined ? undefined : { width: column.width }} />)}</colgroup>
      <thead><tr>{columns.map(column => <Head key={column.key} column={column} />)}</tr></thead>
      <tbody>
        {rows.map((row, at) => {
          const key = rowKey(row);
          const { className, onKeyDown, ...more } = rowProps?.(row) ?? {};
          const keys = (event: KeyboardEvent<HTMLTableRowElement>) => { onKeyDown?.(event); if (!event.defaultPrevented && onPick) rowKeys(event, () => onPick(row)); };
          const pick = onPick ? { tabIndex: stop === null || stop === key ? 0 : -1, onClick: (event: MouseEvent<HTMLTableRowElement>) => { if (ofRow(event)) onPick(row); }, 'aria-label': rowLabel?.(row) } : {};
          const note = rowNote?.(row) ?? null;
          const [group, before] = [groupOf?.(row) ?? null, rows[at - 1]];
          const opens = group !== null && (before === undefined || groupOf?.(before) !== group);
          return (
            <Fragment key={key}>
              {opens && <tr className="group"><th scope="rowgroup" colSpan={columns.length}>{group}</th></tr>}
              <tr {...more} className={[onPick ? 'pick' : '', className ?? ''].filter(Boolean).join(' ') || undefined} onKeyDown={keys} aria-selected={selectedKey === undefined ? undefined : key === selectedKey} {...pick}>{columns.map(column => <td key={column.key} className={classOf(column)}>{column.cell(row)}</td>)}</tr>
              {note !== null && <tr className="note"><td colSpan={columns.length}>{note}</td></tr>}
            </Fragment>
          );
        })}
        {footer}
      </tbody>
    </table>
  );
}

const classOf = <R,>(column: TableColumn<R>) => [column.numeric ? 'num' : '', column.className ?? ''].filter(Boolean).join(' ') || undefined;

function Head<R>({ column }: { readonly column: TableColumn<R> }) {
  const arrow = column.sort === 'descending' ? ' ↓' : column.sort === 'ascending' ? ' ↑' : '';
  return <th scope="col" className={classOf(column)} aria-sort={column.sort && column.sort !== 'none' ? column.sort : undefined}>{column.onSort ? <button type="button" onClick={column.onSort}>{column.head}{arrow}</button> : <>{column.head}{arrow}</>}</th>;
}

/** Not a click on a control in the row, nor one in a menu that the row opened. */
const ofRow = (event: MouseEvent<HTMLTableRowElement>) => event.target instanceof Element && event.currentTarget.contains(event.target) && event.target.closest('button, a, input') === null;

function rowKeys(event: KeyboardEvent<HTMLTableRowElement>, pick: () => void) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.currentTarget;
  const other = event.key === 'ArrowDown' || event.key === 'j' ? neighbour(row, 'nextElementSibling') : event.key === 'ArrowUp' || event.key === 'k' ? neighbour(row, 'previousElementSibling') : null;
  if (other !== null) { event.preventDefault(); other.focus(); }
  if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(); }
}

const stopOf = (keys: readonly string[], selected: string | null | undefined) => (selected != null && keys.includes(selected) ? selected : keys[0] ?? null);

/** The next row that can be picked: notes are passed over. */
function neighbour(row: HTMLElement, way: 'nextElementSibling' | 'previousElementSibling'): HTMLElement | null {
  for (let next = row[way]; next !== null; next = next[way]) if (next instanceof HTMLElement && next.classList.contains('pick')) return next;
  return null;
}
