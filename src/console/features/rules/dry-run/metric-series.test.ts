import { expect, it } from 'vitest';
import { alignSeries } from './metric-series.ts';

const series = (route: string, points: [number, number][], overflow = false) => ({ name: 'm', unit: '', attributes: { Route: route }, overflow, points, total: 0 });

it('puts all series on one list of times, with gaps, and names the rest past the bound', () => {
  expect(alignSeries([series('/a', [[2, 5], [1, 4]]), series('', [[2, 9]], true)])).toEqual({ times: [1, 2], lines: [
    { label: '/a', token: '--cat-1', values: [4, 5], fill: false }, { label: 'other (past the bound)', token: '--text-3', values: [null, 9], fill: false },
  ] });
});
