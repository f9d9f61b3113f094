import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costReport, everythingElse, paidByRecord, startingPrices, type MeasuredEvent } from '../../../cost/index.ts';
import type { CostBy, Saving } from '../../../model/index.ts';
import { draftOf, readDraft, cellKey, takenOver } from './prices/price-form.ts';
import { reportCsv } from './report/copy-rows.ts';
import { inOrder, paretoWords, shownRows } from './report/rows.ts';
import { restKey, rowKeyOf, treemapNodes } from './report/treemap-nodes.ts';
import { fieldMoney } from './row/field-money.ts';
import { tailOf } from './row/where-to.ts';
import { whyOf } from './row/why.ts';
import { formatMoney } from '../../ui/index.ts';
import { savedInAll, verdictOf } from './words/agreement.ts';

const event = (id: string, recordsPerSecond: number, patch: Partial<MeasuredEvent> = {}): MeasuredEvent => {
  const received = { recordsPerSecond, bytesPerSecond: recordsPerSecond * 200 };
  return { signal: 'logs', service: 'shop', id, source: 'event-name', label: id, sourceLine: null, overSeconds: 60, received, removed: { recordsPerSecond: 0, bytesPerSecond: 0 }, severities: [{ severity: 9, rate: received }], versions: [{ version: '1.0', rate: received }], looked: 100, fields: [], series: null, users: [], unreadSince: null, ...patch };
};
const reportOf = (events: readonly MeasuredEvent[], by: CostBy = 'event', limit = 100) => costReport(events, startingPrices, { by, atUnixMs: 0, overSeconds: 60, limit });
const chatty = [event('a', 90), event('b', 5, { service: 'cart' }), event('c', 3), event('d', 2)];

describe('rows', () => {
  test('carry the share of all before them, also when only some are found', () => {
    const rows = shownRows(reportOf(chatty), 'SHOP c');
    expect(rows.map(({ row, rank }) => [row.label, rank])).toEqual([['c', 3]]);
    expect(rows[0]?.cumulative).toBeCloseTo(0.98);
    expect(paretoWords(reportOf(chatty), 'event', 'events')).toBe('1 of 4 events is 80 % of the money');
  });
  test('hold their order while a person points, new ones last', () => {
    const rows = shownRows(reportOf(chatty), '');
    const keys = rows.map(({ row }) => row.key);
    expect(inOrder(rows, [keys[2]!, keys[0]!]).map(({ row }) => row.label)).toEqual(['c', 'a', 'b', 'd']);
  });
  test('go out as CSV that no spreadsheet runs', () => {
    const lines = reportCsv(reportOf([event('=cmd()', 1), event('say "hi", all', 0.5)])).split('\r\n');
    expect(lines[1]).toMatch(/^'=cmd\(\),logs,shop,/);
    expect(lines[2]).toMatch(/^"say ""hi"", all",logs/);
  });
});

describe('the treemap', () => {
  const areas = fc.array(fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), rate: fc.double({ min: 0.1, max: 1000, noNaN: true }), service: fc.constantFrom('a', 'b', '') }), { minLength: 1, maxLength: 90 });
  test('is all of the money, however many rows there are', () => {
    fc.assert(fc.property(areas, fc.integer({ min: 1, max: 50 }), (made, limit) => {
      const report = reportOf(made.map(({ id, rate, service }, i) => event(`${id}${i}`, rate, { service })), 'event', limit);
      const sum = treemapNodes(report).reduce((all, { value }) => all + value, 0);
      expect(Math.abs(sum - report.totalPerMonth)).toBeLessThan(1e-6 * report.totalPerMonth);
    }));
  });
  test('nests events in their service, and says what it leaves out', () => {
    const nodes = treemapNodes(reportOf(chatty, 'event', 2));
    expect(nodes.map(({ label, children }) => [label, children?.map((child) => child.label)])).toEqual([['shop', ['a']], ['cart', ['b']], ['others', undefined]]);
    expect(nodes.at(-1)).toMatchObject({ key: restKey, quiet: true });
  });
  test('has the fields of each event innermost, all of its money, and each leads to its row', () => {
    const payload = { place: 'attribute', key: 'payload', meanBytes: 150, share: 0.75, presence: 1, maxBytes: 150, distinct: 9, isText: true } as const;
    const report = reportOf([event('a', 90, { fields: [payload] }), event('b', 5)]);
    const a = treemapNodes(report)[0]!.children![0]!;
    expect(a.children?.map(({ label, quiet }) => [label, quiet])).toEqual([[paidByRecord, false], ['payload', false], [everythingElse, true]]);
    expect(a.children!.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(a.value, 9);
    for (const { key } of a.children!) expect(rowKeyOf(key)).toBe(report.rows[0]!.key);
  });
});

describe('why a row costs that', () => {
  const field = { place: 'attribute', key: 'session.id', meanBytes: 50, share: 0.25, presence: 1, maxBytes: 50, distinct: 9, isText: true } as const;
  test('says records, bytes and what no field is to blame for', () => {
    const [row] = reportOf([event('a', 100)]).rows;
    expect(whyOf(row!, startingPrices).join(' ')).toMatch(/GB a month taken in, at 0\.50 USD a GB.*million records a month, at 1\.00 USD/);
    const fields = reportOf([event('a', 100, { fields: [field] })], 'field').rows;
    expect(fields.map(({ key }) => key).filter((key) => key === everythingElse || key === paidByRecord).length).toBe(2);
    for (const one of fields) expect(whyOf(one, startingPrices).length).toBeGreaterThan(0);
  });
  test('counts the series of a metric', () => {
    const [row] = reportOf([event('m', 10, { signal: 'metrics', series: 50, severities: [] })]).rows;
    expect(whyOf(row!, startingPrices)).toEqual(['At least 50 active series (one attribute has so many values; together they may make more), at 0.02 USD a series and month: 1.00 USD.']);
  });
  test('parts the money among fields, and none is lost', () => {
    const [row] = reportOf([event('a', 100)]).rows;
    const seen = { key: 'session.id', place: 'attribute', types: {}, bytes: 1, distinct: 9, examples: [], maxBytes: 9, presence: 1, firstSeenAt: '', lastSeenAt: '', share: 0.25 } as const;
    for (const share of [0.25, 3]) {
      const parts = fieldMoney(row!, { fieldRows: [{ ...seen, examples: [], share }] }, startingPrices);
      expect(parts.reduce((sum, { perMonth }) => sum + perMonth, 0)).toBeCloseTo(row!.perMonth, 9);
    }
  });
});

test('every kind of row leads to its own records', () => {
  const q = (by: CostBy, patch: Partial<MeasuredEvent> = {}) => tailOf(reportOf([event('say "x"', 1, patch)], by).rows[0]!, by)?.q;
  expect(q('event')).toBe('event("say \\"x\\"") and ServiceName == "shop"');
  expect(q('event', { source: 'folded' })).toBeUndefined();
  expect(q('service')).toBe('ServiceName == "shop"');
  expect(q('version')).toContain('Resource["service.version"] == "1.0"');
  expect(q('severity')).toBe('SeverityNumber between (9 .. 12)');
  expect(tailOf(reportOf([event('a', 9, { removed: { recordsPerSecond: 4, bytesPerSecond: 9 } })]).rows[0]!, 'event')?.stage).toBe('in');
});

describe('measured beside predicted', () => {
  const saving = (patch: Partial<Saving>): Saving => ({ ruleId: 'r', ruleName: 'r', suggestionId: 's', kind: 'to-metric', deployedAt: null, state: 'deployed', predictedPerMonth: 130, predictedBytesPerSecond: 7, atTrafficPerMonth: 100, atTrafficBytesPerSecond: 5, measuredPerMonth: 95, measuredBytesPerSecond: 5, measuredRecordsPerSecond: 1, measuredSeconds: 300, agreement: 0.95, ...patch });
  test('agrees within a tenth', () => {
    expect([0.9, 1.1, 0.89, 1.2].map((agreement) => verdictOf(saving({ agreement })).says)).toEqual(['agrees', 'agrees', 'less', 'more']);
    expect(verdictOf(saving({ measuredPerMonth: null, agreement: null, measuredSeconds: 4 }))).toEqual({ says: 'measuring', secondsLeft: 56 });
    expect(verdictOf(saving({ agreement: 0.68, measuredSeconds: 25 }))).toEqual({ says: 'measuring', secondsLeft: 35 });
    expect(verdictOf(saving({ state: 'draft' })).says).toBe('not-running');
    expect(verdictOf(saving({ agreement: null, predictedPerMonth: null, predictedBytesPerSecond: null, atTrafficPerMonth: null })).says).toBe('not-predicted');
    expect(verdictOf(saving({ agreement: null, atTrafficPerMonth: 0 })).says).toBe('silent');
    expect(verdictOf(saving({ agreement: null, atTrafficPerMonth: null })).says).toBe('no-traffic-known');
  });
  test('only what runs is summed', () => {
    expect(savedInAll([saving({}), saving({ state: 'disabled' }), saving({ measuredPerMonth: null })])).toEqual({ measured: 95, compared: { measured: 95, predicted: 100 }, measuring: 1 });
    expect(savedInAll([saving({ measuredPerMonth: 1000, atTrafficPerMonth: null }), saving({ measuredPerMonth: 10, atTrafficPerMonth: 10 })])).toEqual({ measured: 1010, compared: { measured: 10, predicted: 10 }, measuring: 0 });
  });
});

describe('the price table as typed', () => {
  test('comes back as it was; empty is not billed', () => {
    expect(readDraft(draftOf(startingPrices))).toEqual({ prices: startingPrices, errors: {} });
    const draft = draftOf(startingPrices);
    const typed = readDraft({ ...draft, cells: { ...draft.cells, [cellKey('logs', 'perGb')]: '', [cellKey('spans', 'perGb')]: ' 0,25 ' } }).prices;
    expect([typed?.logs.perGb, typed?.spans.perGb]).toEqual([null, 0.25]);
  });
  test.each([['1,000', null], ['12,500', null], ['0x10', null], ['-1', null], ['Infinity', null], ['1e10', null], ['1e-7', 1e-7], ['.5', 0.5], ['0,125', 0.125], ['1,5', 1.5], ['1000', 1000]] as const)('%s is %s', (text, value) => {
    const draft = draftOf(startingPrices);
    expect(readDraft({ ...draft, perSeriesMonth: text }).prices?.perSeriesMonth ?? null).toBe(value);
  });
  test('says which field is wrong', () => {
    const draft = draftOf(startingPrices);
    const { prices, errors } = readDraft({ ...draft, currency: ' ', cells: { ...draft.cells, [cellKey('logs', 'perGb')]: '-1', [cellKey('logs', 'retentionDays')]: '1.5' } });
    expect([prices, Object.keys(errors).toSorted()]).toEqual([null, ['currency', 'logs perGb', 'logs retentionDays']]);
  });
});

test('money is short and honest', () => {
  expect([0, 12.3, 1239.6, -0.5, 0.00421].map(formatMoney)).toEqual(['0.00', '12.30', '1,240', '−0.50', '0.00421']);
});

test('prices that somebody else saved meanwhile come in, but for what was typed here', () => {
  const base = draftOf(startingPrices);
  const typed = { ...base, currency: 'CHF', cells: { ...base.cells, [cellKey('logs', 'perGb')]: '9' } };
  const latest = draftOf({ ...startingPrices, currency: 'EUR', note: 'ours', spans: { ...startingPrices.spans, perGb: 3 } });
  expect(takenOver(typed, base, latest)).toEqual({ ...latest, currency: 'CHF', cells: { ...latest.cells, [cellKey('logs', 'perGb')]: '9' } });
  expect(takenOver(base, base, latest)).toEqual(latest);
});
