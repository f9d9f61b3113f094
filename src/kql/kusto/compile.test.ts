// Golden table: KQL text on the left, what comes out on the right. Diagnostics name the code and the text they point at.
import { describe, expect, it } from 'vitest';
import { languageForTests, outcome } from './kusto-for-tests.ts';

const kql = await languageForTests();
type Case = readonly [text: string, ...lines: string[]];

const rules: readonly Case[] = [
  ['Logs | where EventName == "LogLaunch" | summarize Launches = count() by ServiceName, bin(Timestamp, 10s) | invoke to_metric("app.launches")',
    'Logs', 'where (== EventName "LogLaunch")', 'summarize Launches:long := count by ServiceName := ServiceName, Timestamp := (bin Timestamp timespan:"10000000000")', '→ to_metric name="app.launches" unit="" keep=false'],
  ['Logs | where SeverityNumber < 9 | invoke sample(0.25)', 'Logs', 'where (< SeverityNumber 9)', '→ sample ratio=0.25'],
  ['source | where ServiceName has "cart" | invoke drop()', 'source', 'where (has ServiceName "cart")', '→ drop'],
  ['Spans | where Duration > 200ms and Kind == "Server" | invoke record("slow", tee=true)', 'Spans', 'where (and (> Duration timespan:"200000000") (== Kind "Server"))', '→ record recorder="slow" tee=true'],
  ['Metrics | where MetricName startswith "http." | invoke route("archive")', 'Metrics', 'where (startswith MetricName "http.")', '→ route exporter="archive"'],
  ['Logs | invoke redact()', 'Logs', '→ redact detectors=["*"] mode="mask"'],
  ['Logs | invoke redact("email", mode="hash")', 'Logs', '→ redact detectors=["email"] mode="hash"'],
  ['Logs | invoke redact(dynamic(["email", "ipv4"]), "remove")', 'Logs', '→ redact detectors=["email","ipv4"] mode="remove"'],
  ['Logs | invoke to_metric("x")', 'error weir/to-metric at ‹invoke to_metric("x")›'],
  // Attributes by bare name
  ['Logs | where tolong(queue_depth) > 3 | invoke sample(1)', 'hint weir/attribute at ‹queue_depth›', 'Logs', 'where (> (tolong Attributes["queue_depth"]) 3)', '→ sample ratio=1'],
  ["Logs | where ['http.route'] == '/cart' | invoke drop()", "hint weir/attribute at ‹['http.route']›", 'Logs', 'where (== Attributes["http.route"] "/cart")', '→ drop'],
  ['Logs | where severitynumber > 3 | invoke drop()', 'warning weir/attribute at ‹severitynumber›', 'Logs', 'where (> Attributes["severitynumber"] 3)', '→ drop'],
  ['Logs | where Attributes.http.route == "/" | invoke drop()', 'warning weir/dotted-attribute at ‹Attributes.http.route›', 'Logs', 'where (== Attributes["http"]["route"] "/")', '→ drop'],
  ['Logs | extend user = "***" | project-away password, Sev* | project-rename client = ip | invoke update()',
    'Logs', 'extend user := "***"', 'project-away password, SeverityNumber, SeverityText', 'project-rename ip → client', '→ update'],
  ['Logs | extend a = 1 | where a == 1 | invoke drop()', 'Logs', 'extend a := 1', 'where (== a 1)', '→ drop'],
  ['Logs | project ServiceName | where password == "x" | invoke drop()', 'error KS142 at ‹password›'],
  ['Logs | project Body, Attributes | invoke update()', 'Logs', 'project Body := Body, Attributes := Attributes', '→ update'],
  ['Logs | extend tolower(EventName), Attributes.a | invoke update()', 'Logs', 'extend Column1 := (tolower EventName), Attributes_a := Attributes["a"]', '→ update'],
  // Shape
  ['Logs | where EventName == "x"', 'error weir/no-sink at ‹›'],
  ['Logs | invoke drop()', 'warning weir/drops-all at ‹invoke drop()›', 'Logs', '→ drop'],
  ['Logs | invoke sample(0.5) | where EventName == "x"', 'error weir/after-sink at ‹where EventName == "x"›'],
  ['Logs | invoke sample(0.5) | invoke route("a")', 'error weir/after-sink at ‹invoke route("a")›'],
  ['Logs | sort by Timestamp | take 3 | invoke sample(0.5)', 'error weir/not-streaming at ‹sort by Timestamp›', 'error weir/not-streaming at ‹take 3›'],
  ['Logs | distinct ServiceName | invoke sample(0.5)', 'error weir/not-streaming at ‹distinct ServiceName›'],
  ['Logs | top 3 by Timestamp | invoke sample(0.5)', 'error weir/not-streaming at ‹top 3 by Timestamp›'],
  ['Logs | count | invoke sample(0.5)', 'error weir/not-streaming at ‹count›'],
  ['Logs | summarize N = count() by ServiceName | invoke drop()', 'error weir/after-summarize at ‹invoke drop()›', 'warning weir/drops-all at ‹invoke drop()›'],
  ['Logs | summarize N = count() by ServiceName | where N > 3 | invoke to_metric("n")', 'hint weir/window at ‹summarize N = count() by ServiceName›', 'Logs', 'summarize N:long := count by ServiceName := ServiceName', 'where (> N 3)', '→ to_metric name="n" unit="" keep=false'],
  ['Logs | summarize S = make_set(ServiceName) by bin(Timestamp, 1m) | invoke to_metric("n")', 'error weir/to-metric at ‹summarize S = make_set(ServiceName) by bin(Timestamp, 1m)›'],
  ['Logs | invoke update()', 'error weir/update at ‹invoke update()›'],
  ['Logs | extend TraceId = "x" | invoke update()', 'error weir/read-only at ‹extend TraceId = "x"›'],
  ['Logs | project-away password | invoke sample(0.5)', 'warning weir/no-effect at ‹project-away password›', 'Logs', 'project-away password', '→ sample ratio=0.5'],
  // Arguments
  ['Logs | invoke sample(10)', 'error weir/sample-ratio at ‹10›'],
  ['Logs | invoke sample(0)', 'error weir/sample-ratio at ‹0›'],
  ['Logs | invoke sample()', 'error KS119 at ‹sample›'],
  ['Logs | invoke redact("ipv4", mode="blur")', 'error weir/redact-mode at ‹mode="blur"›'],
  ['Logs | invoke redact("phone")', 'error weir/detectors at ‹"phone"›'],
  ['Logs | invoke route("a b")', 'error weir/name at ‹"a b"›'],
  ['Logs | invoke record(ServiceName)', 'error KS142 at ‹ServiceName›'],
  ['Logs | invoke nope()', 'error KS211 at ‹nope›'],
  // What Weir does not run
  ['Logs | join Spans on TraceId | invoke sample(0.5)', 'error weir/operator at ‹join›'],
  ['Logs | parse Body with "a" x "b" | invoke sample(0.5)', 'Logs', 'parse simple (tostring Body) with "a" x:string "b"', '→ sample ratio=0.5'],
  ['Logs | where rand() > 0.5 | invoke drop()', 'error weir/function at ‹rand›'],
  ['Logs | summarize hll(ServiceName) by bin(Timestamp, 1s) | invoke to_metric("n")', 'error weir/aggregate at ‹hll›'],
  ['Logs | summarize Share = 1.0 * countif(SeverityNumber > 16) / count() by bin(Timestamp, 1s) | invoke to_metric("n")',
    'Logs', 'summarize __aggregate1:long := countif (> SeverityNumber 16), __aggregate2:long := count by Timestamp := (bin Timestamp timespan:"1000000000")', 'extend Share := (/ (* real:1 __aggregate1) __aggregate2)', 'project Timestamp := Timestamp, Share := Share', '→ to_metric name="n" unit="" keep=false'],
  ['Logs | where EventName : "x" | invoke drop()', 'error weir/expression at ‹EventName : "x"›'],
  ['let f = (a:long) { a + 1 }; Logs | where SeverityNumber > f(2) | invoke drop()', 'Logs', 'where (> SeverityNumber (+ 2 1))', '→ drop'],
  // Language
  ['let least = 9; Logs | where SeverityNumber >= least | invoke drop()', 'Logs', 'where (>= SeverityNumber 9)', '→ drop'],
  ['Logs | where EventName in~ (dynamic(["a", "b"]), "c") | invoke drop()', 'Logs', 'where (in~ EventName "a" "b" "c")', '→ drop'],
  ['Logs | where SeverityNumber !between (-1 .. 0x10) | invoke drop()', 'Logs', 'where (!between SeverityNumber -1 16)', '→ drop'],
  ['Logs | where not(Body matches regex @"\\d+") or -SeverityNumber < 0 | invoke drop()', 'Logs', 'where (or (not (matches regex Body "\\\\d+")) (< (negate SeverityNumber) 0))', '→ drop'],
  ['Logs | where Timestamp > datetime(2026-01-02 03:04:05.5) and Timestamp < ago(1.5h) | invoke drop()', 'Logs', 'where (and (> Timestamp datetime:"1767323045500000000") (< Timestamp (ago timespan:"5400000000000")))', '→ drop'],
  ['Logs | where Timestamp > datetime("Friday") | invoke drop()', 'error weir/literal at ‹datetime("Friday")›'],
  ['Logs | where tolong(Attributes.n) == 9007199254740993 and toreal(Attributes.n) == real(nan) | invoke drop()', 'Logs', 'where (and (== (tolong Attributes["n"]) "9007199254740993") (== (toreal Attributes["n"]) real:"nan"))', '→ drop'],
  ['Logs | where Body == dynamic({"a": [1, -2.5, null, "x"]}) | invoke drop()', 'Logs', 'where (== Body dynamic:{"a":[1,-2.5,null,"x"]})', '→ drop'],
  ['Logs | where EventName == "x', 'error weir/open-string at ‹"x›'],
  ['Logs | wher EventName == "x"', 'error KS176 at ‹wher›'],
  ['', 'error weir/one-query at ‹›'],
  ['Nothing | invoke drop()', 'error KS204 at ‹Nothing›'],
];

const filters: readonly Case[] = [
  ['', 'source'],
  ['  // nothing yet', 'source'],
  ['SeverityNumber >= 9 and Attributes.x == "y"', 'source', 'where (and (>= SeverityNumber 9) (== Attributes["x"] "y"))'],
  ['where Body has "timeout"', 'source', 'where (has Body "timeout")'],
  ['| where Body has "timeout"', 'source', 'where (has Body "timeout")'],
  ['Logs', 'Logs'],
  ['Logs | where EventName == "x" | where SeverityNumber > 3', 'Logs', 'where (== EventName "x")', 'where (> SeverityNumber 3)'],
  ['Name == "GET /cart" and Duration > 1s', 'source', 'where (and (== Name "GET /cart") (> Duration timespan:"1000000000"))'],
  ['Logs | take 3', 'error weir/filter-only at ‹take 3›'],
  ['Logs | where EventName == "x" | invoke drop()', 'error weir/filter-only at ‹invoke drop()›'],
  ['EventName == ', 'error KS006 at ‹›'],
  ['ServiceName', 'error KS141 at ‹ServiceName›'],
];

const columns = [{ name: 't', type: 'datetime' }, { name: 'n', type: 'long' }, { name: 'who', type: 'string' }] as const;
const queries: readonly Case[] = [
  ['source | where n > 3 and other == 1 | project who, n', 'warning weir/unknown-column at ‹other›', 'source', 'where (and (> n 3) (== other 1))', 'project who := who, n := n'],
  ['source | summarize count(), sum(n), percentiles(n, 50, 95), arg_max(t, *), take_any(who) by b = bin(t, 1h)',
    'source', 'summarize count_:long := count, sum_n:long := sum n, percentile_n_50:long := percentile n 50, percentile_n_95:long := percentile n 95, t:datetime := arg_max t t, n:long := arg_max t n, who:string := arg_max t who, who1:string := take_any who by b := (bin t timespan:"3600000000000")'],
  ['source | sort by n | top 3 by who asc | take 5 | distinct who | count', 'source', 'sort n desc', 'top 3 who asc nulls first', 'take 5', 'distinct who := who', 'count'],
  ['source | distinct *', 'source', 'distinct t := t, n := n, who := who'],
  ['source | project-keep who, t | project-away t', 'source', 'project-keep who, t', 'project-away t'],
  ['source | invoke drop()', 'error weir/no-sink-here at ‹invoke drop()›'],
  ['Logs | take 3', 'Logs', 'take 3'],
  ['Records | take 3', 'error KS204 at ‹Records›'],
];

describe('rules', () => { for (const [text, ...lines] of rules) it(text === '' ? '(empty)' : text, () => expect(outcome(kql, text, 'rule')).toEqual(lines)); });
describe('filters', () => { for (const [text, ...lines] of filters) it(text === '' ? '(empty)' : text, () => expect(outcome(kql, text, 'filter')).toEqual(lines)); });
describe('table queries', () => { for (const [text, ...lines] of queries) it(text, () => expect(outcome(kql, text, { mode: 'table', columns })).toEqual(lines)); });

it('refuses brackets that nest absurdly before the parser, whose time grows with their square, sees them', () => {
  const { plan, diagnostics } = kql.compile(`where ${'('.repeat(20_000)}`, { mode: 'filter' });
  expect([plan, diagnostics]).toEqual([null, [expect.objectContaining({ severity: 'error', code: 'weir/too-deep', start: 206, end: 207 })]]);
  expect(kql.compile(`where Body in (${Array.from({ length: 500 }, (_, i) => `strcat("a", "${i}")`).join(', ')})`, { mode: 'filter' }).diagnostics.map(({ code }) => code)).not.toContain('weir/too-deep');
});

describe('help', () => {
  const helpOf = (text: string) => kql.compile(text, { mode: 'rule' }).diagnostics.map(({ help }) => help ?? '').join(' ');
  it('guesses a column', () => expect(helpOf('Logs | where Severity > 3 | invoke drop()')).toContain('Did you mean SeverityNumber?'));
  it('guesses an operator', () => expect(helpOf('Logs | wher x')).toContain('Did you mean where?'));
  it('guesses a sink', () => expect(helpOf('Logs | invoke smaple(1)')).toContain('Did you mean sample?'));
  it('says how to keep one in ten', () => expect(helpOf('Logs | invoke sample(10)')).toContain('sample(0.1)'));
  it('guesses a detector', () => expect(helpOf('Logs | invoke redact("ip")')).toContain('Did you mean ipv4?'));
  it('says how to group by an attribute', () => expect(helpOf('Logs | summarize count() by who | invoke to_metric("x")')).toContain('tostring(x)'));
  it('speaks of sample, not of its stand-in', () => expect(JSON.stringify(kql.compile('Logs | invoke sample()', { mode: 'rule' }))).not.toContain('samplE'));
});
