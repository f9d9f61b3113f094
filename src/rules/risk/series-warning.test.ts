import { expect, test } from 'vitest';
import { measuredSeriesWarning, seriesWarning } from './series-warning.ts';

test('a series for every record is no summary, and past the bound they share one', () => {
  expect(seriesWarning({ matched: 44_400, groups: 44_400, groupBound: 10_000, overflowed: 34_400 })).toEqual({ kind: 'overflow', strong: '44,400 series', rest: 'of at most 10,000: nearly every record makes a series of its own; past 10,000 they share one. Group by fewer values.' });
  expect(seriesWarning({ matched: 1000, groups: 500, groupBound: 10_000, overflowed: 0 })).toMatchObject({ kind: 'many', rest: expect.stringContaining('every second record makes a series of its own') });
  expect(seriesWarning({ matched: 900_000, groups: 10_001, groupBound: 10_000, overflowed: 4 })).toMatchObject({ kind: 'overflow', rest: 'of at most 10,000: past 10,000 they share one. Group by fewer values.' });
});

test('few groups, and few records, say nothing', () => {
  expect(seriesWarning({ matched: 44_400, groups: 12, groupBound: 10_000, overflowed: 0 })).toBeNull();
  expect(seriesWarning({ matched: 10, groups: 10, groupBound: 10_000, overflowed: 0 })).toBeNull();
});

test('of a running rule it is what it makes beside what it takes', () => {
  const explosion = { sink: 'to_metric', matched: 3110, emitted: 2960, overflowed: 0 };
  expect(measuredSeriesWarning(explosion)).toMatchObject({ kind: 'many', rest: expect.stringContaining('2,960 points of 3,110 records: nearly every record') });
  expect(measuredSeriesWarning({ ...explosion, overflowed: 7 })).toMatchObject({ kind: 'overflow', rest: expect.stringContaining('7 records had no series') });
  expect(measuredSeriesWarning({ ...explosion, emitted: 12 })).toBeNull();
  expect(measuredSeriesWarning({ ...explosion, sink: 'dedup' })).toBeNull();
  expect(measuredSeriesWarning({ ...explosion, matched: 20, emitted: 20 })).toBeNull();
});
