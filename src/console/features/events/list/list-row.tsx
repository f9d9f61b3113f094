// One row of the list, and the head over all of them.
import type { EventRow } from '../../../../model/index.ts';
import type { EventWish } from '../../../api/index.ts';
import { Checkbox, Skeleton } from '../../../ui/index.ts';
import { columns, type EventSort } from './columns.tsx';
import { canPick } from './picks.ts';

export interface ListRowProps { readonly id: string; readonly index: number; readonly start: number; readonly event: EventRow | undefined; readonly active: boolean; readonly chosen: boolean; readonly picked: boolean; readonly onOpen: () => void; readonly onPick: () => void }

export function ListRow({ id, index, start, event, active, chosen, picked, onOpen, onPick }: ListRowProps) {
  const classes = ['ev-row', active ? 'active' : '', chosen ? 'chosen' : ''].filter(Boolean).join(' ');
  return (
    <div id={id} role="row" aria-rowindex={index + 2} aria-selected={picked} aria-current={chosen ? 'true' : undefined} className={classes} style={{ transform: `translateY(${start}px)` }} onClick={onOpen}>
      <span role="gridcell" className="c-pick" onClick={press => press.stopPropagation()}>{event !== undefined && canPick(event) && <Checkbox checked={picked} onChange={onPick} label={`Pick ${event.label} of ${event.service}`} tabIndex={-1} />}</span>
      {columns.map(column => <span key={column.key} role="gridcell" className={`c-${column.key}${column.numeric ? ' num' : ''}`}>{event === undefined ? column.key === 'name' && <Skeleton width={180} /> : column.cell(event)}</span>)}
    </div>
  );
}

export function ListHead({ wish, onSort }: { readonly wish: EventWish; readonly onSort: (sort: EventSort, up: boolean) => void }) {
  const up = wish.descending === false;
  return (
    <div role="row" aria-rowindex={1} className="ev-row ev-head">
      <span role="columnheader" className="c-pick"><span className="vh">Pick</span></span>
      {columns.map(({ key, head, title, sort, numeric }) => {
        const on = sort !== undefined && wish.sort === sort;
        // A name reads from A; of figures the largest are wanted first.
        const first = sort === 'label' || sort === 'service';
        return <span key={key} role="columnheader" title={title} className={`c-${key}${numeric ? ' num' : ''}`} aria-sort={on ? (up ? 'ascending' : 'descending') : undefined}>{sort === undefined ? head : <button type="button" onClick={() => onSort(sort, on ? !up : first)}>{head}{on && (up ? ' ↑' : ' ↓')}</button>}</span>;
      })}
    </div>
  );
}
