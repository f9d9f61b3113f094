import { describe, expect, it } from 'vitest';
import type { DryRunResult } from '../../../workers/tail/index.ts';
import { dryRunResult, tailRecord } from '../testing/fakes.ts';
import { diffRows, type DiffView } from './diff-rows.ts';
import { metricSeries } from './metric-series.ts';

const drawn = (result: DryRunResult, view: DiffView) => diffRows(result, view).map(row => `${row.sign} ${row.text}`);
const point = (value: number, second: number, attributes: Record<string, string>): DryRunResult['metrics'][number] => ({ name: 'app.count', unit: '1', timeUnixNano: BigInt(second) * 1_000_000_000n, value, attributes });

describe('diffRows', () => {
  const changed = dryRunResult({ removed: 1, changed: 1, matched: 2, samples: [
    { kind: 'removed', before: tailRecord(1, 'gone'), after: null },
    { kind: 'changed', before: tailRecord(2, 'old'), after: tailRecord(2, 'new', { columns: { Body: 'new' } }) },
    { kind: 'unchanged', before: tailRecord(3, 'same'), after: null },
  ] });

  it('sets the old above the new', () => {
    expect(drawn(changed, 'difference')).toEqual(['- gone', '- old', '+ new', '= same']);
    expect(diffRows(changed, 'difference')[2]!.changes).toEqual([{ field: 'Body', before: 'old', after: 'new' }]);
  });

  it('shows either side alone', () => {
    expect(drawn(changed, 'before')).toEqual(['= gone', '= old', '= same']);
    expect(drawn(changed, 'after')).toEqual(['= new', '= same']);
  });

  it('counts what it does not show, and lets points come early', () => {
    const samples = Array.from({ length: 20 }, (_, i) => ({ kind: 'removed' as const, before: tailRecord(i, `r${i}`), after: null }));
    const rows = drawn(dryRunResult({ removed: 100, samples, metrics: [point(12, 60, { ServiceName: 'cart', Route: '/' })] }), 'difference');
    expect(rows.slice(7)).toEqual(['- r7', '… 92 more records like these', '+ 12 {ServiceName=cart, Route=/}']);
  });
});

describe('metricSeries', () => {
  it('makes one line per set of attributes, oldest first, the largest line first', () => {
    const series = metricSeries([point(5, 2, { s: 'b' }), point(1, 2, { s: 'a' }), point(7, 1, { s: 'b' })]);
    expect(series).toEqual([{ label: 'b', points: [[1000, 7], [2000, 5]], total: 12 }, { label: 'a', points: [[2000, 1]], total: 1 }]);
  });
});
