// Redaction reports for tests: nothing but what a test says.
import type { RedactionCell, RedactionReport, ResidualCell } from '../../model/index.ts';

const place = { service: 'cart', durableId: 'src/catalog.ts:88', source: 'src/catalog.ts:88', signal: 'logs', place: 'body', key: '', detector: 'github-token', context: 'bot:ghp_••••@git', count: 1, records: 1 } as const;

export const maskedCell = (atMs: number, more: Partial<RedactionCell> = {}): RedactionCell =>
  ({ ...place, rule: { id: 'r1', name: 'hide-tokens', version: 1 }, action: 'mask', fingerprints: [], moreDistinct: false, firstUnixMs: atMs, lastUnixMs: atMs, ...more });
export const leakedCell = (atMs: number, more: Partial<ResidualCell> = {}): ResidualCell => ({ ...place, exporter: 'otlp-main', firstUnixMs: atMs, lastUnixMs: atMs, ...more });

/** Of the second before; everything that left was scanned. */
export const redactionReport = (atMs: number, more: Partial<RedactionReport> = {}): RedactionReport => ({
  version: 1, fromUnixMs: atMs - 1000, toUnixMs: atMs, period: '2027-01-15', cells: [], residual: [], coverage: [{ service: 'cart', bytes: 1000, coveredBytes: 1000, records: 10, coveredRecords: 10 }],
  overflow: { findings: 0, residual: 0, services: 0, fingerprints: 0 }, scanned: { bytes: 1000, ofBytes: 1000, records: 10, ofRecords: 10, full: true }, ...more,
});
