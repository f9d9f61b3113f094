// Records of a recording as a list that draws only what is seen. The one in hand shows its moment on the timeline.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { usePreferences } from '../../../state/index.ts';
import { formatClock, MaskedText, millisFromNanos, severityLetter, SeverityMark } from '../../../ui/index.ts';
import type { TailRow, TailState } from '../../../workers/tail/index.ts';
import { usePointed } from './pointed.ts';
import { useRecords, type RecordSource } from './use-records.ts';

const rowPx = 21;
/** Browsers limit an element's height; what is older is reached by a narrower time. */
const mostListed = 700_000;

export function RecordList({ client, state, label }: { readonly client: RecordSource; readonly state: TailState; readonly label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [at, setAt] = useState<number | null>(null);
  const point = usePointed(pointed => pointed.point);
  const count = Math.min(state.matched, mostListed);
  // The compiler leaves this component alone; its rows are few.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => rowPx, overscan: 10, initialRect: { width: 400, height: 300 } });
  const items = virtual.getVirtualItems();
  const window = useRecords(client, items[0]?.index ?? 0, Math.max(40, items.length), `${state.matched} ${state.nextId} ${state.firstId}`);
  useEffect(() => () => point(null), [point]);
  const rowAt = (index: number): TailRow | undefined => window.rows[index - window.from];
  const timeOf = (index: number) => { const row = rowAt(index); return row === undefined ? null : millisFromNanos(row.timeUnixNano); };
  const chosen = at !== null && at < count ? at : null;
  const go = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index));
    setAt(next);
    virtual.scrollToIndex(next);
    point(timeOf(next));
  };
  const keys = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || count === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(chosen === null && Number.isFinite(step) ? 0 : (chosen ?? 0) + step);
  };
  return (
    <div ref={scroller} className="bes-records" role="listbox" tabIndex={0} aria-label={label} aria-activedescendant={chosen === null || !items.some(({ index }) => index === chosen) ? undefined : `${id}-${chosen}`} onKeyDown={keys} onBlur={() => point(null)} onPointerLeave={() => point(null)}>
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => <Record key={index} id={`${id}-${index}`} row={rowAt(index)} index={index} of={count} start={start} chosen={index === chosen} onChoose={() => go(index)} onPoint={() => point(timeOf(index))} />)}
      </div>
    </div>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15, Home: -Infinity, End: Infinity, j: 1, k: -1 };
const tones: Readonly<Record<string, string>> = { W: ' W', E: ' E', F: ' E' };

interface RecordProps { readonly id: string; readonly row: TailRow | undefined; readonly index: number; readonly of: number; readonly start: number; readonly chosen: boolean; readonly onChoose: () => void; readonly onPoint: () => void }

function Record({ id, row, index, of, start, chosen, onChoose, onPoint }: RecordProps) {
  const zone = usePreferences(state => state.timeZone);
  return (
    <div id={id} role="option" tabIndex={-1} aria-selected={chosen} aria-posinset={index + 1} aria-setsize={of} className={`bes-record${row === undefined ? '' : tones[severityLetter(row.severity) ?? ''] ?? ''}`} style={{ transform: `translateY(${start}px)` }} onClick={onChoose} onPointerEnter={onPoint}>
      {row === undefined ? <span className="t3">…</span> : <>
        <span className="bes-time">{formatClock(millisFromNanos(row.timeUnixNano), zone, true)}</span>
        <SeverityMark severity={row.severity} />
        <span className="ell" title={row.service}><MaskedText text={row.summary} />{row.fields?.map(([name, text]) => <span key={name}> <span className="bes-name">{name}=</span><MaskedText text={text} /></span>)}</span>
      </>}
    </div>
  );
}
