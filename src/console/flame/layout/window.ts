// The part of the axis in view, and how zooming and panning change it. Every window that leaves here lies within 0 to the extent.
import type { FlameBoxes } from '../../../profiles/index.ts';
import type { FlameWindow } from '../types.ts';

/** At most this much closer than the whole: seconds of a profile of weeks, nanoseconds of one of seconds. */
const deepest = 1e-9;

export const wholeWindow = (extent: number): FlameWindow => ({ start: 0, end: extent });
export const sameWindow = (a: FlameWindow, b: FlameWindow): boolean => a.start === b.start && a.end === b.end;
export const windowOfBox = (boxes: FlameBoxes, box: number): FlameWindow => clampWindow({ start: boxes.start[box]!, end: boxes.end[box]! }, boxes.extent);

/** Moved, then narrowed, to lie within the extent; the whole where it says nothing. */
export function clampWindow({ start, end }: FlameWindow, extent: number): FlameWindow {
  if (!(end >= start)) return wholeWindow(extent);
  const span = Math.min(Math.max(end - start, extent * deepest), extent);
  const from = Math.min(Math.max(start, 0), extent - span);
  return { start: from, end: Math.min(from + span, extent) };
}

/** `factor` below 1 comes closer; what is at `anchor` stays where it is on the screen, but for the edges. */
export function zoomWindow(window: FlameWindow, factor: number, anchor: number, extent: number): FlameWindow {
  const span = window.end - window.start;
  const next = Math.min(Math.max(span * factor, extent * deepest), extent);
  const share = span > 0 ? (anchor - window.start) / span : 0.5;
  const start = anchor - share * next;
  return clampWindow({ start, end: start + next }, extent);
}

export const panWindow = ({ start, end }: FlameWindow, by: number, extent: number): FlameWindow => clampWindow({ start: start + by, end: end + by }, extent);

/** On the way from one to another; spans change by ratio, so that the speed looks even. `share` 0 to 1. */
export function windowBetween(from: FlameWindow, to: FlameWindow, share: number): FlameWindow {
  if (share >= 1) return to;
  const at = (a: number, b: number) => a + (b - a) * share;
  return { start: at(from.start, to.start), end: at(from.end, to.end) };
}

/** The least move that shows a box: it is panned to when outside, and zoomed to when it would be thinner than `minShare` of the window. */
export function windowShowing(window: FlameWindow, box: FlameWindow, minShare: number, extent: number): FlameWindow {
  const span = window.end - window.start;
  const width = box.end - box.start;
  if (width > 0 && width < span * minShare) return zoomAround(box, width / minShare, extent);
  if (box.start >= window.start && box.end <= window.end) return window;
  if (width >= span) return box.end > window.start && box.start < window.end ? window : clampWindow({ start: box.start, end: box.start + span }, extent);
  return panWindow(window, box.start < window.start ? box.start - window.start : box.end - window.end, extent);
}

function zoomAround({ start, end }: FlameWindow, span: number, extent: number): FlameWindow {
  const from = (start + end) / 2 - span / 2;
  return clampWindow({ start: from, end: from + span }, extent);
}
