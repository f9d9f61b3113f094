// Gives the focus to what an edit made or left, as soon as it is drawn, so that the keys go on from there.
import { useEffect, useRef, type RefObject } from 'react';
import type { Selection } from './selection.ts';

export function useFocusNext(canvas: RefObject<HTMLElement | null>): (next: Selection) => void {
  const wanted = useRef<Selection | null>(null);
  useEffect(() => {
    if (wanted.current === null || canvas.current === null) return;
    const found = elementOf(canvas.current, wanted.current);
    if (found === null) return;
    wanted.current = null;
    found.focus({ preventScroll: true });
  });
  return (next) => { wanted.current = next; };
}

/** The box or label that shows it; the canvas for the whole machine; null while it is not drawn. */
export function elementOf(canvas: HTMLElement, what: Selection): HTMLElement | null {
  switch (what.kind) {
    case 'machine': return canvas;
    case 'state': return canvas.querySelector(`.react-flow__node[data-id="${what.state}"]`);
    case 'transition': return canvas.querySelector(`[data-arrow="${what.state}/on/${what.index}"]`);
    case 'timer': return canvas.querySelector(`[data-arrow="${what.state}/after/${what.time}"]`);
  }
}
