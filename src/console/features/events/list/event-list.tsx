// The virtual list of events. Arrows move, Enter opens and then goes into what it opened, T shows its records, Space picks; pages of the server's list are read as they come into sight.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useState, type KeyboardEvent, type RefObject } from 'react';
import type { EventRef, EventRow } from '../../../../model/index.ts';
import { eventPageRows, useEventPages, type EventWish } from '../../../api/index.ts';
import { SkeletonRows } from '../../../ui/index.ts';
import type { Seen } from '../events-tab.tsx';
import { keyOf } from '../words/event-words.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import type { EventSort } from './columns.tsx';
import { NoEvents, NoneFits } from './empty.tsx';
import { ListHead, ListRow } from './list-row.tsx';
import { rowsOf, type Held } from './held-rows.ts';
import { togglePick, type Picks } from './picks.ts';

export interface EventListProps {
  readonly gridRef: RefObject<HTMLDivElement | null>; readonly wish: EventWish; /** Some event may be left out by what was wished for. */ readonly narrowed: boolean;
  readonly chosen: EventRef | null; readonly onOpen: (event: EventRow) => void; /** Into the one that is open. */ readonly onInto: () => void; readonly onRecords: (event: EventRow) => void;
  readonly picks: Picks; readonly onPicks: (picks: Picks) => void; readonly onSort: (sort: EventSort, up: boolean) => void; readonly onSeen: (seen: Seen) => void; readonly onClear: () => void;
}

const rowPx = 24;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 20, PageUp: -20, Home: -Infinity, End: Infinity };

export function EventList({ gridRef, wish, narrowed, chosen, onOpen, onInto, onRecords, picks, onPicks, onSort, onSeen, onClear }: EventListProps) {
  const id = useId();
  const [total, setTotal] = useState(0);
  const [at, setAt] = useState<number | null>(null);
  const [held, setHeld] = useState<Held | null>(null);
  // The compiler leaves this component alone; what is drawn is little.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: total, getScrollElement: () => gridRef.current, estimateSize: () => rowPx, overscan: 10, paddingStart: rowPx });
  const items = virtual.getVirtualItems();
  const { pages, error, retry } = useEventPages(wish, pagesOf(items[0]?.index ?? 0, items.at(-1)?.index ?? 0));
  const key = JSON.stringify(wish);
  const rows = rowsOf(pages, held, key);
  const answer = [...pages.values()][0];
  useEffect(() => {
    if (answer === undefined) return;
    setTotal(answer.total);
    onSeen({ total: answer.total, folded: answer.folded.ids, foldedRecords: answer.folded.records, refused: answer.refused, leftOut: answer.leftOut, services: answer.services });
  }, [answer, onSeen]);
  const rowAt = (index: number): EventRow | undefined => rows.get(Math.floor(index / eventPageRows))?.[index % eventPageRows];
  const go = (index: number) => { const to = Math.max(0, Math.min(total - 1, index)); setAt(to); virtual.scrollToIndex(to); };
  const keys = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || total === 0) return;
    const [step, row] = [steps[event.key], at === null ? undefined : rowAt(at)];
    if (step !== undefined) go((at ?? first) + step);
    else if (event.key === 'Enter' && row !== undefined) { if (isChosen(row, chosen)) onInto(); else onOpen(row); }
    else if (event.key === 't' && row !== undefined) onRecords(row);
    else if (event.key === ' ' && row !== undefined) onPicks(togglePick(picks, row));
    else return;
    event.preventDefault();
  };
  const first = [...rows].flatMap(([page, events]) => events.flatMap((event, i) => (isChosen(event, chosen) ? [page * eventPageRows + i] : [])))[0] ?? 0;
  const isBack = answer !== undefined && total > 0 && chosen !== null;
  // Somebody who comes back to an event goes on from it.
  useEffect(() => { if (isBack && document.activeElement === document.body) gridRef.current?.focus({ preventScroll: true }); }, [isBack, gridRef]);
  const hold = () => setHeld(before => (before?.wish === key ? before : { wish: key, pages: rows }));
  if (answer === undefined) return error === null ? <SkeletonRows rows={16} label="Loading events" /> : <LoadFailure error={error} onRetry={retry} />;
  if (answer.total === 0) return narrowed ? <NoneFits only={wish.only} onClear={onClear} /> : <NoEvents />;
  return (
    <div ref={gridRef} className="ev-grid scroll grow" role="grid" tabIndex={0} aria-label="Events by durable id" aria-keyshortcuts="Enter T Space" aria-rowcount={total + 1} aria-multiselectable="true" aria-activedescendant={at !== null && items.some(({ index }) => index === at) ? `${id}-${at}` : undefined}
      onKeyDown={keys} onPointerEnter={hold} onPointerLeave={() => setHeld(null)} onFocus={() => { hold(); setAt(now => now ?? first); }} onBlur={() => setHeld(null)}>
      <div role="rowgroup" className="ev-rows" style={{ height: virtual.getTotalSize() }}>
        <ListHead wish={wish} onSort={onSort} />
        {items.map(({ index, start }) => {
          const event = rowAt(index);
          return <ListRow key={index} id={`${id}-${index}`} index={index} start={start} event={event} active={index === at} chosen={event !== undefined && isChosen(event, chosen)} picked={event !== undefined && picks.has(keyOf(event))}
            onOpen={() => { setAt(index); if (event !== undefined) onOpen(event); }} onPick={() => { if (event !== undefined) onPicks(togglePick(picks, event)); }} />;
        })}
      </div>
    </div>
  );
}

const isChosen = (event: EventRow, chosen: EventRef | null): boolean => chosen !== null && event.durableId === chosen.id && event.service === chosen.service && event.signal === chosen.signal;

/** The pages that hold these rows. */
function pagesOf(first: number, last: number): readonly number[] {
  const [from, to] = [Math.floor(first / eventPageRows), Math.floor(last / eventPageRows)];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
