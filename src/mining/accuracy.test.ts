// Grouping accuracy on lines in the manner of public formats, with their ground truth; a bound for each format and for the mean.
import { expect, it } from 'vitest';
import { TemplateMiner } from './index.ts';
import { corpusOf, formatNames } from './testing/corpus.ts';
import { groupingAccuracy } from './testing/grouping.ts';
import { idsOf } from './testing/mining.ts';

const accuracyOf = (format: string, seed: number): number => {
  const { lines, truth } = corpusOf(format, 2000, seed);
  return groupingAccuracy(truth, idsOf(new TemplateMiner(), lines));
};

it.each(formatNames)('%s', (format) => {
  for (const seed of [3, 4]) expect(accuracyOf(format, seed)).toBeGreaterThanOrEqual(0.9);
});

it('on average', () => {
  const all = formatNames.map((format) => accuracyOf(format, 11));
  expect(all.reduce((sum, one) => sum + one, 0) / all.length).toBeGreaterThanOrEqual(0.97);
});

it('the measure is strict: one line too many in a group makes all of it wrong', () => {
  expect(groupingAccuracy([1, 1, 2], ['a', 'a', 'b'])).toBe(1);
  expect(groupingAccuracy([1, 1, 2], ['a', 'a', 'a'])).toBe(0);
  expect(groupingAccuracy([1, 1, 2], ['a', 'c', 'b'])).toBeCloseTo(1 / 3);
});
