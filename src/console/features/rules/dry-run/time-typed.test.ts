import { expect, it } from 'vitest';
import { timeTyped } from './time-typed.ts';

const at = (day: number, h: number, m: number, s: number, ms = 0) => Date.UTC(2026, 2, day, h, m, s, ms);

it('reads times with and without seconds', () => {
  const span = { fromMs: at(12, 14, 0, 0), toMs: at(12, 14, 10, 0) };
  expect([timeTyped('14:05:09', span, 'utc'), timeTyped('14:05', span, 'utc'), timeTyped(' 14:05:09.25 ', span, 'utc')]).toEqual([at(12, 14, 5, 9), at(12, 14, 5, 0), at(12, 14, 5, 9, 250)]);
  expect(['', '14', '25:00:00', '14:61:00', 'x'].map(text => timeTyped(text, span, 'utc'))).toEqual([null, null, null, null, null]);
});

it('takes the day that lies in a span over midnight', () => {
  const span = { fromMs: at(12, 23, 55, 0), toMs: at(13, 0, 5, 0) };
  expect(timeTyped('23:57:00', span, 'utc')).toBe(at(12, 23, 57, 0));
  expect(timeTyped('00:01:00', span, 'utc')).toBe(at(13, 0, 1, 0));
});
