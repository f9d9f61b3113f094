import { describe, expect, it } from 'vitest';
import { dryRunRecord, dryRunResult, sample } from '../testing/dry-runs.ts';
import { diffRows, type DiffView } from './diff-rows.ts';

const drawn = (result: Parameters<typeof diffRows>[0], view: DiffView) => diffRows(result, view).map(row => `${row.sign} ${row.text}`);

describe('diffRows', () => {
  const changed = dryRunResult({ removed: 1, changed: 1, matched: 2, samples: [
    sample('removed', dryRunRecord(1, 'gone')),
    sample('changed', dryRunRecord(2, 'old'), { after: dryRunRecord(2, 'new'), changes: [{ field: 'Body', before: 'old', after: 'new' }, { field: 'Attributes["tier"]', before: null, after: 'web' }] }),
    sample('unchanged', dryRunRecord(3, 'same')),
  ] });

  it('sets the old above the new', () => {
    expect(drawn(changed, 'difference')).toEqual(['- gone', '- old', '+ new', '= same']);
    expect(diffRows(changed, 'difference')[2]!.changes).toEqual([{ field: 'Body', before: 'old', after: 'new' }, { field: 'tier', before: null, after: 'web' }]);
  });

  it('shows either side alone', () => {
    expect(drawn(changed, 'before')).toEqual(['= gone', '= old', '= same']);
    expect(drawn(changed, 'after')).toEqual(['= new', '= same']);
  });

  it('counts what it does not show, and lets points come early', () => {
    const samples = Array.from({ length: 20 }, (_, i) => sample('removed', dryRunRecord(i, `r${i}`)));
    const metrics = [{ name: 'app.count', unit: '1', startUnixNano: 60_000_000_000n, timeUnixNano: 70_000_000_000n, whole: true, value: 12, attributes: { ServiceName: 'cart', Route: '/' } }];
    const rows = drawn(dryRunResult({ removed: 100, samples, metrics, emitted: 14 }), 'difference');
    expect(rows.slice(7)).toEqual(['- r7', '… 92 more records like these', '+ 12 {ServiceName=cart, Route=/}', '… 13 more points']);
  });
});
