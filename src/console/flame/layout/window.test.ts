import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowOver } from '../testing/arbitrary-boxes.ts';
import { clampWindow, panWindow, wholeWindow, windowBetween, windowShowing, zoomWindow } from './window.ts';

const extent = 1000;
const isWithin = ({ start, end }: { readonly start: number; readonly end: number }) => start >= 0 && end <= extent && end > start;
const any = windowOver(extent);

describe('the window', () => {
  it('stays within the extent whatever is done to it', () => {
    fc.assert(fc.property(any, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: -2000, max: 2000, noNaN: true }), (window, factor, by) => {
      expect(isWithin(zoomWindow(window, factor, window.start, extent))).toBe(true);
      expect(isWithin(panWindow(window, by, extent))).toBe(true);
      expect(isWithin(clampWindow({ start: by, end: by * factor }, extent))).toBe(true);
    }));
  });
  it('keeps what is under the pointer there while it comes closer', () => {
    fc.assert(fc.property(any, fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (window, factor, share) => {
      const anchor = window.start + share * (window.end - window.start);
      const closer = zoomWindow(window, factor, anchor, extent);
      expect((anchor - closer.start) / (closer.end - closer.start)).toBeCloseTo(share, 6);
    }));
  });
  it('comes back by the opposite factor when no edge was met', () => {
    const there = zoomWindow({ start: 400, end: 600 }, 0.5, 500, extent);
    expect(there).toEqual({ start: 450, end: 550 });
    expect(zoomWindow(there, 2, 500, extent)).toEqual({ start: 400, end: 600 });
  });
  it('shows a box wide enough, and does not move for one that it shows already', () => {
    fc.assert(fc.property(any, any, (window, box) => {
      const shown = windowShowing(window, box, 0.01, extent);
      expect(isWithin(shown)).toBe(true);
      expect(Math.min(shown.end, box.end) - Math.max(shown.start, box.start)).toBeGreaterThanOrEqual(-1e-9);
      expect(box.end - box.start).toBeGreaterThanOrEqual((shown.end - shown.start) * 0.01 * 0.999);
      const again = windowShowing(shown, box, 0.01, extent);
      expect(again.start).toBeCloseTo(shown.start, 6);
    }));
    const window = { start: 100, end: 300 };
    expect(windowShowing(window, { start: 150, end: 200 }, 0.01, extent)).toBe(window);
    expect(windowShowing(window, { start: 0, end: 900 }, 0.01, extent)).toBe(window);
    expect(windowShowing(window, { start: 350, end: 400 }, 0.01, extent)).toEqual({ start: 200, end: 400 });
    expect(windowShowing(window, { start: 50, end: 60 }, 0.01, extent)).toEqual({ start: 50, end: 250 });
  });
  it('says the whole when it says nothing', () => {
    expect(clampWindow({ start: Number.NaN, end: 3 }, extent)).toEqual(wholeWindow(extent));
    expect(clampWindow({ start: 0, end: 0 }, 0)).toEqual({ start: 0, end: 0 });
  });
  it('ends a way exactly where it leads', () => {
    const to = { start: 1 / 3, end: 2 / 3 };
    expect(windowBetween({ start: 0, end: 9 }, to, 1)).toBe(to);
    expect(windowBetween({ start: 0, end: 10 }, { start: 5, end: 5 }, 0.5)).toEqual({ start: 2.5, end: 7.5 });
  });
});
