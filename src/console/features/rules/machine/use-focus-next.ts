// Gives the focus to what an edit made or left, as soon as it is drawn, so that the keys go on from there.
import { useCallback, useEffect, useRef, type RefObject } from 'react';
import type { Selection } from './selection.ts';

/** The canvas draws a new box some frames after the document has it; longer than this it never will. */
const mostFrames = 20;

export function useFocusNext(canvas: RefObject<HTMLElement | null>): (next: Selection) => void {
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return useCallback((next) => {
    cancelAnimationFrame(frame.current);
    const attempt = (left: number) => {
      const found = canvas.current === null ? null : elementOf(canvas.current, next);
      if (found !== null) found.focus({ preventScroll: true });
      else if (left > 0) frame.current = requestAnimationFrame(() => attempt(left - 1));
    };
    // Not at once: what stands there now may be of the document before the edit.
    frame.current = requestAnimationFrame(() => attempt(mostFrames));
  }, [canvas]);
}

/** The box or label that shows it; the canvas for the whole machine; null while it is not drawn. */
function elementOf(canvas: HTMLElement, what: Selection): HTMLElement | null {
  switch (what.kind) {
    case 'machine': return canvas;
    case 'state': return canvas.querySelector(`.react-flow__node[data-id="${what.state}"]`);
    case 'transition': return canvas.querySelector(`[data-arrow="${what.state}/on/${what.index}"]`);
    case 'timer': return canvas.querySelector(`[data-arrow="${what.state}/after/${what.time}"]`);
  }
}
