// When which thread ran: a lane of cells for each. Drag over it, or move its two ends by keys, to look at a part of the time.
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { HeatMap } from '../../../../profiles/index.ts';
import { Button } from '../../../ui/index.ts';
import { threadName } from '../bar/thread-menu.tsx';
import { formatNanos, secondsText } from '../model/weight-words.ts';
import { useAsked } from '../open/use-asked.ts';
import type { PaneProps } from '../pane-props.ts';
import { rangeBetween, stepped, ticksOf, type TimeRange } from './range.ts';

const columns = 120;
const maxLanes = 6;
const nanosAMilli = 1e6;
/** A click is no wider than this share of the time. */
const clickShare = 0.003;
const laneHeight = 12;

export function HeatPane({ scene, search, moves }: PaneProps) {
  const { profile, client, selection } = scene;
  const whole = profile.durationNanos ?? 0;
  const heat = useAsked(client, 'heat', whole > 0 ? [{ columns, fromNanos: 0, toNanos: whole, weight: selection.weight }] : null).value;
  const [dragged, setDragged] = useState<TimeRange | null>(null);
  const plot = useRef<HTMLDivElement>(null);
  const began = useRef<number | null>(null);
  const lanes = useMemo(() => (heat === null ? [] : lanesOf(heat)), [heat]);
  if (heat === null || heat.max === 0) return <div className="heat" aria-hidden="true" style={{ height: 58 }} />;
  const chosen = selection.fromNanos === null && selection.toNanos === null ? null : { from: selection.fromNanos ?? 0, to: Math.min(whole, selection.toNanos ?? whole) };
  const shown = dragged ?? chosen;
  const commit = (range: TimeRange | null) => moves.range(range === null ? null : { from: millis(range.from), to: millis(range.to) });
  const at = (event: PointerEvent) => { const box = plot.current?.getBoundingClientRect(); return box === undefined || box.width === 0 ? 0 : (event.clientX - box.left) / box.width * whole; };
  const down = (event: PointerEvent<HTMLDivElement>) => { if (event.button !== 0) return; began.current = at(event); event.currentTarget.setPointerCapture(event.pointerId); };
  const move = (event: PointerEvent<HTMLDivElement>) => { if (began.current !== null) setDragged(rangeBetween(began.current, at(event), whole, whole * clickShare)); };
  const up = (event: PointerEvent<HTMLDivElement>) => {
    if (began.current === null) return;
    const range = rangeBetween(began.current, at(event), whole, whole * clickShare);
    began.current = null;
    setDragged(null);
    if (range !== null || chosen !== null) commit(range);
  };
  const cancel = () => { began.current = null; setDragged(null); };
  return (
    <section className="heat" aria-label="When it ran">
      <div className="heat-names">{lanes.map(row => <button key={row} type="button" className="ell" aria-pressed={search.threads?.includes(row) ?? false} title={`Only ${threadName(profile.threads[row] ?? noThread, row)}`} disabled={lanes.length < 2} onClick={() => moves.threads(search.threads?.length === 1 && search.threads[0] === row ? [] : [row])}>{threadName(profile.threads[row] ?? noThread, row)}</button>)}</div>
      <div className="heat-plot" ref={plot} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={cancel}>
        <Cells heat={heat} lanes={lanes} />
        {shown !== null && <><i className="heat-out" style={{ left: 0, width: `${shown.from / whole * 100}%` }} /><i className="heat-out" style={{ left: `${shown.to / whole * 100}%`, right: 0 }} /><i className="heat-range" style={{ left: `${shown.from / whole * 100}%`, width: `${(shown.to - shown.from) / whole * 100}%` }} /></>}
        <End which="from" range={shown ?? { from: 0, to: whole }} whole={whole} onRange={commit} />
        <End which="to" range={shown ?? { from: 0, to: whole }} whole={whole} onRange={commit} />
      </div>
      <div className="heat-axis">
        {ticksOf(whole, 6).map(tick => <span key={tick} className="t3" style={{ left: `${tick / whole * 100}%` }} hidden={(chosen !== null && tick > whole * 0.94) || (shown !== null && Math.abs(tick - middleOf(shown, whole)) < whole * 0.14)}>{formatNanos(tick)}</span>)}
        {shown !== null && <b className="acc md" style={{ left: `${middleOf(shown, whole) / whole * 100}%` }} role="status">{chosenText(shown)}</b>}
        {chosen !== null && <Button size="s" variant="ghost" icon="x" className="heat-clear" aria-label="The whole time again" onClick={() => commit(null)} />}
      </div>
    </section>
  );
}

const noThread = { name: '', processId: null, threadId: null };
const millis = (nanos: number) => Math.round(nanos / 1000) / 1000;
/** Where the words about a range stand: not past an end of the axis. */
const middleOf = ({ from, to }: TimeRange, whole: number) => Math.min(whole * 0.86, Math.max(whole * 0.12, (from + to) / 2));

/** "8.20 s chosen, 0.90 to 9.10", or in milliseconds where that says more. */
function chosenText({ from, to }: TimeRange): string {
  const width = to - from;
  return width < 1e8 ? `${formatNanos(width)} chosen, ${(from / nanosAMilli).toFixed(1)} to ${(to / nanosAMilli).toFixed(1)} ms` : `${secondsText(width)} s chosen, ${secondsText(from)} to ${secondsText(to)}`;
}

/** The busiest threads, in their own order. */
function lanesOf({ threads, columns: wide, cells }: HeatMap): readonly number[] {
  const sums = Array.from({ length: threads }, (_, row) => ({ row, sum: cells.subarray(row * wide, (row + 1) * wide).reduce((all, cell) => all + cell, 0) }));
  const busy = sums.filter(({ sum }) => sum > 0);
  return (busy.length > 0 ? busy : sums).toSorted((a, b) => b.sum - a.sum).slice(0, maxLanes).map(({ row }) => row).toSorted((a, b) => a - b);
}

const Cells = ({ heat: { columns: wide, cells, max }, lanes }: { readonly heat: HeatMap; readonly lanes: readonly number[] }) => (
  <svg aria-hidden="true" viewBox={`0 0 ${wide} ${lanes.length * laneHeight}`} preserveAspectRatio="none" style={{ height: lanes.length * laneHeight }}>
    {lanes.flatMap((row, lane) => Array.from({ length: wide }, (_, column) => <rect key={`${row} ${column}`} x={column} y={lane * laneHeight + 1} width={0.88} height={laneHeight - 2} className={`heat-${step((cells[row * wide + column] ?? 0) / max)}`} />))}
  </svg>
);

const step = (share: number) => (share <= 0 ? 0 : Math.min(4, 1 + Math.floor(share * 4)));

function End({ which, range, whole, onRange }: { readonly which: 'from' | 'to'; readonly range: TimeRange; readonly whole: number; readonly onRange: (range: TimeRange | null) => void }) {
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') { event.preventDefault(); onRange(null); return; }
    const next = event.ctrlKey || event.metaKey || event.altKey ? null : stepped(range, which, event, whole, whole / columns);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onRange(next.from <= 0 && next.to >= whole ? null : next);
  };
  return <div className="heat-end" role="slider" tabIndex={0} aria-label={which === 'from' ? 'Start of the time that is shown' : 'End of the time that is shown'} aria-valuemin={0} aria-valuemax={whole / 1e9} aria-valuenow={range[which] / 1e9} aria-valuetext={formatNanos(range[which])} style={{ left: `${range[which] / whole * 100}%` }} onKeyDown={keys} />;
}
