// Text to blocks, over the real parser: places, columns, forms; and every form back to the same plan.
import { describe, expect, it } from 'vitest';
import { languageForTests } from '../kusto/kusto-for-tests.ts';
import type { CompileMode } from '../language.ts';
import { applyEdits, blankBody, formBody, formEdits, insertBlock } from './index.ts';
import type { QueryBlock } from './types.ts';

const kql = await languageForTests();
const blocks = (text: string, mode: CompileMode = 'rule'): readonly QueryBlock[] => kql.blocks(text, mode) ?? [];
const parts = (text: string, mode?: CompileMode): readonly string[] => blocks(text, mode).map(({ kind, keyword, start, end, bodyStart, bodyEnd }) => `${kind} ${keyword} ‹${text.slice(start, end)}› ‹${text.slice(bodyStart, bodyEnd)}›`);
const formOf = (operator: string) => blocks(`Logs | ${operator}`, 'rule')[1]?.form;

describe('places', () => {
  it('finds let, table, operators and sink', () => expect(parts('let a = 1; // one\nLogs\n| where x == a // why\n| invoke sample(0.5)')).toEqual([
    'let let ‹let a = 1;› ‹a = 1›', 'table Logs ‹Logs› ‹Logs›', 'operator where ‹| where x == a› ‹x == a›', 'sink sample ‹| invoke sample(0.5)› ‹sample(0.5)›',
  ]));
  it('takes a union as the table', () => expect(parts('union Logs, Spans | count')).toEqual(['table union ‹union Logs, Spans› ‹Logs, Spans›', 'operator count ‹| count› ‹›']));
  it.each([['a == 1 and b == 2', ['operator where ‹a == 1 and b == 2› ‹a == 1 and b == 2›']], ['| where a == 1', ['operator where ‹| where a == 1› ‹a == 1›']], ['where a | where b', ['operator where ‹where a› ‹a›', 'operator where ‹| where b› ‹b›']]])('has no table for the bare filter %s', (text, found) => expect(parts(text, 'filter')).toEqual(found));
  it('has no blocks for an empty text', () => { expect(kql.blocks('', 'rule')).toEqual([]); expect(kql.blocks('// soon', 'rule')).toEqual([]); });
  it.each(['Logs |', 'Logs | where', 'Logs | where (', 'a == 1', 'Logs; Spans', `Logs | where ${'('.repeat(300)}`])('is null for %s', (text) => expect(kql.blocks(text, 'rule')).toBeNull());
  it('keeps its blocks when only a name is wrong', () => expect(parts('Logs | where nope(1) | invoke nothing()')).toHaveLength(3));
});

describe('columns', () => {
  const names = (text: string, index: number) => blocks(text)[index]?.columns.map(({ name }) => name);
  it('are those before the block', () => expect(names('Logs | summarize n = count() by ServiceName | where n > 1', 2)).toEqual(['ServiceName', 'n']));
  it('leaves out names that are attributes', () => expect(names('Logs | where tier == "web" | count', 2)).not.toContain('tier'));
  it('has a name once an operator made it', () => expect(names('Logs | extend tier = 1 | where tier == 1 | count', 2)).toContain('tier'));
});

describe('forms', () => {
  it('reads clauses', () => expect(formOf('where a == "x" and (Body has "y") and isempty(b) and c in ("u", "v") and d !between (1 .. 2)')).toEqual({ form: 'where', join: 'and', clauses: [
    { left: 'a', operator: '==', right: '"x"' }, { left: 'Body', operator: 'has', right: '"y"' }, { left: 'b', operator: 'isempty', right: '' }, { left: 'c', operator: 'in', right: '("u", "v")' }, { left: 'd', operator: '!between', right: '(1 .. 2)' }] }));
  it('reads groups, and what must not hold', () => expect(formOf('where a == 1 and (b == 2 or c == 3) and not(d == 4) and not(e == 5 or isnull(f))')).toEqual({ form: 'where', join: 'and', clauses: [
    { left: 'a', operator: '==', right: '1' }, { join: 'or', not: false, clauses: [{ left: 'b', operator: '==', right: '2' }, { left: 'c', operator: '==', right: '3' }] },
    { join: 'and', not: true, clauses: [{ left: 'd', operator: '==', right: '4' }] }, { join: 'or', not: true, clauses: [{ left: 'e', operator: '==', right: '5' }, { left: 'f', operator: 'isnull', right: '' }] }] }));
  it('reads `and` inside `or` without brackets as a group', () => expect(formOf('where a == 1 or b == 2 and c == 3')).toMatchObject({ join: 'or', clauses: [{ left: 'a' }, { join: 'and', not: false, clauses: [{ left: 'b' }, { left: 'c' }] }] }));
  it('reads alternatives', () => expect(formOf('where a == 1 or b == 2')).toMatchObject({ join: 'or', clauses: [{ left: 'a' }, { left: 'b' }] }));
  it.each(['where a', 'where not(a)', 'where a == 1 and b', 'sort by a desc nulls first', 'parse kind=regex Body with "a" b', 'where a in (dynamic([1])) or not(b)', 'mv-expand with_itemindex=i Attributes.l', 'summarize a = sum(x) / count()', 'union Spans', 'count'])('leaves %s to text', (operator) => expect(formOf(operator)).toBeNull());
  it('reads summarize', () => expect(formOf('summarize n = count(), sum(tolong(a)) by ServiceName, Q = tostring(x), bin(Timestamp, 10s)')).toEqual({
    form: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: '' }, { name: '', fn: 'sum', args: 'tolong(a)' }], by: [{ name: '', expression: 'ServiceName' }, { name: 'Q', expression: 'tostring(x)' }], window: { column: 'Timestamp', size: '10s' } }));
  it('reads sink arguments by name and place', () => expect(formOf('invoke to_metric("a", unit="ms")')).toEqual({ form: 'sink', sink: 'to_metric', arguments: { name: '"a"', unit: '"ms"' } }));
  it('reads over comments and lines', () => expect(formOf('extend a = 1, // one\n   b = // two\n     2')).toEqual({ form: 'columns', columns: [{ name: 'a', expression: '1' }, { name: 'b', expression: '2' }] }));
  it('says each block in a line', () => expect(blocks('Logs | where a ==\n 1 | extend R = tostring(b), T = c | summarize n = count() by R, bin(Timestamp, 10s) | invoke to_metric("app.n")').map(({ summary }) => summary)).toEqual(['', 'a == 1', 'R, T', 'count() by R per 10 s', 'app.n']));
});

const rules = [
  'let a = 5;\nLogs\n| where EventName == "x" and SeverityNumber > a // why\n| invoke drop()',
  'Logs | where EventName == "x" or Body has "y" | extend Route = tostring(Attributes["http.route"]), a = 1 | summarize n = count(), p = percentile(SeverityNumber, 95) by ServiceName, Route, bin(Timestamp, 10s) | where n > 3 | invoke to_metric("m", unit="1", keep=true)',
  'Spans | where isnotempty(Name) and Kind !in ("a", "b") and Duration between (1s .. 2s) | invoke sample(0.1)',
  'Logs | project-away secret, ["a b"] | project-rename x = y | project-keep Body, Attributes | extend z = 1 | invoke update()',
  'Logs | invoke redact(dynamic(["email", "ipv4"]), "hash")', 'source | where Attributes.a =~ "B" | invoke record("r", tee=true)',
];
const more = [
  'Logs | where EventName == "x" | parse Body with * "k=" v:long " " w | where v > 1 | extend q = w | invoke update()', 'Logs | where a in~ ("x") and Body has_any ("u", "v") and Body !has "z" and isnull(Attributes.q) | invoke drop()',
  'Logs | where a == 1 or b == 2 and c == 3 and not(d == 4 or isnull(Attributes.e)) | invoke drop()', 'Logs | where not(not(a == 1) and (b == 2 or (c == 3 and d == 4))) | invoke drop()',
  'Logs | where EventName == "x" | invoke dedup(1m)', 'Logs | where EventName == "x" | mv-expand i = Attributes.list to typeof(string) limit 5 | summarize n = count() by i, bin(Timestamp, 1m) | invoke to_metric("m")',
];
const queries = ['source | sort by a desc, b asc | top 5 by c asc | take 3', 'source | distinct a, b | count', 'source | order by a | limit 7 | project x = a, b, c + 1'];

describe('a form printed back', () => {
  const columns = ['a', 'b', 'c'].map((name) => ({ name, type: 'long' as const }));
  it.each([...[...rules, ...more].map((text) => [text, { mode: 'rule' as const }] as const), ...queries.map((text) => [text, { mode: 'table' as const, columns }] as const)])('%s', (text, options) => {
    const { mode } = options;
    const { plan } = kql.compile(text, options);
    expect(plan).not.toBeNull();
    for (const block of blocks(text, mode)) {
      if (block.form === null) continue;
      expect(formEdits(text, block, block.form).length === 0 || !formBody(block.form).includes('  ')).toBe(true);
      const replaced = applyEdits(text, [{ start: block.bodyStart, end: block.bodyEnd, text: formBody(block.form) }]);
      expect(kql.compile(replaced, options).plan).toEqual(plan);
      expect(kql.compile(applyEdits(text, formEdits(text, block, block.form)), options).plan).toEqual(plan);
    }
  });
});

describe('a guard', () => {
  it('is one condition', () => expect(blocks('EventName == "a" and since("b") > 200ms', 'guard')).toMatchObject([{ keyword: 'where', start: 0, end: 39, form: { form: 'where', clauses: [{ left: 'EventName' }, { left: 'since("b")', operator: '>', right: '200ms' }] } }]));
  it('of targets has no table either', () => expect(blocks('ServiceName == "frontend"', 'targets')).toMatchObject([{ keyword: 'where', form: { clauses: [{ left: 'ServiceName' }] } }]));
});

describe('a new block', () => {
  const sinkFor = (keyword: string): string => (keyword === 'summarize' ? 'to_metric("m")' : ['extend', 'project', 'project-away', 'project-keep', 'project-rename'].includes(keyword) ? 'update()' : 'sample(0.5)');
  it.each(['where', 'extend', 'project', 'project-away', 'project-keep', 'project-rename', 'summarize', 'parse', 'parse-where', 'mv-expand', 'let'])('compiles in a rule: %s', (keyword) => {
    for (const table of ['Logs', 'Spans', 'Metrics']) {
      const text = keyword === 'mv-expand' ? `${table}\n| summarize n = count() by bin(Timestamp, 1m)\n| invoke to_metric("m")` : `${table}\n| invoke ${sinkFor(keyword)}`;
      const before = blocks(text);
      const added = applyEdits(text, insertBlock(text, before, 1, keyword, blankBody(keyword, before[1]!.columns)));
      expect([added, kql.compile(added, { mode: 'rule' }).diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)]).toEqual([added, []]);
    }
  });
  it.each(['where', 'extend', 'project', 'distinct', 'sort', 'top', 'take', 'count'])('compiles in a query over rows: %s', (keyword) => {
    const columns = [{ name: 'at', type: 'datetime' as const }, { name: 'who', type: 'string' as const }];
    expect(kql.compile(`source | ${keyword} ${blankBody(keyword, columns)}`, { mode: 'table', columns }).plan).not.toBeNull();
  });
  it.each(['where', 'extend', 'summarize'])('compiles behind summarize: %s', (keyword) => {
    const text = 'Logs | summarize n = count() by bin(Timestamp, 1m) | where n > 0';
    const { columns } = blocks(text, 'table').at(-1)!;
    expect(kql.compile(`Logs | summarize n = count() by bin(Timestamp, 1m) | ${keyword === 'summarize' ? 'where' : keyword} ${blankBody(keyword === 'summarize' ? 'where' : keyword, columns)} | invoke to_metric("m")`, { mode: 'rule' }).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  it.each(['drop', 'sample', 'dedup', 'redact', 'record', 'route'])('compiles as a sink: %s', (sink) => expect(kql.compile(`Logs | where EventName == "x" | invoke ${blankBody(sink, [])}`, { mode: 'rule' }).plan).not.toBeNull());
});
