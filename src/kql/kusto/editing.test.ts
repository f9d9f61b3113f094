// Completion, hover, format and tokens as an editor uses them. `¦` is the cursor.
import { describe, expect, it } from 'vitest';
import type { CompileMode, LiveField } from '../language.ts';
import { languageForTests } from './kusto-for-tests.ts';

const kql = await languageForTests();
const fields: readonly LiveField[] = [
  { name: 'http.route', column: 'Attributes', type: 'string', presence: 0.5, distinct: 2, examples: ['/cart', '/a"b'] },
  { name: 'depth', column: 'Attributes', type: 'long', presence: 0.9, distinct: 30, examples: ['1', '2'] },
  { name: 'service.name', column: 'Resource', type: 'string', presence: 1, distinct: 2, examples: ['cart', 'web'] },
  { name: 'EventName', column: 'Record', type: 'string', presence: 1, distinct: 1, examples: ['LogLaunch'] },
];

const at = (marked: string) => ({ text: marked.replace('¦', ''), offset: marked.indexOf('¦') });
function complete(marked: string, mode: CompileMode = 'rule') {
  const { text, offset } = at(marked);
  return kql.complete(text, offset, mode, fields).map((item) => ({ ...item, applied: `${text.slice(0, item.start)}${item.insertText}${text.slice(item.end)}` }));
}
const labels = (marked: string, kind: string, mode?: CompileMode): readonly string[] => complete(marked, mode).filter((item) => item.kind === kind).map(({ label }) => label);
const applied = (marked: string, label: string, mode?: CompileMode): string | undefined => complete(marked, mode).find((item) => item.label === label)?.applied;
const hover = (marked: string, mode: CompileMode = 'rule'): string => { const { text, offset } = at(marked); return kql.hover(text, offset, mode, fields)?.text ?? ''; };

describe('completion', () => {
  it('offers tables first', () => expect(labels('¦', 'table')).toEqual(['Logs', 'Spans', 'Metrics', 'source']));
  it('offers only operators that stream in a rule', () => expect(labels('Logs | ¦', 'operator')).toEqual(['where', 'extend', 'project', 'project-away', 'project-keep', 'project-rename', 'summarize', 'parse', 'parse-where', 'mv-expand', 'union', 'invoke']));
  it('offers only where in a filter', () => expect(labels('Logs | ¦', 'operator', 'filter')).toEqual(['where']));
  it('offers sinks after invoke, with their signature', () => {
    expect(labels('Logs | invoke ¦', 'sink')).toEqual(['drop', 'sample', 'dedup', 'update', 'redact', 'to_metric', 'record', 'route']);
    expect(complete('Logs | invoke to¦').find(({ label }) => label === 'to_metric')).toMatchObject({ detail: 'to_metric(name, [unit], [keep])', insertText: 'to_metric("")', cursor: 11 });
  });
  it('offers columns that are alive, and no others', () => {
    expect(labels('Logs | where ¦', 'column')).toContain('SeverityNumber');
    expect(labels('Logs | summarize n = count() by ServiceName | where ¦', 'column')).toEqual(['n', 'ServiceName']);
    expect(labels('Logs | summarize n = count() by ServiceName | where ¦', 'attribute')).toEqual([]);
  });
  it('offers attributes, the most present first', () => {
    expect(labels('Logs | where ¦', 'attribute')).toEqual(['service.name', 'depth', 'http.route']);
    expect(applied('Logs | where de¦', 'depth')).toBe('Logs | where Attributes["depth"]');
  });
  it('converts attributes where the binder wants it', () => {
    expect(applied('Logs | summarize count() by ¦', 'http.route')).toBe('Logs | summarize count() by tostring(Attributes["http.route"])');
    expect(applied('Logs | summarize sum(¦)', 'depth')).toBe('Logs | summarize sum(tolong(Attributes["depth"]))');
    expect(applied('Logs | project-away ¦', 'http.route')).toBe("Logs | project-away ['http.route']");
  });
  it('offers keys inside a bag and repairs dotted ones', () => {
    expect(applied('Logs | where Attributes.ht¦', 'http.route')).toBe('Logs | where Attributes["http.route"]');
    expect(applied('Logs | where Attributes["ht¦"] == 1', 'http.route')).toBe('Logs | where Attributes["http.route"] == 1');
    expect(labels('Logs | where Resource.¦', 'attribute')).toEqual(['service.name']);
  });
  it.each([
    ['Logs | where EventName == ¦', 'LogLaunch', 'Logs | where EventName == "LogLaunch"'],
    ['Logs | where EventName == "¦"', 'LogLaunch', 'Logs | where EventName == "LogLaunch"'],
    ['Logs | where ServiceName in ("web", "¦', 'cart', 'Logs | where ServiceName in ("web", "cart"'],
    ['Logs | where ServiceName in (¦', 'cart', 'Logs | where ServiceName in ("cart"'],
    ['Logs | where ServiceName !in~ ("web", ca¦)', 'cart', 'Logs | where ServiceName !in~ ("web", "cart")'],
    ['Logs | where EventName != "Lo¦"', 'LogLaunch', 'Logs | where EventName != "LogLaunch"'],
    ['Logs | where EventName has "Lo¦gStop" and depth > 3', 'LogLaunch', 'Logs | where EventName has "LogLaunch" and depth > 3'],
    ['Logs | where EventName has "Lo¦ and depth > 3', 'LogLaunch', 'Logs | where EventName has "LogLaunch" and depth > 3'],
    ["Logs | where Attributes['http.route'] == '¦'", '/a"b', "Logs | where Attributes['http.route'] == '/a\"b'"],
    ['Logs | where Attributes["http.route"] == @"¦"', '/a"b', 'Logs | where Attributes["http.route"] == @"/a""b"'],
    ['Logs | where EventName == Log¦', 'LogLaunch', 'Logs | where EventName == "LogLaunch"'],
    ['Logs | where tolong(Attributes.depth) >= ¦', '1', 'Logs | where tolong(Attributes.depth) >= 1'],
    ['Logs | where depth < 1¦', '2', 'Logs | where depth < 2'],
    ['Logs | where Attributes["http.route"] == ¦', '/a"b', 'Logs | where Attributes["http.route"] == "/a\\"b"'],
    ['Logs | where depth == ¦', '2', 'Logs | where depth == 2'],
  ])('offers values: %s', (marked, label, text) => expect(applied(marked, label)).toBe(text));
  it('inside of quotes replaces what is between them, and nothing else is offered', () => {
    const [value, ...others] = complete('Logs | where EventName == "Lo¦"');
    expect([value?.label, value?.start, value?.end, others.length]).toEqual(['LogLaunch', 27, 29, 0]);
  });
  it('offers detectors', () => { expect(labels('Logs | invoke redact(¦', 'value')).toEqual(['email', 'ipv4', '*']); expect(applied('Logs | invoke redact(dynamic(["email", "¦"]))', 'ipv4')).toBe('Logs | invoke redact(dynamic(["email", "ipv4"]))'); });
  it('completes a bare predicate at its own place', () => expect(applied('SeverityNumber > 3 and Serv¦', 'ServiceName', 'filter')).toBe('SeverityNumber > 3 and ServiceName'));
  it('keeps quiet in comments and unknown strings', () => { expect(complete('Logs // ¦')).toEqual([]); expect(complete('Logs | where Body has "x¦')).toEqual([]); });
  it('offers nothing that does not compile as a function', () => {
    const offered = complete('Logs | extend x = ¦').filter(({ kind }) => kind === 'function');
    expect(offered.length).toBeGreaterThan(100);
    const unknown = offered.filter(({ label }) => kql.compile(`Logs | extend x = ${label}() | invoke update()`, { mode: 'rule' }).diagnostics.some(({ code }) => code === 'KS211' || code === 'weir/function'));
    expect(unknown.map(({ label }) => label)).toEqual([]);
  });
});

describe('functions and aggregates', () => {
  const offers = (marked: string): string => { const kinds = new Set(complete(marked).map(({ kind }) => kind)); return ['aggregate', 'function', 'column'].filter((kind) => kinds.has(kind as never)).join(' '); };
  it.each([
    ['Logs | summarize ¦', 'aggregate function'], ['Logs | summarize N = co¦', 'aggregate function'], ['Logs | summarize N = round(¦', 'aggregate function'], ['Logs | summarize N = sum(¦', 'function column'],
    ['Logs | summarize N = sum(tolong(¦', 'function column'], ['Logs | summarize N = count(), ¦', 'aggregate function'], ['Logs | summarize N = count() by ¦', 'function column'], ['Logs | where ¦', 'function column'], ['Logs | extend a = ¦', 'function column'],
    ['Logs | where a == 1 or ¦', 'function column'], ['Logs | where strlen(¦', 'function column'], ['Logs | project-away ¦', 'column'], ['Logs | ¦', ''], ['Logs | invoke ¦', ''], ['union (Logs | summarize N = ¦', 'aggregate function'],
  ])('%s', (marked, wanted) => expect(offers(marked)).toBe(wanted));
});

describe('jobs as snippets', () => {
  it('are offered in an empty rule only', () => {
    expect(labels('¦', 'snippet').length).toBeGreaterThan(8);
    expect(labels('ch¦', 'snippet')).toContain('chatty log to metric');
    expect(labels('Logs | ¦', 'snippet')).toEqual([]);
    expect(labels('¦', 'snippet', 'filter')).toEqual([]);
  });
  it('compile as they are, and have places to fill in', () => {
    for (const { insertText, template, cursor, label } of complete('¦').filter(({ kind }) => kind === 'snippet')) {
      expect([label, kql.compile(insertText, { mode: 'rule' }).diagnostics.filter(({ severity }) => severity === 'error')]).toEqual([label, []]);
      expect(template).toMatch(/\$\{1:/);
      expect(insertText.slice(0, cursor)).toBe(template!.slice(0, template!.indexOf('${')));
    }
  });
});

describe('columns that the text makes', () => {
  it('are offered although their names were guessed first', () => expect(labels('Logs | parse Body with "user=" who " " * | where ¦', 'column')).toContain('who'));
  it('a bare name that no column has is not', () => expect(labels('Logs | where foo == 1 and ¦', 'column')).not.toContain('foo'));
});

describe('guards and targets', () => {
  it('completes a guard', () => { expect(labels('EventName == "x" and si¦', 'function', 'guard')).toContain('since'); expect(labels('¦', 'attribute', 'guard')).toContain('depth'); });
  it('completes targets from resources only', () => { expect(labels('Serv¦', 'column', 'targets').toSorted()).toEqual(['Agent', 'Resource', 'ServiceName']); expect(labels('¦', 'attribute', 'targets')).toEqual(['service.name']); });
  it('hovers over what only a guard has', () => expect(hover('since("QueueStart") > 3s'.replace('ince', 'in¦ce'), 'guard')).toContain('span of time'));
});

describe('signature help', () => {
  const help = (marked: string, mode: CompileMode = 'rule') => { const { text, offset } = at(marked); const found = kql.signature(text, offset, mode); return found === null ? null : [found.label, found.active === null ? null : found.parameters[found.active]?.label]; };
  it.each([
    ['Logs | invoke sample(¦', ['sample(ratio)', 'ratio']], ['Logs | invoke to_metric("a", ¦', ['to_metric(name, [unit], [keep])', '[unit]']],
    ['Logs | invoke to_metric("a", keep=¦', ['to_metric(name, [unit], [keep])', '[keep]']], ['Logs | invoke redact(dynamic(["email", ¦', ['redact([detectors], [mode])', '[detectors]']],
    ['Logs | invoke dedup(10s, ¦)', ['dedup(window, [key])', '[key]']], ['Logs | where strcat("a", tolower(EventName), ¦', ['strcat(value, …)', '…']],
    ['Logs | where substring(EventName, 0, ¦', ['substring(text, start, [length])', '[length]']], ['Logs | summarize percentile(Duration, ¦', ['percentile(value, share)', 'share']],
    ['Logs | where substring(EventName, indexof(EventName, ","¦', ['indexof(text, part, [start], [length], [occurrence])', 'part']], ['Logs | where abs(1, 2, ¦', ['abs(number)', null]],
    ['Logs | where (a == 1 and ¦', null], ['Logs | where f(¦', null], ['Logs | where strlen(EventName) > 1 | extend ¦', null], ['Logs | where EventName == "strlen(¦', null],
  ] as const)('%s', (marked, wanted) => expect(help(marked)).toEqual(wanted));
  it('knows since() in guards only', () => { expect(help('since(¦', 'guard')).toEqual(['since(event_name)', 'event_name']); expect(help('Logs | where since(¦')).toBeNull(); });
});

describe('hover', () => {
  it.each([
    ['Logs | where EventN¦ame == "x"', 'EventName'], ['Logs | where de¦pth > 3', 'long, 90 % of records'], ['Logs | where Attributes["http.ro¦ute"] has "x"', '`/cart`'],
    ['Logs | where fo¦o == 1', 'Attributes["foo"]'], ['Logs | invoke to_m¦etric("x")', 'default `false`'], ['Lo¦gs', 'Columns:'], ['Logs | extend a = tol¦ower(Body)', 'lower case'],
    ['Logs | tak¦e 3', 'Not in rules'], ['Logs | summarize n = count() by ServiceName | where n¦ > 3', 'n: long'], ['Logs | where Body h¦as "x"', 'term'],
  ])('%s', (marked, said) => expect(hover(marked)).toContain(said));
  it('works in a bare predicate', () => expect(hover('Sever¦ityNumber > 3', 'filter')).toContain('int'));
  it('says nothing about nothing', () => expect(hover('Logs ¦ | take 3')).toBe(''));
});

describe('format', () => {
  it('puts one operator on a line and keeps comments', () => expect(kql.format('Logs|where a==1 // why\n|invoke sample( 0.5 )')).toBe('Logs\n| where a == 1 // why\n| invoke sample(0.5)'));
  it('leaves a text that does not parse alone', () => expect(kql.format('Logs | where (')).toBe('Logs | where ('));
  it('keeps a bare predicate bare', () => expect(kql.format('a==1 and  b==2', 'filter')).toBe('a == 1 and b == 2'));
});

describe('tokens', () => {
  const shown = (text: string, mode: CompileMode): string => kql.tokens(text, mode).map(({ start, end, kind }) => `${text.slice(start, end)}:${kind}`).join(' ');
  it('classifies a rule', () => expect(shown('Logs | where foo has "x" | invoke sample(0.5) // c', 'rule')).toBe('Logs:table |:punctuation where:keyword foo:column has:operator "x":string |:punctuation invoke:keyword sample:sink (:punctuation 0.5:number ):punctuation // c:comment'));
  it('classifies a bare predicate', () => expect(shown('SeverityNumber >= 9', 'filter')).toBe('SeverityNumber:column >=:operator 9:number'));
});
