// Two handles over the span of the buffer, and their times to be typed: the records between them are dry-run. The run starts when
// a handle comes to rest or a typed time is entered. Until the newer end is touched it is the newest record there is.
import { useEffect, useState } from 'react';
import { usePreferences } from '../../../state/index.ts';
import { Button, formatClock, formatDuration } from '../../../ui/index.ts';
import { timeTyped } from './time-typed.ts';

export interface RangeBarProps { readonly span: { readonly fromMs: number; readonly toMs: number }; readonly fromMs: number; /** Null: the newest. */ readonly toMs: number | null; readonly onChange: (fromMs: number, toMs: number | null) => void }

const restMs = 300;

export function RangeBar({ span, fromMs, toMs, onChange }: RangeBarProps) {
  const [shown, setShown] = useState({ fromMs, toMs });
  const moved = shown.fromMs !== fromMs || shown.toMs !== toMs;
  useEffect(() => {
    if (!moved) return;
    const timer = setTimeout(() => onChange(shown.fromMs, shown.toMs), restMs);
    return () => clearTimeout(timer);
  }, [moved, shown, onChange]);
  const end = shown.toMs ?? span.toMs;
  return (
    <div className="rules-range row" role="group" aria-label="Time range of the dry run">
      <Handle label="From" span={span} value={shown.fromMs} onChange={ms => setShown(before => ({ ...before, fromMs: Math.min(ms, end) }))} />
      <Handle label="To" span={span} value={end} onChange={ms => setShown(before => ({ ...before, toMs: Math.max(ms, before.fromMs) }))} />
      <span className="t3 nw">{formatDuration(Math.round(Math.max(0, end - shown.fromMs) / 1000) * 1000)}</span>
      {shown.toMs === null ? <span className="t3 nw">to the newest</span> : <Button size="s" variant="ghost" onClick={() => setShown(before => ({ ...before, toMs: null }))}>To the newest</Button>}
    </div>
  );
}

interface HandleProps { readonly label: string; readonly span: RangeBarProps['span']; readonly value: number; readonly onChange: (ms: number) => void }

function Handle({ label, span, value, onChange }: HandleProps) {
  const zone = usePreferences(state => state.timeZone);
  const [typed, setTyped] = useState<string | null>(null);
  const step = Math.max(1, Math.round((span.toMs - span.fromMs) / 500));
  const ms = typed === null ? null : timeTyped(typed, span, zone);
  const take = () => {
    if (typed !== null && ms !== null) { onChange(Math.min(span.toMs, Math.max(span.fromMs, ms))); setTyped(null); }
  };
  return (
    <div className="row grow">
      <span className="t3">{label}</span>
      <input type="range" className="grow" aria-label={label} min={span.fromMs} max={span.toMs} step={step} value={value} aria-valuetext={formatClock(value, zone)} onChange={event => { setTyped(null); onChange(Number(event.target.value)); }} />
      <input className="inp mono s rules-time" aria-label={`${label} time`} value={typed ?? formatClock(value, zone)} aria-invalid={typed !== null && ms === null} title={typed !== null && ms === null ? 'Write a time as HH:MM:SS.' : `${formatClock(span.fromMs, zone)} to ${formatClock(span.toMs, zone)} are held`}
        onChange={event => setTyped(event.target.value)} onBlur={() => { take(); setTyped(null); }} onKeyDown={event => { if (event.key === 'Enter') { event.preventDefault(); take(); } if (event.key === 'Escape' && typed !== null) { event.stopPropagation(); setTyped(null); } }} />
    </div>
  );
}
