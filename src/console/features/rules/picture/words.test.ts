// The pure parts: quoting, lists, comparisons, fields, band widths.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapted, comparisonsFor } from './comparisons.ts';
import { choiceOf, fieldChoices } from './fields.ts';
import { bandBox, bandPath, bandWidth, differenceWords, flowWords, lineWords } from './flow.ts';
import { ruleNameFor } from '../draft/index.ts';
import { kindOf, listItems, listText, rangeEnds, shown, toKql } from './values.ts';
import { sinkChoices, stepsOf, wordsOf } from './words.ts';

describe('values', () => {
  it('quotes any text so that it comes back', () => fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (typed) => { const said = toKql(typed, 'text'); expect(kindOf(said, 'string')).toBe('text'); expect(shown(said, 'text')).toBe(typed); })));
  it('leaves numbers and expressions, and makes a date a datetime', () => { expect(toKql(' 12 ', 'value')).toBe('12'); expect(toKql('2026-03-12', 'value')).toBe('datetime(2026-03-12)'); expect(kindOf('tolong(x)', 'string')).toBe('value'); });
  it('reads lists and ranges', () => { expect(listItems('("a, b", 2)')).toEqual(['"a, b"', '2']); expect(listItems('dynamic([1])')).toBeNull(); expect(listItems('()')).toEqual([]); expect(rangeEnds('(1 .. now() - 1h)')).toEqual(['1', 'now() - 1h']); expect(listText(['1', '2'])).toBe('(1, 2)'); });
});

describe('first names', () => {
  it.each([['Logs | where EventName == "LogLaunch" | summarize n = count() by bin(Timestamp, 10s) | invoke to_metric("m")', 'log-launch-to-metric'], ['Spans | where Name == "GET /a"\n| invoke sample(0.1)', 'sample-get-a'], ['Logs | invoke drop()', 'drop-records'], ['Logs | where a == 1', null], ['Logs | invoke nope()', null]])('%s', (kql, wanted) => expect(ruleNameFor(kql)).toBe(wanted));
  it('of a sink come with what it is called with', () => expect(sinkChoices.map(({ code }) => code)).toContain('to_metric(name, unit, keep)'));
});

describe('comparisons', () => {
  it('fit the type, and keep the one in hand', () => {
    expect(comparisonsFor('long', '==').map(({ sign }) => sign)).toEqual(['==', '!=', '>', '>=', '<', '<=', 'between', '!between', 'in', '!in', 'isnull', 'isnotnull']);
    expect(comparisonsFor('string', 'has_cs').at(-1)).toMatchObject({ sign: 'has_cs', words: 'has, case-sensitive' });
  });
  it.each([['"a"', '==', 'in', '("a")'], ['("a", "b")', 'in', '==', '"a"'], ['5', '>', 'between', '(5 .. )'], ['5', '>', 'isnull', ''], ['(5 .. 6)', 'between', '<', '5']])('%s from %s to %s', (right, from, to, wanted) => expect(adapted(right, from, to)).toBe(wanted));
});

describe('fields', () => {
  const columns = [{ name: 'EventName', type: 'string' as const }, { name: 'Attributes', type: 'dynamic' as const }];
  const live = [{ name: 'http.route', column: 'Attributes' as const, type: 'string', presence: 0.5, distinct: 2, examples: ['/a', 'x••••'] }, { name: 'host', column: 'Resource' as const, type: 'string', presence: 1, distinct: 1, examples: [] }];
  it('offers attributes only while their bag is there, and what was seen before what was not', () => { expect(fieldChoices(columns, live, 'compare').map(({ label, group }) => [label, group])).toEqual([['http.route', 'In the records now'], ['EventName', 'Columns that every record can have'], ['Attributes', 'Columns that every record can have']]); expect(fieldChoices(columns.slice(0, 1), live, 'compare')).toHaveLength(1); });
  it('put what tells events apart first, then what the records carry', () => {
    const event = { name: 'EventName', column: 'Record' as const, type: 'string', presence: 0.9, distinct: 2, examples: ['LogLaunch'] };
    expect(fieldChoices([...columns, { name: 'Body', type: 'dynamic' as const }], [...live, event], 'compare').map(({ label }) => label)).toEqual(['EventName', 'http.route', 'Attributes', 'Body']);
    expect(fieldChoices(columns, [], 'compare').map(({ label, group }) => [label, group])).toEqual([['EventName', ''], ['Attributes', '']]);
  });
  it('knows a field however it is spelled', () => { for (const kql of ['Attributes["http.route"]', "Attributes['http.route']", 'tostring(Attributes["http.route"])']) expect(choiceOf(kql, fieldChoices(columns, live, 'compare'))?.label).toBe('http.route'); });
  it('says type, presence and examples, and compares with no masked value', () => expect(fieldChoices(columns, live, 'name')[0]).toMatchObject({ kql: "['http.route']", detail: 'string, in 50 %: /a, x••••', examples: ['/a'] }));
});

describe('rates', () => {
  const flow = [{ in: 1000, out: 1000 }, { in: 1000, out: 100 }, { in: 100, out: 2 }];
  it('are widths in proportion', () => { expect(bandWidth(1000, flow)).toBe(bandBox.width); expect(bandWidth(100, flow)).toBeCloseTo(bandBox.width / 10); expect(bandWidth(0, flow)).toBe(1); expect(bandPath(flow, 2)).toBeNull(); });
  it('are said', () => {
    expect(flowWords({ kind: 'operator', keyword: 'where' }, flow[1]!)).toEqual({ rate: '100/s', note: '10.0 % match' });
    expect(differenceWords({ kind: 'operator', keyword: 'where' }, flow[1]!, true)).toBe('900/s pass untouched');
    expect(differenceWords({ kind: 'operator', keyword: 'summarize' }, flow[2]!, true)).toBe('100 → 2 rows');
  });
  it('counts lines from one', () => { expect(lineWords('a\nb\nc', 2, 3)).toBe('line 2'); expect(lineWords('a\nb\nc', 2, 5)).toBe('lines 2–3'); });
});

describe('words', () => {
  it('has plain words for every step and sink', () => {
    for (const { title, keyword, line } of [...stepsOf('rule'), ...stepsOf('table'), ...sinkChoices]) { expect(title).not.toBe(keyword); expect(line.length).toBeGreaterThan(5); }
    expect(wordsOf('operator', 'filter').title).toBe(wordsOf('operator', 'where').title);
  });
});
