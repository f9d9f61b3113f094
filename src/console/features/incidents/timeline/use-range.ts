// Choosing a time range on the lanes: drag with the mouse, or move with the arrow keys, with Shift to choose and Enter to take it.
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { timeAt, type Axis, type Span } from './axis.ts';

const steps = 60;
/** Less than this is a click, not a range. */
const leastPx = 6;

export interface RangeChoice { /** Where hand or keys are. */ readonly cursorMs: number | null; /** Being chosen. */ readonly draft: Span | null; readonly handlers: { readonly onKeyDown: (event: KeyboardEvent) => void; readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void; readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void; readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void; readonly onPointerLeave: () => void; readonly onBlur: () => void } }

/** @param onPart a chosen part; null for the whole time again. */
export function useRange(axis: Axis, onPart: (part: Span | null) => void): RangeChoice {
  const [cursorMs, setCursor] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const draft = anchor === null || cursorMs === null || anchor === cursorMs ? null : { fromMs: Math.min(anchor, cursorMs), toMs: Math.max(anchor, cursorMs) };
  const at = (event: PointerEvent<HTMLElement>) => timeAt(axis, event.clientX - event.currentTarget.getBoundingClientRect().left);
  const reset = () => { setAnchor(null); setCursor(null); };
  const take = (part: Span | null) => { reset(); onPart(part); };

  const step = (direction: number, choosing: boolean) => {
    const before = Math.round(Math.min(axis.toMs, Math.max(axis.fromMs, cursorMs ?? (axis.fromMs + axis.toMs) / 2)));
    if (choosing) setAnchor(anchor ?? before);
    else setAnchor(null);
    setCursor(Math.round(Math.min(axis.toMs, Math.max(axis.fromMs, before + direction * ((axis.toMs - axis.fromMs) / steps)))));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') step(event.key === 'ArrowLeft' ? -1 : 1, event.shiftKey);
    else if (event.key === 'Enter' && draft !== null) take(draft);
    else if (event.key === 'Escape') { if (draft !== null) reset(); else take(null); }
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    const time = at(event);
    setAnchor(time);
    setCursor(time);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => setCursor(at(event));
  const onPointerUp = () => {
    const long = draft !== null && ((draft.toMs - draft.fromMs) / Math.max(1, axis.toMs - axis.fromMs)) * axis.widthPx >= leastPx;
    if (long) take(draft);
    else setAnchor(null);
  };
  return { cursorMs, draft, handlers: { onKeyDown, onPointerDown, onPointerMove, onPointerUp, onPointerLeave: () => { if (anchor === null) setCursor(null); }, onBlur: reset } };
}
