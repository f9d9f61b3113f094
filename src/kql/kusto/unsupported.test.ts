// KQL that Weir does not run: each construct with the words that a person reads. The golden text beside this file is meant to be read;
// `vitest run --project node src/kql/kusto/unsupported.test.ts -u` writes it anew after a deliberate change.
import { expect, it } from 'vitest';
import type { CompileMode } from '../language.ts';
import { languageForTests } from './kusto-for-tests.ts';

const kql = await languageForTests();

/** Behind `Logs |` in a rule that is otherwise whole. */
const operators: readonly string[] = [
  'join Spans on TraceId', 'join kind=inner (Spans) on TraceId', 'lookup Spans on TraceId', 'make-series count() on Timestamp step 1m', 'evaluate bag_unpack(Attributes)', 'render timechart', 'search "x"', 'find "x"', 'serialize',
  'as T', 'getschema', 'reduce by ServiceName', 'scan with (step s1: true;)', 'partition by ServiceName (take 1)', 'sample-distinct 3 of ServiceName', 'top-nested 3 of ServiceName by count()', 'top-hitters 3 of ServiceName',
  'parse-kv Body as (a:string)', 'mv-apply x = Attributes.l on (where x == 1)', 'project-reorder ServiceName', 'consume', 'fork (take 1) (count)', 'facet by ServiceName', 'graph-match (a) where 1', 'make-graph a --> b', 'assert-schema (a:string)',
  // Of a table, not of a stream
  'sort by Timestamp', 'order by Timestamp asc', 'top 3 by Timestamp', 'take 3', 'limit 3', 'sample 3', 'count', 'distinct ServiceName', 'union Logs', 'union source', 'union (Spans | summarize count())', 'mv-expand a = Attributes.l',
  'summarize A = count() by ServiceName | summarize B = count()',
  // Parameters and forms
  'union isfuzzy=true Spans', 'count as N', 'parse kind=fuzzy Body with "a" b', 'parse flags=i Body with "a" b', 'parse Body with a b', 'parse Body with *', 'mv-expand ServiceName | summarize N = count() by bin(Timestamp, 1m)', 'summarize N = count() by bin = 1m',
  'extend (a, b) = split(EventName, ",")',
  // Functions and operators on values
  'where toscalar(Logs | count) > 3', 'where rand() > 0.4', 'where new_guid() == "x"', 'where prev(EventName) == "a"', 'where row_number() > 1', 'where bin_auto(Timestamp) > ago(1h)', 'where ingestion_time() > ago(1h)', 'where parse_xml(EventName) == "x"',
  'where isnotnull(series_stats(Attributes.x))', 'where datetime_utc_to_local(Timestamp, "x") > ago(1h)', 'where cursor_after("x")', 'where EventName like "x%"', 'where EventName : "x"', 'where * has "x"', 'where since("x") > 3s', 'where pack_all(true) has "x"',
  // Aggregates
  'summarize hll(ServiceName) by bin(Timestamp, 1m)', 'summarize tdigest(SeverityNumber) by bin(Timestamp, 1m)', 'summarize buildschema(Body) by bin(Timestamp, 1m)', 'summarize x = ServiceName', 'summarize x = max(count())', 'where count() > 3',
];

/** Whole texts. */
const rules: readonly string[] = [
  'print 1', 'range x from 1 to 10 step 1 | where x == 1', 'externaldata(a:string)["https://x.example"] | where a == "x"', 'datatable(a:string)["x"] | where a == "x"', 'search "x"', 'find in (Logs) where EventName == "x"',
  'set notruncation; Logs | invoke sample(0.5)', 'declare query_parameters(a:long = 1); Logs | invoke sample(0.5)', 'database("x").Logs | invoke drop()', 'cluster("x").database("y").Logs | invoke sample(0.5)', 'table("Logs") | invoke sample(0.5)', 'materialized_view("x")',
  '.show tables', 'Logs | invoke sample(0.5); Spans | invoke sample(0.5)', 'let T = Logs; Logs | where T == 1 | invoke drop()', 'let f = (T:(*)) { T | where EventName == "x" }; Logs | invoke f() | invoke drop()', 'union Foo* | invoke drop()',
];

function said(text: string, mode: CompileMode): readonly string[] {
  return kql.compile(text, { mode }).diagnostics.filter(({ code }) => code !== 'weir/drops-all' && code !== 'weir/attribute' && code !== 'KS207')
    .flatMap(({ start, end, message, help, fixes = [] }) => [`  ‹${text.slice(start, end)}› ${message}`, ...(help === undefined ? [] : [`      ${help}`]), ...fixes.map(({ title }) => `      → ${title}`)]);
}

it('names each construct and the nearest way', async () => {
  const ended = operators.map((operator) => `Logs | ${operator} | invoke ${operator.startsWith('summarize') || operator.includes('summarize N') ? 'to_metric("n")' : 'sample(0.5)'}`);
  const texts = [...ended, ...rules];
  const blocks = texts.map((text) => [text, ...said(text, 'rule')].join('\n'));
  expect(texts.length).toBeGreaterThan(80);
  expect(texts.filter((text) => kql.compile(text, { mode: 'rule' }).plan !== null)).toEqual([]);
  await expect(`${blocks.join('\n\n')}\n`).toMatchFileSnapshot('./unsupported.golden.txt');
});

it('says what to write wherever it says no', () => {
  const texts = operators.map((operator) => `Logs | ${operator} | invoke sample(0.5)`);
  expect([...texts, ...rules].flatMap((text) => kql.compile(text, { mode: 'rule' }).diagnostics.filter(({ severity, help }) => severity === 'error' && help === undefined).map(({ message }) => `${text}: ${message}`))).toEqual([]);
});
