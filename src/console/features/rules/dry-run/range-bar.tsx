// Two handles over the span of the buffer: the records between them are dry-run. The run starts when a handle comes to rest.
import { useEffect, useState } from 'react';
import { usePreferences } from '../../../state/index.ts';
import { formatClock, formatDuration } from '../../../ui/index.ts';

export interface RangeBarProps { readonly span: { readonly fromMs: number; readonly toMs: number }; readonly fromMs: number; readonly toMs: number; readonly onChange: (fromMs: number, toMs: number) => void }

const restMs = 300;

export function RangeBar({ span, fromMs, toMs, onChange }: RangeBarProps) {
  const zone = usePreferences(state => state.timeZone);
  const [shown, setShown] = useState({ fromMs, toMs });
  const moved = shown.fromMs !== fromMs || shown.toMs !== toMs;
  useEffect(() => {
    if (!moved) return;
    const timer = setTimeout(() => onChange(shown.fromMs, shown.toMs), restMs);
    return () => clearTimeout(timer);
  }, [moved, shown, onChange]);
  const step = Math.max(1, Math.round((span.toMs - span.fromMs) / 500));
  const handle = (label: string, value: number, change: (ms: number) => void) => (
    <label className="row grow"><span className="t3">{label}</span><input type="range" className="grow" min={span.fromMs} max={span.toMs} step={step} value={value} aria-valuetext={formatClock(value, zone, true)} onChange={event => change(Number(event.target.value))} /><span className="mono nw">{formatClock(value, zone, true)}</span></label>
  );
  return (
    <div className="rules-range row" role="group" aria-label="Time range of the dry run">
      {handle('From', shown.fromMs, ms => setShown(before => ({ ...before, fromMs: Math.min(ms, before.toMs) })))}
      {handle('To', shown.toMs, ms => setShown(before => ({ ...before, toMs: Math.max(ms, before.fromMs) })))}
      <span className="t3 nw">{formatDuration(shown.toMs - shown.fromMs)}</span>
    </div>
  );
}
