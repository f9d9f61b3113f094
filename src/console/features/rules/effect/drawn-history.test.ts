import { expect, it } from 'vitest';
import { drawnHistory } from './drawn-history.ts';

const point = (t: number, matched: number | null) => ({ t, matched, removed: matched, emitted: matched, cpuShare: matched });
const seconds = (count: number, from: number) => Array.from({ length: count }, (_, i) => point(i * 1000, i < from ? null : 5));

it('begins where there are figures, and shows two minutes at least', () => {
  expect(drawnHistory('x', { points: seconds(900, 890), marks: [] })).toMatchObject({ fromMs: 779_000, toMs: 899_000 });
  expect(drawnHistory('x', { points: seconds(900, 300), marks: [] })).toMatchObject({ fromMs: 295_000, toMs: 899_000 });
  expect(drawnHistory('x', { points: seconds(900, 0), marks: [] })!.times).toHaveLength(900);
  expect(drawnHistory('x', { points: seconds(900, 899), marks: [] })).toBeNull();
});

it('keeps the marks within, without the name of the rule', () => {
  const marks = [{ t: 1000, label: 'x v1 deployed', kind: 'deploy' as const }, { t: 880_000, label: 'x v2 in shadow', kind: 'shadow' as const }];
  expect(drawnHistory('x', { points: seconds(900, 880), marks })!.marks).toEqual([{ at: 880_000, label: 'v2 in shadow', tone: 'plain' }]);
});
