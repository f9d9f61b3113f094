// Texts that no person writes: each is refused with a reason, or compiled; none hangs and none throws.
import { describe, expect, it } from 'vitest';
import { languageForTests } from './kusto-for-tests.ts';

const kql = await languageForTests();
const many = (count: number, text: (i: number) => string, between = ''): string => Array.from({ length: count }, (_, i) => text(i)).join(between);
const codes = (text: string, mode: 'rule' | 'table' | 'filter' = 'rule'): readonly string[] => { const { diagnostics, plan } = kql.compile(text, { mode }); return plan === null ? [...new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code))] : ['ok']; };

describe('size', () => {
  it.each([
    ['a literal of 1 MB', `Logs | where Body == "${'x'.repeat(1_000_000)}" | invoke drop()`, 'weir/too-long'],
    ['a literal of 60,000 characters', `Logs | where Body == "${'x'.repeat(60_000)}" | invoke drop()`, 'ok'],
    ['30,000 words', 'a '.repeat(30_000), 'weir/too-long'],
    ['a list of 5,000', `Logs | where EventName in (${many(5000, (i) => `"${i}"`, ', ')}) | invoke drop()`, 'ok'],
    ['a chain of 450', `Logs | where ${many(450, (i) => `EventName == "${i}"`, ' or ')} | invoke drop()`, 'weir/too-large'],
    ['1,000 signs', `Logs | where ${'-'.repeat(1000)}1 > 3 | invoke drop()`, 'weir/too-deep'],
    ['1,000 nots', `Logs | where ${'not '.repeat(1000)}a | invoke drop()`, 'weir/too-deep'],
    ['1,000 brackets', `Logs | where ${'('.repeat(1000)}a${')'.repeat(1000)} | invoke drop()`, 'weir/too-deep'],
    ['250 operators', `Logs ${'| where a == 1 '.repeat(250)}| invoke drop()`, 'weir/too-large'],
  ])('%s', (_, text, wanted) => expect(codes(text)).toEqual([wanted]));
  it('a long chain of a kind that the parser itself refuses', () => expect(codes(`Logs | where 1${'+1'.repeat(5000)} > 3 | invoke drop()`)).toEqual(['KS245']));
});

describe('let that grows', () => {
  it('by functions', () => expect(codes(`let f1 = (x:long) { x + x }; ${many(24, (i) => `let f${i + 2} = (x:long) { f${i + 1}(x) + f${i + 1}(x) };`)} Logs | where f25(SeverityNumber) > 3 | invoke drop()`)).toEqual(['weir/too-large']));
  it('by tables piped into one another, which the parser itself would take minutes for', () => expect(codes(`let t0 = Logs; ${many(30, (i) => `let t${i + 1} = (t${i} | union t${i});`)} t30 | invoke drop()`)).toEqual(['weir/too-large']));
  it('by tables inside a function', () => expect(codes(`let f = () { let t0 = Logs; ${many(30, (i) => `let t${i + 1} = (t${i} | union t${i});`)} t30 }; f() | invoke drop()`)).toEqual(['weir/too-large']));
  it('not by one that stands in many places', () => expect(codes(`let n = 3; Logs | where SeverityNumber in (${many(1000, () => 'n', ', ')}) | invoke drop()`)).toEqual(['ok']));
  it('by tables', () => expect(codes(`let t0 = source; ${many(24, (i) => `let t${i + 1} = union t${i}, t${i};`)} t24`, 'table')).toEqual(['weir/too-large']));
});

it('answers nothing about a text that it does not read', () => {
  const text = `Logs | where Body == "${'x'.repeat(70_000)}"`;
  expect([kql.complete(text, 7, 'rule'), kql.hover(text, 3, 'rule'), kql.tokens(text, 'rule'), kql.signature(text, 20, 'rule'), kql.format(text) === text, kql.blocks(text, 'rule')]).toEqual([[], null, [], null, true, null]);
});

it('survives a construct on which the library itself fails', () => {
  const text = 'Logs | graph-match (a) where 1';
  expect(kql.compile(text, { mode: 'rule' }).diagnostics).toMatchObject([{ code: 'weir/operator', start: 7, end: 18 }]);
  expect([kql.complete(text, text.length, 'rule'), kql.hover(text, 25, 'rule'), kql.tokens(text, 'rule'), kql.format(text)]).toEqual([[], null, [], text]);
});
