// Two panes and the bar between them. Drag it, or focus it and use the arrow keys (Shift for big steps, Home and End for the bounds).
// The size of the sized pane is remembered under `id`.
import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { usePreferences } from '../state/index.ts';

export interface ResizablePanesProps {
  /** A stable name; the size is kept under it. */
  readonly id: string;
  /** What the bar resizes, for screen readers: "Record detail". */
  readonly label: string;
  readonly direction?: 'horizontal' | 'vertical';
  /** Which of the two panes has the size; the other takes the rest. */
  readonly sized?: 'first' | 'second';
  readonly defaultSize: number; readonly minSize?: number; readonly maxSize?: number;
  /** The one pane that is shown, with all the room; the other stays as it is, unseen. Null or missing: both. */
  readonly only?: 'first' | 'second' | null;
  /** `second` null: the first pane has all the room, and keeps its state and focus when the second comes and goes. */
  readonly first: ReactNode; readonly second: ReactNode | null;
}

export function ResizablePanes({ id, label, direction = 'horizontal', sized = 'second', defaultSize, minSize = 160, maxSize = 900, only = null, first, second }: ResizablePanesProps) {
  const stored = usePreferences(state => state.paneSizes[id]);
  const setSize = usePreferences(state => state.setPaneSize);
  const clamp = (value: number) => Math.round(Math.min(maxSize, Math.max(minSize, value)));
  const size = clamp(stored ?? defaultSize);
  const box = { [direction === 'horizontal' ? 'width' : 'height']: size, [direction === 'horizontal' ? 'maxWidth' : 'maxHeight']: '75%' };
  const pane = (which: 'first' | 'second', content: ReactNode) => <div className={`split-pane ${which === sized && only === null ? 'split-sized' : 'split-fill'}`} style={which === sized && only === null ? box : undefined} hidden={only !== null && only !== which}>{content}</div>;
  return (
    <div className={direction === 'horizontal' ? 'split' : 'split v'}>
      {pane('first', first)}
      {second !== null && only === null && <Bar label={label} horizontal={direction === 'horizontal'} grows={sized === 'first' ? 1 : -1} size={size} min={minSize} max={maxSize} onSize={value => setSize(id, clamp(value))} />}
      {second !== null && pane('second', second)}
    </div>
  );
}

interface BarProps { readonly label: string; readonly horizontal: boolean; readonly grows: 1 | -1; readonly size: number; readonly min: number; readonly max: number; readonly onSize: (size: number) => void }

function Bar({ label, horizontal, grows, size, min, max, onSize }: BarProps) {
  const start = useRef<{ at: number; size: number } | null>(null);
  const at = (event: PointerEvent) => (horizontal ? event.clientX : event.clientY);
  const down = (event: PointerEvent<HTMLDivElement>) => { start.current = { at: at(event), size }; event.currentTarget.setPointerCapture(event.pointerId); event.preventDefault(); };
  const move = (event: PointerEvent<HTMLDivElement>) => { if (start.current) onSize(start.current.size + (at(event) - start.current.at) * grows); };
  const up = () => { start.current = null; };
  const keys = (event: KeyboardEvent) => {
    const next = sizeAfterKey(event, { horizontal, grows, size, min, max });
    if (next !== null) { event.preventDefault(); onSize(next); }
  };
  return <div className="split-bar" role="separator" tabIndex={0} aria-label={`Resize ${label}`} aria-orientation={horizontal ? 'vertical' : 'horizontal'} aria-valuenow={size} aria-valuemin={min} aria-valuemax={max} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onKeyDown={keys} />;
}

function sizeAfterKey(event: KeyboardEvent, bar: Omit<BarProps, 'label' | 'onSize'>): number | null {
  const step = event.shiftKey ? 64 : 16;
  const [back, forth] = bar.horizontal ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  if (event.key === back) return bar.size - step * bar.grows;
  if (event.key === forth) return bar.size + step * bar.grows;
  if (event.key === 'Home') return bar.min;
  return event.key === 'End' ? bar.max : null;
}
