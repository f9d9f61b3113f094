// A Plan printed and compiled again is the same Plan: over pipelines made at random, over odd names, and over every kind of literal.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageForTests } from './kusto/kusto-for-tests.ts';
import { kqlName, kqlString, planToKql, type CompileMode, type Plan } from './index.ts';

const kql = await languageForTests();

function compiled(text: string, mode: CompileMode = 'rule'): Plan {
  const { plan, diagnostics } = kql.compile(text, { mode });
  if (plan === null) throw new Error(`${text}\n${diagnostics.map(({ message }) => message).join('\n')}`);
  return plan;
}

function expectRoundTrip(text: string, mode: CompileMode = 'rule'): void {
  const plan = compiled(text, mode);
  expect(compiled(planToKql(plan), mode)).toEqual(plan);
}

const anyName = fc.oneof(fc.stringMatching(/^[a-z][a-z_.]{0,12}$/), fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), fc.constantFrom('in', 'where', 'by', 'type', 'kind', 'http.route', "it's", 'a"b', 'a\\b', 'Ümlaut', 'x y'));
const anyText = fc.string({ unit: 'binary', maxLength: 20 });

const numberText = fc.oneof(
  fc.constantFrom('SeverityNumber', 'Flags', 'strlen(EventName)', 'toint(Attributes.n)', '9007199254740993', '0x1F'), fc.integer().map((n) => (n < 0 ? `(${n})` : String(n))),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => `real(${n})`),
);
const textText = fc.oneof(fc.constantFrom('EventName', 'ServiceName', 'tolower(SeverityText)', 'tostring(Body)', 'tostring(Attributes["a b"].c[0])'), anyText.map((text) => kqlString(text)));
const spanText = fc.oneof(fc.constantFrom('1d', '90m', '1.5h', '7tick', 'time(1.02:03:04.5)', '(-5ms)'), fc.integer({ min: 1, max: 1e6 }).map((n) => `${n}microsecond`));
const { number } = fc.letrec<{ number: string }>((tie) => ({
  number: fc.oneof({ maxDepth: 3 }, numberText, fc.tuple(tie('number'), fc.constantFrom('+', '-', '*', '/', '%'), tie('number')).map(([a, op, b]) => `(${a} ${op} ${b})`), tie('number').map((a) => `(-${a})`)),
}));
const comparison = fc.oneof(
  fc.tuple(number, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), number).map((parts) => parts.join(' ')),
  fc.tuple(textText, fc.constantFrom('==', '!=', '=~', '!~', 'has', '!has', 'has_cs', 'contains', '!contains_cs', 'startswith', '!endswith', 'hasprefix', 'matches regex'), textText).map((parts) => parts.join(' ')),
  fc.tuple(textText, fc.constantFrom('in', '!in', 'in~', 'has_any', 'has_all'), fc.array(anyText, { minLength: 1, maxLength: 3 })).map(([value, op, list]) => `${value} ${op} (${list.map((text) => kqlString(text)).join(', ')})`),
  fc.tuple(number, fc.integer({ min: -9, max: 9 })).map(([value, low]) => `${value} between (${low} .. 20)`),
  fc.tuple(fc.constantFrom('Timestamp', 'ObservedTimestamp'), spanText).map(([column, span]) => `${column} > ago(${span})`),
  fc.tuple(anyName, anyText).map(([name, text]) => `Attributes[${kqlString(name)}] == ${kqlString(text)}`),
);
const { predicate } = fc.letrec<{ predicate: string }>((tie) => ({
  predicate: fc.oneof({ maxDepth: 3 }, comparison, fc.tuple(tie('predicate'), fc.constantFrom('and', 'or'), tie('predicate')).map(([a, op, b]) => `(${a}) ${op} (${b})`), tie('predicate').map((a) => `not(${a})`)),
}));

describe('planToKql', () => {
  it('round-trips any predicate', () => {
    fc.assert(fc.property(predicate, (text) => { expectRoundTrip(`Logs | where ${text} | invoke sample(0.5)`); }), { numRuns: 60 });
  });
  it('round-trips extend and summarize over any expression', () => {
    fc.assert(fc.property(number, predicate, anyName, (value, test, name) => {
      expectRoundTrip(`Logs | where ${test} | extend ${kqlName(name)} = ${value} | summarize N = count(), S = sumif(${value}, ${test}), A = avg(${value}) by ServiceName, bin(Timestamp, 10s) | invoke to_metric("a.b", unit="1", keep=true)`);
    }), { numRuns: 25 });
  });
  it.each([
    'Logs | extend [\'http.x\'] = 1, z = -1.5, w = datetime(2026-01-02T03:04:05.123456789Z), v = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), u = dynamic({"a":[1,-2.5,null,"q\\"uote",true]}) | project-away user | project-rename b = bar | invoke update()',
    'Logs | where Attributes.a == int(null) or toreal(Attributes.b) == real(-inf) or todecimal(Attributes.c) > decimal(1.50) or isnull(dynamic(null)) | invoke redact(dynamic(["ipv4","email"]), "hash")',
    'Spans | where Duration > 3ms and Events[0].Name == "x" and parse_json(Name).a["b"] == 1 | invoke record("r", tee=true)',
    'source | project Body, T = Timestamp - 1h | invoke update()',
    'Logs | where a == 1 | union kind=inner withsource=S (Spans | where Name == "x" | extend b = 1), Metrics | invoke route("r")',
    'Logs | parse-where kind=regex flags=iU Body with * "a\\"b" x:long "c" y | summarize N = count() by y, bin(Timestamp, 10s) | invoke to_metric("n")',
    'Logs | mv-expand bagexpansion=array with_itemindex=i l = Attributes.l to typeof(long), Body limit 7 | summarize sum(l), r = round(avg(l) / count(), 2) by bin(Timestamp, 10s) | invoke to_metric("n")',
    'let f = (x:long) { x * 2 }; Logs | where f(SeverityNumber) > 3 and extract("a(.)", 1, EventName, typeof(long)) > 1 | invoke dedup(90s, dynamic(["Body"]))',
    'Spans | invoke dedup(10s)',
  ])('round-trips %s', (text) => expectRoundTrip(text));
  it('round-trips a table query', () => {
    const columns = [{ name: 't', type: 'datetime' }, { name: 'n', type: 'long' }, { name: 'who', type: 'string' }] as const;
    const first = kql.compile('source | summarize c = count(), arg_max(t, n, who), arg_min(n, *), percentiles(n, 5, 95), take_any(who) by b = bin(t, 1h) | sort by c asc nulls last, b | top 3 by c | take 2', { mode: 'table', columns });
    expect(first.diagnostics).toEqual([]);
    expect(kql.compile(planToKql(first.plan!), { mode: 'table', columns }).plan).toEqual(first.plan);
  });
});

describe('names and strings', () => {
  it('a quoted string reads back as it was', () => {
    fc.assert(fc.property(fc.array(anyText, { minLength: 30, maxLength: 30 }), (texts) => {
      const plan = compiled(`EventName in (${texts.map((text) => kqlString(text)).join(', ')})`, 'filter');
      expect(plan.operators[0]).toMatchObject({ predicate: { args: [{}, ...texts.map((value) => ({ value }))] } });
    }), { numRuns: 10 });
  });
  it('any name can be written as a column', () => {
    fc.assert(fc.property(fc.uniqueArray(anyName, { minLength: 20, maxLength: 20 }), (names) => {
      const plan = compiled(`Logs | extend ${names.map((name) => `${kqlName(name)} = 1`).join(', ')} | invoke update()`);
      expect(plan.operators[0]).toMatchObject({ columns: names.map((name) => ({ name })) });
    }), { numRuns: 10 });
  });
  it('every keyword of the language can be written as a column and as an attribute', () => {
    const { Kusto } = globalThis as unknown as { Kusto: { Language: { Syntax: { SyntaxKind: Record<string, unknown> } } } };
    const keywords = Object.keys(Kusto.Language.Syntax.SyntaxKind).filter((kind) => kind.endsWith('Keyword')).map((kind) => kind.slice(0, -'Keyword'.length).replace(/(?<=.)([A-Z])/g, '_$1').toLowerCase());
    const words = [...new Set(keywords.flatMap((word) => [word, word.replaceAll('_', '')]))];
    expect(words.length).toBeGreaterThan(300);
    const names = words.map(kqlName);
    const plan = compiled(`Logs | extend ${names.map((name) => `${name} = 1`).join(', ')} | where ${names.map((name) => `${name} == 1`).slice(0, 300).join(' and ')} | invoke update()`);
    expect(plan.operators[0]).toMatchObject({ columns: words.map((name) => ({ name })) });
    for (const word of ['bin', 'database', 'title', 'pack']) expect(compiled(`Logs | project-away ['${word}'] | invoke update()`).operators[0]).toEqual({ op: 'project-away', columns: [word] });
  });
});
