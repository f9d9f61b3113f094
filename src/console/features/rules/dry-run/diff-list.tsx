// The difference: what goes in amber with a minus, what comes in teal with a plus, what stays in grey. Only the rows in
// sight are drawn. A record's row opens its explanation.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import type { DryRunSample, QueryDryRunResult } from '../../../../rules/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { formatClock, MaskedText } from '../../../ui/index.ts';
import { diffRows, type DiffRow, type DiffView } from './diff-rows.ts';
import { useMaskedRows } from './masked-rows.ts';

const signs = { '-': '−', '+': '+', '=': '', '…': '' } as const;
const words = { '-': 'before or removed', '+': 'after or made', '=': 'unchanged', '…': '' } as const;
const classes = { '-': 'gone', '+': 'come', '=': 'same', '…': 'note' } as const;
const rowHeight = 21;
/** Where nothing can be measured (a hidden page, tests) this many rows are drawn. */
const unmeasuredRows = 60;

export interface DiffListProps { readonly result: QueryDryRunResult; readonly view: DiffView; /** Nothing secret in clear. */ readonly masked: boolean; readonly chosen: DryRunSample | null; readonly onChoose: (sample: DryRunSample | null) => void }

export function DiffList({ result, view, masked, chosen, onChoose }: DiffListProps) {
  const plain = useMemo(() => diffRows(result, view), [result, view]);
  const rows = useMaskedRows(plain, masked);
  const scroller = useRef<HTMLDivElement>(null);
  // The compiler leaves this component alone; its rows are cheap.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  const measured = virtual.getVirtualItems();
  const items = measured.length > 0 ? measured : rows.slice(0, unmeasuredRows).map((_, index) => ({ index, start: index * rowHeight }));
  const at = rows.findIndex(row => isOf(row.sample, chosen));
  const move = (by: number) => {
    for (let next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by; next >= 0 && next < rows.length; next += by) {
      const { sample } = rows[next]!;
      if (sample === null || isOf(sample, chosen)) continue;
      onChoose(sample);
      virtual.scrollToIndex(next);
      return;
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); move(event.key === 'ArrowDown' ? 1 : -1); }
    if (event.key === 'Escape' && chosen !== null) { event.stopPropagation(); onChoose(null); }
  };
  return (
    <div ref={scroller} className="rules-diff scroll grow" tabIndex={0} role="listbox" aria-label="Records before and after" aria-activedescendant={at < 0 ? undefined : rowId(rows[at]!)} onKeyDown={keys}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map(item => <Row key={rows[item.index]!.key} row={rows[item.index]!} top={item.start} chosen={item.index === at} onChoose={onChoose} />)}
      </div>
    </div>
  );
}

/** A run over fresh records may hold the same record again. */
const isOf = (sample: DryRunSample | null, chosen: DryRunSample | null): boolean => sample !== null && chosen !== null && (sample === chosen || (sample.before.id >= 0 && sample.before.id === chosen.before.id));

const rowId = (row: DiffRow) => `dry-run-${row.key.replace('+', 'a').replace('-', 'b')}`;

function Row({ row, top, chosen, onChoose }: { readonly row: DiffRow; readonly top: number; readonly chosen: boolean; readonly onChoose: (sample: DryRunSample | null) => void }) {
  const zone = usePreferences(state => state.timeZone);
  const place = { position: 'absolute', top, left: 0, right: 0 } as const;
  const { sample } = row;
  if (row.sign === '…') return <div role="option" aria-selected={false} id={rowId(row)} className="rules-d note" style={place}>{row.text}</div>;
  return (
    <div role="option" aria-selected={chosen} id={rowId(row)} className={`rules-d ${classes[row.sign]}${sample === null ? '' : ' pick'}`} style={place} onClick={sample === null ? undefined : () => onChoose(chosen ? null : sample)}>
      <span className="sign"><span aria-hidden="true">{signs[row.sign]}</span><span className="vh">{words[row.sign]}</span></span>
      <span>{row.timeMs === null ? '' : formatClock(row.timeMs, zone, true)}</span>
      <span title={row.name}>{row.name}</span>
      <span className="what" title={row.text}><MaskedText text={row.text} /><Changes row={row} /></span>
      <span className="num" title="This record alone, as OTLP">{row.size}</span>
    </div>
  );
}

function Changes({ row }: { readonly row: DiffRow }) {
  return row.changes.map(change => {
    const value = row.sign === '-' ? change.before : change.after;
    return <mark key={change.field} title={`${change.field}: ${change.before ?? 'not there'} → ${change.after ?? 'removed'}`}>{change.field}{value === null ? (row.sign === '-' ? ' not there' : ' removed') : <>=<MaskedText text={value} /></>}</mark>;
  });
}
