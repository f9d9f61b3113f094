import { expect, it } from 'vitest';
import type { DryRunSeries, DryRunTotal } from '../../../../rules/index.ts';
import { alignSeries, windowWords } from './metric-series.ts';

type Given = readonly [second: number, value: number, whole?: boolean];
const series = (route: string, points: readonly Given[], more: Partial<DryRunSeries> = {}): DryRunSeries =>
  ({ name: 'm', unit: '', attributes: { Route: route }, overflow: false, kind: 'sum', total: 0, points: points.map(([second, value, whole = true]) => ({ startMs: second * 1000, endMs: (second + 10) * 1000, value, whole })), ...more });

/** The windows of all of these together. */
function windowsOf(...all: readonly DryRunSeries[]): readonly DryRunTotal[] {
  const starts = [...new Set(all.flatMap(one => one.points.map(point => point.startMs)))].sort((a, b) => a - b);
  return starts.map(startMs => { const points = all.flatMap(one => one.points.filter(point => point.startMs === startMs)); return { ...points[0]!, value: points.reduce((sum, point) => sum + point.value, 0), series: points.length }; });
}
const words = (...all: readonly DryRunSeries[]) => windowWords(all, windowsOf(...all));
const align = (...all: readonly DryRunSeries[]) => alignSeries(all, windowsOf(...all), all.length);

it('puts all series on one list of window starts, with gaps, and names the rest past the bound', () => {
  expect(align(series('/a', [[0, 4], [10, 5]]), series('', [[10, 9]], { overflow: true }))).toEqual({ whole: true, times: [0, 10_000], lines: [
    { label: '/a', token: '--cat-1', values: [4, 5], fill: false }, { label: 'other (past the bound)', token: '--text-3', values: [null, 9], fill: false },
  ] });
});

it('draws whole windows alone, and others only while there is nothing else', () => {
  expect(align(series('/a', [[0, 4, false], [10, 50], [20, 5, false]]))).toMatchObject({ whole: true, times: [10_000] });
  expect(align(series('/a', [[0, 4, false]]))).toMatchObject({ whole: false, times: [0], lines: [{ values: [4] }] });
});

it('tells a rate over whole windows only, and only of what adds up', () => {
  expect(words(series('/a', [[0, 4, false], [10, 50], [20, 70], [30, 5, false]]), series('/b', [[20, 80]]))).toBe('10/s over 2 whole windows of 10 s; 2 that are not whole left out.');
  expect(words(series('/a', [[10, 50]], { kind: 'gauge' }))).toBe('1 whole window of 10 s.');
  expect(words(series('/a', [[0, 4, false]]))).toBe('1 window of 10 s, not whole: records reach over a part of it only, so there is no rate yet.');
  expect(words(series('/a', [[0, 40]]))).toBe('4/s over 1 whole window of 10 s.');
  expect(words()).toBe('');
});

it('tells windows and rates over all series, also those that no line shows', () => {
  const many = Array.from({ length: 100 }, (_, i) => series(`/${i}`, [[Math.floor(i / 10) * 10, 1]]));
  expect(windowWords(many.slice(0, 6), windowsOf(...many))).toBe('1/s over 10 whole windows of 10 s.');
  const { times, lines } = alignSeries(many.slice(0, 6), windowsOf(...many), 100);
  expect(times).toHaveLength(10);
  expect(lines.at(-1)).toMatchObject({ label: '94 smaller ones together', values: [4, 10, 10, 10, 10, 10, 10, 10, 10, 10] });
});
