// Keeps the whole picture in view until a person pans or zooms, and puts it back there on demand.
import { getViewportForBounds, useReactFlow, useStore } from '@xyflow/react';
import { useCallback, useLayoutEffect, useRef } from 'react';
import type { Rect } from './geometry.ts';

export const zoomBounds = { least: 0.25, most: 1.5 } as const;
/** Room for the tools at the left and the line of keys below; a low canvas has no such line. */
const paddingFor = (height: number) => ({ top: '14px', bottom: height < keyLineFrom ? '14px' : '36px', left: '56px', right: '24px' }) as const;
/** As machine.css has it. */
const keyLineFrom = 260;
/** Never larger than drawn. */
const fullSize = 1;

export interface Fit {
  fit(): void;
  /** Call it when the person pans or zooms. */
  moved(): void;
  /** False until the picture was put in place once: before that nothing should be seen. */
  readonly ready: boolean;
}

/** @param held true while a box is being dragged: the ground must not move under it. */
export function useFit(extent: Rect, held: boolean): Fit {
  const { setViewport, getViewport } = useReactFlow();
  const width = useStore(({ width: pixels }) => pixels);
  const height = useStore(({ height: pixels }) => pixels);
  const own = useRef(false);
  const size = useRef({ width: 0, height: 0 });
  const { x, y, width: wide, height: high } = extent;

  const fit = useCallback(() => {
    own.current = false;
    void setViewport(getViewportForBounds({ x, y, width: wide, height: high }, width, height, zoomBounds.least, fullSize, paddingFor(height)));
  }, [setViewport, x, y, wide, high, width, height]);

  // Before anything is painted, so that the picture never jumps into place.
  useLayoutEffect(() => {
    if (width === 0 || height === 0) return;
    const resized = size.current.width !== width || size.current.height !== height;
    size.current = { width, height };
    if (!own.current && !held && (resized || !visible({ x, y, width: wide, height: high }, getViewport(), { width, height }))) fit();
  }, [fit, getViewport, held, width, height, x, y, wide, high]);

  return { fit, moved: () => { own.current = true; }, ready: width > 0 && height > 0 };
}

/** Not cut off, and not under the line of keys. */
function visible(rect: Rect, { x, y, zoom }: { readonly x: number; readonly y: number; readonly zoom: number }, room: { readonly width: number; readonly height: number }): boolean {
  const [left, top] = [rect.x * zoom + x, rect.y * zoom + y];
  const bottom = room.height - Number.parseInt(paddingFor(room.height).bottom, 10);
  return left >= 0 && top >= 0 && left + rect.width * zoom <= room.width && top + rect.height * zoom <= bottom;
}
