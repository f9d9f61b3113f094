// Names that survive a rename: compiled as calls, listed, and written out by a book.
import { expect, test } from 'vitest';
import { expression, languageForTests, summary } from './kusto/kusto-for-tests.ts';
import { namedIds, namesUsed, noNames, planToKql, resolveNames, type CompileMode, type Plan } from './index.ts';

const kql = await languageForTests();
const compiled = (text: string, mode: CompileMode = 'rule'): Plan => {
  const { plan, diagnostics } = kql.compile(text, { mode });
  if (plan === null) throw new Error(JSON.stringify(diagnostics));
  return plan;
};
const errors = (text: string, mode: CompileMode): readonly string[] => kql.compile(text, { mode }).diagnostics.map(({ message }) => message);
const everywhere = (...names: readonly string[]) => names.map((name) => ({ name, service: null as string | null }));
const book = {
  events: { started: everywhere('begun', 'started'), begun: everywhere('begun', 'started'), 't-00000000000000aa': everywhere('t-00000000000000bb', 't-00000000000000aa'), paid: [{ name: 'settled', service: 'shop' }, ...everywhere('paid')] },
  fields: { 'user.id': everywhere('user.id', 'userId') },
};

test('event() is every name of the event, field() every name of the attribute', () => {
  const plan = compiled('Logs | where event("started") and field("user.id") == "7" | invoke drop()');
  expect(namesUsed(plan)).toEqual({ events: ['started'], fields: ['user.id'] });
  expect(summary(resolveNames(plan, book))).toEqual(['Logs', 'where (and (in DurableId "begun" "started") (== (coalesce Attributes["user.id"] Attributes["userId"]) "7"))', '→ drop']);
  expect(summary(resolveNames(plan, noNames))).toEqual(['Logs', 'where (and (== DurableId "started") (== Attributes["user.id"] "7"))', '→ drop']);
});

test('a name of one service only holds there', () => {
  expect(summary(resolveNames(compiled('event("paid")', 'filter'), book))).toEqual(['source', 'where (or (== DurableId "paid") (and (== DurableId "settled") (== ServiceName "shop")))']);
});

test('they are found in every operator, and a plan without any stays the same object', () => {
  const plan = compiled('Logs | extend who = field("user.id") | summarize n = countif(event("begun")) by tostring(field("user.id")) | invoke to_metric("m")');
  expect(namesUsed(plan)).toEqual({ events: ['begun'], fields: ['user.id'] });
  expect(JSON.stringify(resolveNames(plan, book))).not.toMatch(/"fn":"(event|field)"/);
  const plain = compiled('Logs | where EventName == "a" | invoke drop()');
  expect(resolveNames(plain, book)).toBe(plain);
});

test('the id of a template that was generalised is the same line of code, with either sign', () => {
  const of = (text: string): readonly string[] => summary(resolveNames(compiled(text, 'filter'), book)).slice(1);
  expect(of('DurableId == "t-00000000000000aa"')).toEqual(['where (in DurableId "t-00000000000000bb" "t-00000000000000aa")']);
  expect(of('DurableId !in ("x", "t-00000000000000aa")')).toEqual(['where (!in DurableId "x" "t-00000000000000bb" "t-00000000000000aa")']);
  expect(of('DurableId == "started"')).toEqual(['where (== DurableId "started")']);
  expect(of('Body == "t-00000000000000aa"')).toEqual(['where (== Body "t-00000000000000aa")']);
});

const ofTemplate = '"t-00000000000000aa"';
const both = '"t-00000000000000bb" "t-00000000000000aa"';
test.each([
  [`${ofTemplate} == DurableId`, [`where (in DurableId ${both})`]], [`${ofTemplate} != DurableId`, [`where (!in DurableId ${both})`]],
  ['DurableId =~ "T-00000000000000AA"', [`where (in~ DurableId ${both})`]], ['DurableId !~ "T-00000000000000AA"', [`where (!in~ DurableId ${both})`]],
  [`DurableId in~ ("X", ${ofTemplate})`, [`where (in~ DurableId "X" ${both})`]], [`DurableId !in~ (${ofTemplate})`, [`where (!in~ DurableId ${both})`]],
  [`DurableId !in (${ofTemplate})`, [`where (!in DurableId ${both})`]], [`tostring(DurableId) == ${ofTemplate}`, [`where (in (tostring DurableId) ${both})`]],
])('%s follows the id', (text, expected) => {
  const plan = compiled(text, 'filter');
  expect(namesUsed(plan).events).toEqual(['t-00000000000000aa']);
  expect(summary(resolveNames(plan, book)).slice(1)).toEqual(expected);
});

test('the durable id is followed under other names, and nothing else that bears its name', () => {
  const last = (text: string): string => summary(resolveNames(compiled(text), book)).at(-2)!;
  expect(last(`Logs | extend d = DurableId | where d == ${ofTemplate} | invoke drop()`)).toBe(`where (in d ${both})`);
  expect(last(`Logs | project-rename d = DurableId | where ${ofTemplate} == d | invoke drop()`)).toBe(`where (in d ${both})`);
  expect(last(`Logs | extend d = DurableId | extend d = Body | where d == ${ofTemplate} | invoke drop()`)).toBe(`where (== d ${ofTemplate})`);
  expect(last(`Logs | extend DurableId = tostring(Body) | where DurableId == ${ofTemplate} | invoke drop()`)).toBe(`where (== DurableId ${ofTemplate})`);
});

test('the id of a template means another in its service only, while the query knows the service', () => {
  const alone = { events: { 't-00000000000000aa': [{ name: 't-00000000000000bb', service: 'shop' }, ...everywhere('t-00000000000000aa')] }, fields: {} };
  const of = (text: string): string => summary(resolveNames(compiled(text), alone)).at(-2)!;
  expect(of(`Logs | where DurableId == ${ofTemplate} | invoke drop()`)).toBe('where (or (== DurableId "t-00000000000000aa") (and (== DurableId "t-00000000000000bb") (== ServiceName "shop")))');
  expect(of(`Logs | where DurableId != ${ofTemplate} | invoke drop()`)).toBe('where (and (!= DurableId "t-00000000000000aa") (or (!= DurableId "t-00000000000000bb") (!= ServiceName "shop")))');
  expect(of(`Logs | extend s = ServiceName | project-away ServiceName | where DurableId == ${ofTemplate} | invoke drop()`)).toContain('(== s "shop")');
  expect(of(`Logs | project DurableId, Body | where DurableId == ${ofTemplate} | invoke dedup(10s)`)).toBe(`where (in DurableId ${both})`);
});

test('what a query says of durable ids', () => {
  expect(namedIds(compiled('Logs | where Body has "x" | invoke drop()'))).toBeNull();
  expect(namedIds(compiled(`Logs | where event("a") or ${ofTemplate} == DurableId | invoke drop()`))).toEqual({ mined: ['t-00000000000000aa'], texts: ['a', 't-00000000000000aa'], isOpen: false });
  expect(namedIds(compiled('Logs | extend d = DurableId | where d startswith "t-0" | invoke drop()'))).toEqual({ mined: [], texts: ['t-0'], isOpen: false });
  expect(namedIds(compiled('Logs | where strcat(DurableId, "!") == "t!" | invoke drop()'))).toMatchObject({ isOpen: true });
});

test('a name like that of an object part is only a name', () => {
  expect(summary(resolveNames(compiled('event("constructor")', 'filter'), noNames))).toEqual(['source', 'where (== DurableId "constructor")']);
});

test('what only looks like a call is data', () => {
  const plan = compiled('Logs | extend a = dynamic({"k": "call", "fn": "event", "args": [{"k": "literal", "value": "started"}]}) | invoke update()');
  expect(resolveNames(plan, book)).toBe(plan);
  expect(namesUsed(plan)).toEqual({ events: [], fields: [] });
});

test('they stand in guards, print as they were written, and want a name in quotes', () => {
  const guard = kql.compile('event("started") and field("user.id") == "a"', { mode: 'guard' });
  expect(namesUsed(guard.expression!)).toEqual({ events: ['started'], fields: ['user.id'] });
  expect(expression(resolveNames(guard.expression!, book))).toContain('(in DurableId "begun" "started")');
  expect(planToKql(compiled('Logs | where event("a\\"b") | invoke drop()'))).toBe('Logs\n| where event("a\\"b")\n| invoke drop()');
  expect(errors('Logs | where event(Body) | invoke drop()', 'rule')).toEqual(['event() needs a name in quotes.']);
  expect(errors('event("a")', 'targets')).toEqual(['event() is for rules, filters and guards.']);
});

test('completion, hover and signature know them', () => {
  expect(kql.complete('Logs | where ev', 15, 'rule').some(({ label }) => label.startsWith('event'))).toBe(true);
  expect(kql.hover('event("a")', 2, 'filter')?.text).toContain('through all known renames');
  expect(kql.signature('field(', 6, 'filter')?.label).toBe('field(name)');
});
