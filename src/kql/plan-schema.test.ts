// Plans from outside: what the compiler makes is let in as it is, what is broken or hostile is named and kept out.
import { describe, expect, it } from 'vitest';
import { languageForTests } from './kusto/kusto-for-tests.ts';
import { parsePlan, planLimits, type Expr } from './index.ts';

const kql = await languageForTests();
const good = kql.compile('Logs | where Attributes["a"] == 1 and Timestamp > ago(1h) | summarize N = count() by ServiceName, bin(Timestamp, 10s) | invoke to_metric("n")', { mode: 'rule' }).plan!;
const codeOf = (input: unknown): string => { const result = parsePlan(input); return result.ok ? 'ok' : result.error.code; };
const nested = (depth: number): Expr => { let expr: Expr = { k: 'column', type: 'bool', name: 'x' }; for (let i = 0; i < depth; i++) expr = { k: 'call', type: 'bool', fn: 'not', args: [expr] }; return expr; };
const where = (predicate: unknown) => ({ ...good, operators: [{ op: 'where', predicate }] });

describe('parsePlan', () => {
  it('lets a compiled plan through JSON unchanged', () => expect(parsePlan(JSON.parse(JSON.stringify(good)))).toEqual({ ok: true, value: good }));
  it.each([[null], [42], ['{}'], [[]], [{}], [{ ...good, table: 'Users' }], [{ ...good, operators: [{ op: 'join' }] }], [{ ...good, sink: { sink: 'sample', ratio: 0 } }], [{ ...good, sink: { sink: 'exec', command: 'rm' } }]])('refuses %j', (input) => expect(codeOf(input)).toBe('plan.invalid'));
  it('names the place of the fault', () => {
    const result = parsePlan(where({ k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'texty', name: 'x' }] }));
    expect(result.ok ? '' : result.error.message).toContain('operators.0.predicate.args.0.type');
  });
  it.each([['datetime', 'soon'], ['bool', 1], ['real', 'NaN'], ['string', 5]] as const)('refuses a %s of %j', (type, value) => expect(codeOf(where({ k: 'literal', type, value }))).toBe('plan.invalid'));
  it('says when a plan is of another version', () => { expect(codeOf({ ...good, version: 3 })).toBe('plan.version'); expect(codeOf({ ...good, version: 0 })).toBe('plan.version'); });
  it('reads version 1 as version 2', () => expect(parsePlan({ ...good, version: 1 })).toEqual({ ok: true, value: good }));
  it.each([
    'Logs | parse kind=regex flags=i Body with "a" x:long * "b" | where x > 1 | invoke dedup(10s, dynamic(["x", "ServiceName"]))',
    'Logs | where a == 1 | union kind=inner withsource=S (Spans | where b == 2), Metrics | invoke route("a")',
    'Logs | mv-expand with_itemindex=i l = Attributes.l to typeof(long) limit 5 | summarize S = sum(l) by bin(Timestamp, 10s) | invoke to_metric("n")',
  ])('lets through %s', (text) => { const { plan } = kql.compile(text, { mode: 'rule' }); expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual({ ok: true, value: plan }); });
  const union = (inputs: unknown) => ({ ...good, sink: null, operators: [{ op: 'union', kind: 'outer', inputs, sourceColumn: null }] });
  const deepUnion = (depth: number): unknown => (depth === 0 ? { table: 'Spans', operators: [] } : { table: 'Logs', operators: [{ op: 'union', kind: 'outer', inputs: [deepUnion(depth - 1)], sourceColumn: null }] });
  it.each([
    ['a sub-query of no table', union([{ table: 'Users', operators: [] }]), 'plan.invalid'], ['a union of nothing', union([]), 'plan.invalid'], ['a broken operator in a sub-query', union([{ table: 'Logs', operators: [{ op: 'join' }] }]), 'plan.invalid'],
    ['unions within bounds', union([deepUnion(planLimits.maxUnionDepth - 1)]), 'ok'], ['unions in unions without end', union([deepUnion(planLimits.maxUnionDepth)]), 'plan.too-large'],
    ['more operators in all than one pipe may have', union(Array.from({ length: 3 }, () => ({ table: 'Logs', operators: Array.from({ length: 100 }, () => ({ op: 'count' })) }))), 'plan.too-large'],
    ['flags that are none', { ...good, sink: null, operators: [{ op: 'parse', source: nested(0), mode: 'regex', flags: 'x', parts: [{ part: 'skip' }], keepOnlyParsed: false }] }, 'plan.invalid'],
    ['a function that objects have of their own', where({ k: 'call', type: 'bool', fn: '__proto__', args: [nested(0), nested(0)] }), 'plan.invalid'],
    ['a window that is no number', { ...good, operators: [], sink: { sink: 'dedup', windowNanos: 'x', key: [] } }, 'plan.invalid'], ['a window of nothing', { ...good, operators: [], sink: { sink: 'dedup', windowNanos: '0', key: [] } }, 'plan.invalid'], ['a window', { ...good, operators: [], sink: { sink: 'dedup', windowNanos: '1000000', key: ['ServiceName'] } }, 'ok'],
  ])('%s', (_, input, code) => expect(codeOf(input)).toBe(code));
  it('takes deep nesting up to the bound and refuses what is beyond it', () => {
    expect(codeOf(where(nested(planLimits.maxDepth - 1)))).toBe('ok');
    expect(codeOf(where(nested(100_000)))).toBe('plan.too-large');
  });
  it('refuses a plan that is too large', () => expect(codeOf(where({ k: 'call', type: 'bool', fn: 'in', args: Array.from({ length: 200_000 }, () => nested(0)) }))).toBe('plan.too-large'));
});
