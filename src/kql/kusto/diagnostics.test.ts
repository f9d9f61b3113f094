// Golden table of what a person reads: a text with a mistake, and every diagnostic as place, message and help.
import { describe, expect, it } from 'vitest';
import type { ColumnHint, CompileMode } from '../language.ts';
import { languageForTests } from './kusto-for-tests.ts';

const kql = await languageForTests();
type Case = readonly [text: string, ...lines: string[]];
const dynamicHelp = 'A value from a bag such as Attributes, or of a field whose type is not known, is dynamic. Convert it first: tostring(x), tolong(x), toreal(x), tobool(x) or totimespan(x).';
const lowerCase = 'KQL writes and, or, not, in in lower case.';
const equals = '= gives a name; to compare, write ==.';
const pipe = 'An operator starts with |.';
const join = 'Join conditions with "and" or "or"; an operator starts with |.';
const nullHelp = 'To ask whether a value is missing, write isnull(x); for text, isempty(x).';

const rules: readonly Case[] = [
  // A pipe forgotten
  ['Logs where ServiceName == "cart" | invoke drop()', `‹where› ${pipe} Write | where …`],
  ['Logs | where ServiceName == "cart" invoke drop()', `‹invoke› ${pipe} Write | invoke …`],
  ['Logs | where ServiceName == "cart"\nsummarize count() by ServiceName\n| invoke to_metric("x")', `‹summarize› ${pipe} Write | summarize …`],
  ['Logs | where SeverityNumber > 3 extend a = 1 | invoke drop()', `‹extend› ${pipe} Write | extend …`],
  ['Logs\nwhere ServiceName = "cart"\nextend a = 1\ninvoke drop()', `‹where› ${pipe} Write | where …`, `‹extend› ${pipe} Write | extend …`],
  ['where ServiceName == "cart" | invoke drop()', '‹where› A query starts from a table. Write the table and a pipe in front: Logs | where …'],
  // One equals sign
  ['Logs | where ServiceName = "cart" | invoke drop()', `‹=› ${equals} Write ServiceName == "cart".`],
  ['Logs | where (ServiceName = "cart") | invoke drop()', `‹=› ${equals} Write ServiceName == "cart".`],
  ['Logs | where ServiceName == "a" and Attributes["k"] = 3 | invoke drop()', `‹=› ${equals} Write Attributes["k"] == 3.`],
  ['Logs | where Attributes.ok = true | invoke drop()', `‹=› ${equals} Write Attributes.ok == true.`],
  ['Logs | where flag = true | invoke drop()', `‹=› ${equals} Write flag == true.`],
  ['Logs | summarize N = countif(EventName = "x") by bin(Timestamp, 1m) | invoke to_metric("x")', `‹=› ${equals} Write EventName == "x".`],
  ['Logs | where ServiceName === "a" | invoke drop()', '‹===› KQL compares with two signs, ==. Write ServiceName == "a".'],
  // Capitals
  ['Logs | where ServiceName == "a" AND EventName == "b" OR EventName == "c" | invoke drop()', `‹AND› ${lowerCase} Write and.`],
  ['Logs | where (ServiceName == "a" and EventName == "b") OR EventName == "c" | invoke drop()', `‹OR› ${lowerCase} Write or.`],
  ['Logs | where NOT(ServiceName == "a") | invoke drop()', `‹NOT› ${lowerCase} Write not.`],
  ['Logs | where EventName IN ("b", "d") | invoke drop()', `‹IN› ${lowerCase} Write in.`],
  ['Logs | where Body CONTAINS "a" | invoke drop()', '‹CONTAINS› KQL writes contains in lower case. Write contains.'],
  ['Logs | summarize N = count() BY ServiceName | invoke to_metric("x")', '‹BY› KQL writes by in lower case. Write by.'],
  ['Logs | WHERE ServiceName == "a" | invoke drop()', '‹WHERE› WHERE is not an operator. Did you mean where? Operators are written in lower case.'],
  ['Logs | where isnull(AND) | invoke drop()', '‹AND› AND is no column and is read as Attributes["AND"].'],
  ['Logs | where "a AND b" == Body and EventName == "x = y" // AND = |\n| invoke drop()'],
  ['logs | where ServiceName == "a" | invoke drop()', '‹logs› logs is not a table. Did you mean Logs? Names are case-sensitive.'],
  ['LOGS | invoke drop()', '‹LOGS› LOGS is not a table. Did you mean Logs? Names are case-sensitive.'],
  ['Events | invoke drop()', '‹Events› Events is not a table. Start from Logs, Spans, Metrics, source.'],
  // Sinks
  ['Logs | invoke sample()', '‹sample› sample() needs the share to keep, above 0 and at most 1. Write invoke sample(0.1).'],
  ['Logs | invoke sample(0.1, 2)', '‹sample› sample() takes at most one value: ratio. Write invoke sample(0.1).'],
  ['Logs | invoke route()', '‹route› route() needs exporter (Name of the exporter). Write invoke route("archive").'],
  ['Logs | invoke drop(1)', '‹drop› drop() takes nothing between its brackets. Write invoke drop().'],
  ['Logs | invoke smaple(1)', '‹smaple› smaple is not a sink. Did you mean sample?'],
  // One error for one mistake, and each of several mistakes
  ['Logs | where a AND b | where ServiceName = "x" | invoke drop()', `‹AND› ${lowerCase} Write and.`, `‹=› ${equals} Write ServiceName == "x".`],
  ['Logs | where tolowr(Body) == "a" and touper(Body) == "b" | invoke drop()', '‹tolowr› tolowr is not a function that Weir knows. Did you mean tolower?', '‹touper› touper is not a function that Weir knows. Did you mean toupper?'],
  ['Logs | where EventName == "x', '‹"x› This string has no end. Close it with " on the same line.'],
  ['Logs | where Body matches regex "\\d+" | invoke drop()', '‹"\\d+"› A backslash in this string starts an escape that means nothing. For a backslash write \\\\, or put @ in front of the quotes: @"\\d+".'],
  ['Logs | where Body == "\\U00110000" | invoke drop()', '‹"\\U00110000"› "\\U00110000" cannot be read as string. After \\U come eight hexadecimal digits, at most 0010FFFF: "\\U0001F600".'],
];

const filters: readonly Case[] = [
  ['SeverityNumber >=', '‹› A value is missing after >=. Write what SeverityNumber is compared with: SeverityNumber >= …'],
  ['EventName == "a" and', '‹› A value is missing after and. Write a value behind it, or leave it out.'],
  ['EventName in ("a",', '‹› A value is missing after ",". Write a value behind it, or leave it out.'],
  ['Logs | where', '‹› A condition is missing after where. For example: where SeverityNumber >= 9.'],
  ['Logs |', '‹› An operator is missing after |. After the pipe comes an operator: where, extend, summarize, invoke, …'],
  ['(SeverityNumber >= 9', '‹› A bracket is not closed: ) is missing. Write ) where it ends.'],
  ['tolower(Body', '‹› A bracket is not closed: ) is missing. Write ) where it ends.'],
  ['SeverityNumber >= 9)', '‹)› ) closes nothing. Take it away, or open a bracket in front.'],
  ['hello world', `‹world› world cannot stand here. ${join}`],
  ['a && b', '‹&&› KQL has no &&. Write and.'],
  ['a == 1 || b == 2', '‹||› KQL has no ||. Write or.'],
  ['!EventName', '‹!› ! does not negate a value. Write not(…).'],
  ['not', '‹not› not is a function and needs brackets. Write not(…).'],
  ['EventName', '‹EventName› EventName is not a condition: it is neither true nor false. Compare it, EventName == …, or ask isnotempty(EventName).'],
  ['SeverityNumber >= 9 AND Body has "x"', `‹AND› ${lowerCase} Write and.`],
  ['Body == null', `‹null› KQL has no value null: it is read as the name of a field. ${nullHelp}`, '‹null› null is no column and is read as Attributes["null"].'],
  ['ServiceName.x == 1', '‹x› ServiceName is not a bag, so it has no field x. Fields are inside bags such as Attributes: Attributes["name"].'],
];

const columns: readonly ColumnHint[] = [{ name: 't', type: 'datetime' }, { name: 'n', type: 'long' }, { name: 'level', type: 'string' }];
const tables: readonly Case[] = [
  ['source | summarize count() by lvel', '‹lvel› No row seen so far has a field lvel. Did you mean level?'],
  ['source | summarize sum(foo)', '‹foo› No row seen so far has a field foo. If later rows have it, say what it holds: tostring(foo), tolong(foo) or toreal(foo).'],
  ['source | where levl == "x"', '‹levl› No row seen so far has a field levl; it is null. Did you mean level?'],
  ['source | where foo == "x"', '‹foo› No row seen so far has a field foo; it is null.'],
  ['source | project-away levl | project-rename m = nn', '‹levl› No row seen so far has a field levl; it is null. Did you mean level?', '‹nn› No row seen so far has a field nn; it is null. Did you mean n?'],
  ['source | extend q = n + 1 | sort by q | where q > 1'],
  ['source | where level == null', `‹null› KQL has no value null: it is read as the name of a field. ${nullHelp}`],
  ['source | project a = n | where level == "x"', '‹level› level is not a column here. Known here: t, n.'],
  ['where n > 3', '‹where› A query starts from a table. Write the table and a pipe in front: source | where …'],
  ['logs | take 1', '‹logs› logs is not a table. Did you mean Logs? Names are case-sensitive.'],
];

function said(text: string, mode: CompileMode, hints?: readonly ColumnHint[]): readonly string[] {
  const { diagnostics } = kql.compile(text, hints === undefined ? { mode } : { mode, columns: hints });
  return diagnostics.filter(({ code }) => code !== 'weir/drops-all').map(({ start, end, message, help }) => [`‹${text.slice(start, end)}›`, message, help].filter((part) => part !== undefined).join(' '));
}

describe('rules say', () => { for (const [text, ...lines] of rules) it(text, () => expect(said(text, 'rule')).toEqual(lines)); });
describe('filters say', () => { for (const [text, ...lines] of filters) it(text, () => expect(said(text, 'filter')).toEqual(lines)); });
describe('table queries say', () => { for (const [text, ...lines] of tables) it(text, () => expect(said(text, 'table', columns)).toEqual(lines)); });

it('does not call a name unknown when the rows are not known', () => {
  expect(said('source | where levl == 1', 'table')).toEqual([]);
  expect(said('source | summarize count() by levl', 'table')).toEqual([`‹levl› The value of type 'dynamic' is not allowed in this context. ${dynamicHelp}`]);
});

it('refuses a plan whenever it names a mistake', () => {
  for (const text of ['flag = true', 'a && b', '!EventName', 'EventName === "x"']) expect(kql.compile(text, { mode: 'filter' }).plan).toBeNull();
});
