// The rows of a treegrid that are in view, under a row of heads that stays: which to draw, and where. The treegrid itself scrolls.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type RefObject } from 'react';

const rowHeight = 24;
/** Of the row of heads, which stays above and covers what scrolls under it. */
const headHeight = 25;
/** Drawn before the table knows how high it is. */
const unmeasuredRows = 40;

export interface TreeRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** `top`: pixels below the heads. */
  readonly items: readonly { readonly index: number; readonly top: number }[];
  /** Pixels of all rows together. */
  readonly height: number;
  readonly scrollTo: (index: number) => void;
}

/** @param bare the heads take no room */
export function useTreeRows(count: number, bare = false): TreeRows {
  const scroller = useRef<HTMLDivElement>(null);
  const head = bare ? 0 : headHeight;
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 10, scrollMargin: head, scrollPaddingStart: head });
  const measured = virtual.getVirtualItems();
  const items = measured.length > 0 ? measured.map(({ index, start }) => ({ index, top: start - head })) : Array.from({ length: Math.min(count, unmeasuredRows) }, (_, index) => ({ index, top: index * rowHeight }));
  return { scroller, items, height: virtual.getTotalSize(), scrollTo: index => virtual.scrollToIndex(index, { align: 'auto' }) };
}
