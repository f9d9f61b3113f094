import { describe, expect, it } from 'vitest';
import type { CanaryRun } from '../../../model/index.ts';
import { RedactionBook } from '../book/book.ts';
import { leakedCell, maskedCell, redactionReport } from '../../testing/redaction.ts';
import { csv, jsonLines } from './lines.ts';
import { otlpJson } from './otlp.ts';
import { readerOf } from '../views/reader.ts';
import { proofOf } from './proof.ts';

const nowMs = Date.parse('2027-01-15T08:00:00Z');
const fleet = { all: [{ no: 1, id: 'a', name: 'web-1', connected: true, lastSeenAt: new Date(nowMs).toISOString() }], find: (no: number) => fleet.all.find((agent) => agent.no === no) ?? null };

const run: CanaryRun = { id: 'run0', startedAt: new Date(nowMs - 60_000).toISOString(), finishedAt: new Date(nowMs - 59_000).toISOString(), by: 'ada', agents: [{ id: 'a', name: 'web-1', state: 'done', problem: null, probes: [{ input: 'otlp', output: 'tail', signal: 'logs', place: 'body', detector: 'github-token', outcome: 'leaked', rule: null }] }] };

function proof(cells: readonly Partial<ReturnType<typeof maskedCell>>[], { seconds = 900, canary = null, scan = false }: { readonly seconds?: number; readonly canary?: CanaryRun | null; readonly scan?: boolean } = {}) {
  const book = new RedactionBook((text) => text, () => false);
  if (scan) book.fullScans.begin({ fromMs: nowMs - 2000, toMs: nowMs, by: 'ada', agents: [1] });
  const take = (more: object) => book.take(Buffer.from(JSON.stringify(redactionReport(nowMs, more))), { agent: 1, offsetMs: () => 0 }, nowMs);
  take({ cells: cells.map((more) => maskedCell(nowMs, more)), residual: [leakedCell(nowMs)], scanned: { bytes: 1, ofBytes: 4, records: 1, ofRecords: 4, full: false } });
  return proofOf(readerOf(book, fleet, nowMs, { endOf: () => null }), { seconds, fullUntilMs: null, canary, period: { name: 'd', endsAtMs: nowMs }, writes: { failed: 0, lastError: null, lastWrittenMs: null } }, 'ada', '1.0.0');
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
  it('names its range, the full scans and the canary run in every form', () => {
    const of = proof([{}], { scan: true, canary: run });
    const lines = [...jsonLines(of)].map((line) => JSON.parse(line) as Record<string, unknown>);
    const table = [...csv(of)].join('');
    const { resourceLogs } = JSON.parse([...otlpJson(of)].join('')) as { resourceLogs: { scopeLogs: { logRecords: { eventName: string; body: { stringValue: string }; attributes: { key: string; value: { stringValue: string } }[] }[] }[] }[] };
    const records = resourceLogs[0]!.scopeLogs[0]!.logRecords;
    const { range } = of.header;
    expect(range).toEqual({ seconds: 900, from: '2027-01-15T07:45:00.000Z', to: '2027-01-15T08:00:00.000Z', bucketMs: 10_000 });
    expect(lines[0]).toMatchObject({ range });
    expect(table).toContain(`# range: ${JSON.stringify(range)}\r\n`);
    expect(JSON.parse(records[0]!.attributes.find(({ key }) => key === 'weir.redaction.header')!.value.stringValue)).toMatchObject({ range });
    const scan = '2027-01-15T07:59:58.000Z to 2027-01-15T08:00:00.000Z, 0 of 0 records scanned, 1 found, by ada, on no agent, not all of web-1';
    expect(lines[1]).toMatchObject({ kind: 'full-scan', from: '2027-01-15T07:59:58.000Z', found: 1, missing: ['web-1'] });
    expect(table).toContain(`# fullScan: ${scan}\r\n`);
    expect(records[1]).toMatchObject({ eventName: 'weir.redaction.full_scan', severityText: 'WARN', body: { stringValue: scan } });
    expect(lines[2]).toEqual({ kind: 'canary', ...run });
    expect(table).toContain(`# canary: ${JSON.stringify(run)}\r\n`);
    expect(records[2]).toMatchObject({ eventName: 'weir.redaction.canary', severityText: 'WARN' });
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
    const of = proofOf(readerOf(book, fleet, ms, { endOf: () => null }), { seconds: 900, fullUntilMs: null, canary: null, period: { name: 'd', endsAtMs: ms }, writes: { failed: 0, lastError: null, lastWrittenMs: null } }, 'ada', '1');
    expect(of.rows.length).toBeLessThanOrEqual(20_000);
    expect(of.rows.reduce((sum, { count }) => sum + count, 0)).toBe(36_000);
  });
});
