import { describe, expect, it } from 'vitest';
import { RedactionBook } from '../book/book.ts';
import { leakedCell, maskedCell, redactionReport } from '../../testing/redaction.ts';
import { csv, jsonLines } from './lines.ts';
import { otlpJson } from './otlp.ts';
import { readerOf } from '../views/reader.ts';
import { proofOf } from './proof.ts';

const nowMs = Date.parse('2027-01-15T08:00:00Z');
const fleet = { all: [{ no: 1, id: 'a', name: 'web-1', connected: true, lastSeenAt: new Date(nowMs).toISOString() }], find: (no: number) => fleet.all.find((agent) => agent.no === no) ?? null };

function proof(cells: readonly Partial<ReturnType<typeof maskedCell>>[], seconds = 900) {
  const book = new RedactionBook((text) => text, () => false);
  const take = (more: object) => book.take(Buffer.from(JSON.stringify(redactionReport(nowMs, more))), { agent: 1, offsetMs: () => 0 }, nowMs);
  take({ cells: cells.map((more) => maskedCell(nowMs, more)), residual: [leakedCell(nowMs)], scanned: { bytes: 1, ofBytes: 4, records: 1, ofRecords: 4, full: false } });
  return proofOf(readerOf(book, fleet, nowMs, { endOf: () => null }), { seconds, fullUntilMs: null, period: { name: 'd', endsAtMs: nowMs }, writes: { failed: 0, lastError: null, lastWrittenMs: null } }, 'ada', '1.0.0');
}

describe('a proof', () => {
  it('says what share was scanned, and of nothing that left no share', () => {
    expect(proof([]).header).toMatchObject({ by: 'ada', server: '1.0.0', scannedShare: 0.25, residualIsFloor: true, summary: { coverageSeconds: 900, leaking: 1, scanned: { found: 1 } } });
  });
  it('says that what was seen leaving is a floor, source by source and row by row', () => {
    const of = proof([{}]);
    const lines = [...jsonLines(of)].map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ kind }) => kind === 'source')).toMatchObject([{ residualIsFloor: true }]);
    expect(lines.filter(({ kind }) => kind === 'count').map(({ outcome, findingsAre }) => [outcome, findingsAre]).sort()).toEqual([['hidden', 'all'], ['left', 'at least']]);
    expect([...csv(of)].join('')).toMatch(/# residualIsFloor: true\r\n/);
  });
  it('as CSV has no formula and no broken line, whatever names hold', () => {
    const text = [...csv(proof([{ durableId: '=HYPERLINK("x")' }, { durableId: '-1', key: 'a,b\r\nc' }]))].join('');
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(text).toContain(`'-1,`);
    expect(text).toContain('"a,b\r\nc"');
  });
  it('is valid in every line and as OTLP', () => {
    const of = proof([{ key: '"\n' }]);
    expect([...jsonLines(of)].map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(['header', 'source', 'source', 'count', 'count', 'end']);
    expect([...jsonLines(of)].every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(JSON.parse([...otlpJson(of)].join(''))).toMatchObject({ resourceLogs: [{ resource: { attributes: [{ key: 'service.name' }, {}] }, scopeLogs: [{ logRecords: [{ severityText: 'WARN' }, {}, {}, {}, {}] }] }] });
  });
  it('of very many counts sums over longer times instead of leaving some out', () => {
    const book = new RedactionBook((text) => text, () => false);
    let ms = nowMs;
    for (let i = 0; i < 90; i++, ms += 10_000) book.take(Buffer.from(JSON.stringify(redactionReport(ms, { cells: Array.from({ length: 400 }, (_, k) => maskedCell(ms, { key: `k${k}` })) }))), { agent: 1, offsetMs: () => 0 }, ms);
    const of = proofOf(readerOf(book, fleet, ms, { endOf: () => null }), { seconds: 900, fullUntilMs: null, period: { name: 'd', endsAtMs: ms }, writes: { failed: 0, lastError: null, lastWrittenMs: null } }, 'ada', '1');
    expect(of.rows.length).toBeLessThanOrEqual(20_000);
    expect(of.rows.reduce((sum, { count }) => sum + count, 0)).toBe(36_000);
  });
});
