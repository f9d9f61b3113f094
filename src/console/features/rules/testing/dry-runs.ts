// Results of dry runs and what they are made of, for tests of the rules views.
import { planVersion } from '../../../../kql/index.ts';
import { defaultBounds } from '../../../../model/index.ts';
import type { CompiledQuery, DryRunRecord, DryRunSample, QueryDryRunResult } from '../../../../rules/index.ts';

export const compiledQuery = (more: Partial<CompiledQuery> = {}): CompiledQuery =>
  ({ kind: 'query', name: 'drop-cart', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null, plan: { version: planVersion, table: 'Logs', operators: [], sink: { sink: 'drop' } }, ...more });

export function dryRunRecord(id: number, summary: string, more: Partial<DryRunRecord> = {}): DryRunRecord {
  return { id, signal: 'logs', timeUnixNano: 1_773_324_391_947_000_000n + BigInt(id) * 10_000_000n, severity: 9, severityText: 'INFO', service: 'cart', durableId: 'CartItemAdded', summary, columns: { Body: summary }, attributes: {}, resource: {}, bytes: 420, ...more };
}

export const sample = (kind: DryRunSample['kind'], before: DryRunRecord, more: Partial<DryRunSample> = {}): DryRunSample =>
  ({ kind, before, after: kind === 'removed' ? null : before, changes: [], request: new Uint8Array(), ...more });

export const dryRunResult = (more: Partial<QueryDryRunResult> = {}): QueryDryRunResult => ({
  kind: 'query', scanned: 2000, reached: 2000, matched: 500, removed: 500, removedBy: { dropped: 500 }, changed: 0, routed: 0, emitted: 0, bytesBefore: 800_000, bytesAfter: 600_000, saved: { logs: { records: 500, bytes: 200_000 }, spans: { records: 0, bytes: 0 }, metrics: { records: 0, bytes: 0 } },
  fromMs: 1_773_324_380_000, toMs: 1_773_324_390_000, cpu: { median: 0.21, low: 0.2, high: 0.22 }, malformed: 0, errors: 0, error: null, breach: null,
  flow: { seen: 2000, targeted: 2000, reached: 500, operators: [] }, clauses: [],
  samples: [sample('removed', dryRunRecord(1, 'item added sku=MUG-2207')), sample('unchanged', dryRunRecord(2, 'order waited'))],
  metrics: [], series: [], windows: [], groups: 0, groupBound: 10_000, seriesLeftOut: 0, overflowed: 0, late: 0, hidden: [], hiddenLeftOut: 0, ...more,
});
