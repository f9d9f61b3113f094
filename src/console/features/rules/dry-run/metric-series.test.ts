import { expect, it } from 'vitest';
import type { DryRunSeries } from '../../../../rules/index.ts';
import { alignSeries, windowWords } from './metric-series.ts';

type Given = readonly [second: number, value: number, whole?: boolean];
const series = (route: string, points: readonly Given[], more: Partial<DryRunSeries> = {}): DryRunSeries =>
  ({ name: 'm', unit: '', attributes: { Route: route }, overflow: false, kind: 'sum', total: 0, points: points.map(([second, value, whole = true]) => ({ startMs: second * 1000, endMs: (second + 10) * 1000, value, whole })), ...more });

it('puts all series on one list of window starts, with gaps, and names the rest past the bound', () => {
  expect(alignSeries([series('/a', [[0, 4], [10, 5]]), series('', [[10, 9]], { overflow: true })])).toEqual({ whole: true, times: [0, 10_000], lines: [
    { label: '/a', token: '--cat-1', values: [4, 5], fill: false }, { label: 'other (past the bound)', token: '--text-3', values: [null, 9], fill: false },
  ] });
});

it('draws whole windows alone, and others only while there is nothing else', () => {
  expect(alignSeries([series('/a', [[0, 4, false], [10, 50], [20, 5, false]])])).toMatchObject({ whole: true, times: [10_000] });
  expect(alignSeries([series('/a', [[0, 4, false]])])).toMatchObject({ whole: false, times: [0], lines: [{ values: [4] }] });
});

it('tells a rate over whole windows only, and only of what adds up', () => {
  expect(windowWords([series('/a', [[0, 4, false], [10, 50], [20, 70], [30, 5, false]]), series('/b', [[20, 80]])], 2)).toBe('10/s over 2 whole windows of 10 s; 2 that are not whole left out.');
  expect(windowWords([series('/a', [[10, 50]], { kind: 'gauge' })], 1)).toBe('1 whole window of 10 s.');
  expect(windowWords([series('/a', [[0, 4, false]])], 1)).toBe('1 window of 10 s, not whole: records reach over a part of it only, so there is no rate yet.');
  expect(windowWords([series('/a', [[0, 40]])], 300)).toBe('4/s over 1 whole window of 10 s (the 1 largest series).');
  expect(windowWords([], 0)).toBe('');
});
