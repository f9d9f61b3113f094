// The golden corpus of KQL semantics: expressions and queries as a person writes them, compiled by Microsoft's own parser,
// run by the engine. The expected values follow the KQL reference.
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../base/index.ts';
import { createKqlLanguage, type ColumnHint, type KustoGlobal } from '../kql/index.ts';
import type { Value } from '../otlp/index.ts';
import { parseRows, printRows } from '../testing/index.ts';
import { runTable } from './index.ts';

for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) await import(/* @vite-ignore */ `@kusto/language-service-next/${file}`);
const kql = createKqlLanguage((globalThis as unknown as { readonly Kusto: KustoGlobal }).Kusto);
const clock = new ManualClock(BigInt(Date.UTC(2026, 0, 7, 12, 30, 15)) * 1_000_000n);

type Rows = readonly Readonly<Record<string, Value>>[];

async function run(text: string, columns: readonly ColumnHint[], rows: Rows): Promise<Rows> {
  const { plan, diagnostics } = kql.compile(text, { mode: 'table', columns });
  if (plan === null) throw new Error(`${text}\n${diagnostics.map((one) => one.message).join('\n')}`);
  const out: Readonly<Record<string, Value>>[] = [];
  for await (const row of runTable(plan, rows, clock)) out.push(row);
  return out;
}

const columns: readonly ColumnHint[] = [
  { name: 's', type: 'string' }, { name: 'gone', type: 'string' }, { name: 'n', type: 'long' }, { name: 'none', type: 'long' }, { name: 'r', type: 'real' },
  { name: 't', type: 'datetime' }, { name: 'd', type: 'dynamic' }, { name: 'absent', type: 'dynamic' }, { name: 'b', type: 'bool' },
];
const row: Rows = [{ s: 'Hello World_1', n: 7, r: 2.5, t: '2026-01-07T10:11:12.5Z', b: true, d: { a: 1, 'x.y': [10, 20, 30], text: 'abc', deep: { k: null } } }];

/** `expression = value`, the value as JSON; one a line. */
const expressions = `
-- null rules: == with null is false, != is true, < is null; not(null) is null; and/or are three-valued
none == 3 = false
none != 3 = true
none < 3 = null
not(none > 3) = null
none == none = null
none < 3 and false = false
none < 3 or true = true
none < 3 or false = null
absent == "" = false
gone == "" = true
isnull(gone) = false
isnull(none) = true
isnull(absent.x) = true
isempty(gone) = true
isempty(absent) = true
isnotempty(s) = true
coalesce(gone, "", s) = "Hello World_1"
coalesce(none, 5) = 5
iff(none > 3, "yes", "no") = "no"
case(n > 10, "big", n > 5, "middle", "small") = "middle"
none in (1, 2) = false
none !in (1, 2) = true
none between (1 .. 2) = null
n between (7 .. 7) = true
n !between (1 .. 3) = true
none + 1 = null
strcat(s, gone, n) = "Hello World_17"
-- case rules
s == "hello world_1" = false
s =~ "hello world_1" = true
s !~ "hello world_1" = false
s has "hello" = true
s has "hell" = false
s has "World" = true
s has "1" = true
s has "World_1" = true
s has_cs "hello" = false
s !has "hello" = false
s hasprefix "wor" = true
s hassuffix "LLO" = true
s contains "O W" = true
s contains_cs "O W" = false
s startswith "HELLO" = true
s startswith_cs "HELLO" = false
s endswith "_1" = true
s !endswith "_1" = false
s has_any ("x", "WORLD") = true
s has_all ("hello", "world") = true
s has_all ("hello", "nobody") = false
s in~ ("HELLO WORLD_1") = true
s in ("HELLO WORLD_1") = false
s matches regex "W.r" = true
s matches regex "^W" = false
gone has "x" = false
gone !has "x" = true
-- numbers
7 / 2 = 3
-7 / 2 = -3
7 / 2.0 = 3.5
n % 4 = 3
-7 % 4 = 1
n / 0 = null
1.0 / 0 = "inf"
9007199254740993 + 0 = "9007199254740993"
9223372036854775807 + 1 = "-9223372036854775808"
bin(n, 5) = 5
bin(-7, 5) = -10
bin(7.9, 0.5) = 7.5
round(2.5) = 2
round(2.567, 2) = 2.57
ceiling(2.1) = 3
sign(-3) = -1
pow(2, 10) = 1024
sqrt(-1.0) = null
tolong("12") = 12
tolong("1.9") = 1
tolong("x") = null
toint(5000000000) = null
todouble("1e3") = 1000
tobool("TRUE") = true
tobool("maybe") = null
max_of(1, none, 3) = 3
-- strings
strlen("😀é") = 2
substring("abcdef", 1, 2) = "bc"
substring("abcdef", -2, 2) = "ef"
indexof("abcabc", "c") = 2
indexof("abc", "x") = -1
replace_string("aXbX", "X", "-") = "a-b-"
replace_regex("user 42 and 43", @"(\\d)(\\d)", @"\\2\\1") = "user 24 and 34"
replace_regex("a1", @"\\d", "$x") = "a$x"
split("a,b,c", ",") = ["a","b","c"]
split("a,b,c", ",", 1) = ["b"]
toupper("aé") = "AÉ"
trim("-+", "--x--") = "x"
trim_start("0+", "007") = "7"
countof("aaa", "a") = 3
reverse("abc") = "cba"
extract("x=(\\\\d+)", 1, "ax=15") = "15"
extract("x=(\\\\d+)", 1, "nothing") = null
extract_all("(\\\\w)(\\\\d)", "a1 b2") = [["a","1"],["b","2"]]
url_decode("a%20b") = "a b"
base64_encode_tostring("hi!") = "aGkh"
base64_decode_tostring("aGkh") = "hi!"
tostring(parse_url("https://u:p@h.example:81/p/q?a=1#f").Host) = "h.example"
hash_md5("abc") = "900150983cd24fb0d6963f7d28e17f72"
hash_sha256("abc") = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
hash("abc") = 4952883123889572249
-- dynamic
d.a = 1
d["x.y"][1] = 20
d["x.y"][-1] = 30
d.nothing.more = null
d.text == "abc" = true
d.a + 1 = 2
tostring(d.deep) = "{\\"k\\":null}"
array_length(d["x.y"]) = 3
array_slice(d["x.y"], 0, 1) = [10,20]
array_slice(d["x.y"], -2, -1) = [20,30]
array_index_of(d["x.y"], 20) = 1
array_concat(d["x.y"], dynamic([1])) = [10,20,30,1]
array_sum(d["x.y"]) = 60
set_has_element(d["x.y"], 20) = true
bag_keys(d) = ["a","x.y","text","deep"]
bag_has_key(d, "a") = true
bag_remove_keys(d, dynamic(["x.y", "deep"])) = {"a":1,"text":"abc"}
bag_merge(dynamic({"a":1}), dynamic({"a":2,"b":3})) = {"a":1,"b":3}
bag_pack("k", n, "z", s) = {"k":7,"z":"Hello World_1"}
parse_json('{"a":[1,2]}').a[1] = 2
extract_json("$.a[1]", '{"a":[1,2]}') = "2"
gettype(d.a) = "long"
gettype(d) = "dictionary"
-- dates and spans
t + 1h = "2026-01-07T11:11:12.5000000Z"
t - datetime(2026-01-07) = "10:11:12.5000000"
bin(t, 1h) = "2026-01-07T10:00:00.0000000Z"
now() = "2026-01-07T12:30:15.0000000Z"
ago(1d) = "2026-01-06T12:30:15.0000000Z"
t > ago(3h) = true
1h / 10m = 6
2 * 90s = "00:03:00"
startofday(t) = "2026-01-07T00:00:00.0000000Z"
startofweek(t) = "2026-01-04T00:00:00.0000000Z"
endofday(t) = "2026-01-07T23:59:59.9999999Z"
startofmonth(t) = "2026-01-01T00:00:00.0000000Z"
dayofweek(t) = "3.00:00:00"
hourofday(t) = 10
getyear(t) = 2026
datetime_part("minute", t) = 11
datetime_diff("hour", t, datetime(2026-01-07T08:59:00Z)) = 2
datetime_add("month", 1, datetime(2026-01-31)) = "2026-02-28T00:00:00.0000000Z"
format_datetime(t, "yyyy-MM-dd HH:mm:ss.fff") = "2026-01-07 10:11:12.500"
todatetime("2026-01-07T10:00:00+02:00") = "2026-01-07T08:00:00.0000000Z"
todatetime("soon") = null
totimespan("1.02:03:04") = "1.02:03:04"
tostring(90s) = "00:01:30"
unixtime_seconds_todatetime(0) = "1970-01-01T00:00:00.0000000Z"
t between (datetime(2026-01-07) .. 1d) = true
-- addresses
ipv4_is_private("10.1.2.3") = true
ipv4_is_private("8.8.8.8") = false
ipv4_is_private("nonsense") = null
ipv4_is_in_range("192.168.1.6", "192.168.1.0/24") = true
ipv4_is_match("192.168.1.6", "192.168.2.6", 16) = true
ipv4_compare("10.0.0.1", "10.0.0.2") = -1
parse_ipv4("0.0.1.1") = 257
`;

const plainJson = (value: Value): unknown => (typeof value === 'bigint' ? (Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()) : value === Infinity ? 'inf' : value);

describe('expressions', () => {
  const cases = expressions.split('\n').filter((line) => line !== '' && !line.startsWith('--'));
  test.each(cases)('%s', async (line) => {
    const at = line.lastIndexOf(' = ');
    const [{ x } = { x: null }] = await run(`source | project x = ${line.slice(0, at)}`, columns, row);
    const wanted = line.slice(at + 3);
    expect(JSON.stringify(plainJson(x ?? null)) ?? 'null').toBe(/^-?\d{17,}$/.test(wanted) ? JSON.stringify(wanted) : wanted);
  });
});

const table = parseRows(`
  svc  | n  | ms
  web  | 1  | 10
  web  | 3  | 20
  cart | 2  |
  cart |    | 40
       | 5  | 50`);
const tableColumns: readonly ColumnHint[] = [{ name: 'svc', type: 'string' }, { name: 'n', type: 'long' }, { name: 'ms', type: 'real' }];

const queries: readonly (readonly [string, string])[] = [
  ['source | where n > 1 | project n', 'n=3\nn=2\nn=5'],
  ['source | where not(n > 1) | project n', 'n=1'],
  ['source | where n != 1 | count', 'Count=4'],
  ['source | summarize count() by svc', 'svc="web" count_=2\nsvc="cart" count_=2\nsvc=null count_=1'],
  ['source | summarize N = count(), S = sum(n), A = avg(n), L = min(n), H = max(n), D = dcount(svc)', 'N=5 S=11 A=2.75 L=1 H=5 D=2'],
  ['source | where n > 100 | summarize N = count(), S = sum(n), M = max(n)', 'N=0 S=0 M=null'],
  ['source | where n > 100 | summarize N = count() by svc', ''],
  ['source | summarize percentile(ms, 50), percentiles(ms, 95, 99)', 'percentile_ms_50=20 percentile_ms_95=50 percentile_ms_99=50'],
  ['source | summarize countif(n > 2), sumif(n, svc == "web"), stdev(n)', 'countif_=2 sumif_n=4 stdev_n=1.707825127659933'],
  ['source | summarize make_list(n), make_set(svc)', 'list_n=[1,3,2,5] set_svc=["web","cart"]'],
  ['source | summarize arg_max(n, svc, ms) by s = isempty(svc)', 's=false n=3 svc="web" ms=20\ns=true n=5 svc=null ms=50'],
  ['source | sort by n', 'n=5 ms=50\nsvc="web" n=3 ms=20\nsvc="cart" n=2\nsvc="web" n=1 ms=10\nsvc="cart" ms=40'],
  ['source | sort by n asc | project n', 'n=null\nn=1\nn=2\nn=3\nn=5'],
  ['source | top 2 by ms | project ms', 'ms=50\nms=40'],
  ['source | take 2 | project svc', 'svc="web"\nsvc="web"'],
  ['source | distinct svc', 'svc="web"\nsvc="cart"\nsvc=null'],
  ['source | take 1 | extend n = n + 1, m = n', 'svc="web" n=2 ms=10 m=1'],
  ['source | take 1 | project-rename service = svc | project-away ms', 'service="web" n=1'],
  ['source | take 1 | project-keep svc', 'svc="web"'],
  ['source | summarize N = count() by Bucket = bin(n, 2) | sort by Bucket asc', 'Bucket=null N=1\nBucket=0 N=1\nBucket=2 N=2\nBucket=4 N=1'],
];

describe('queries', () => {
  test.each(queries)('%s', async (text, wanted) => {
    const rows = (await run(text, tableColumns, table)).map((one) => Object.fromEntries(Object.entries(one).map(([name, value]) => [name, value === '' ? null : value])));
    expect(printRows(rows).replaceAll('svc=""', 'svc=null')).toBe(wanted.replaceAll('svc=""', 'svc=null'));
  });

  test('take stops reading its input', async () => {
    let read = 0;
    function* endless(): Generator<Readonly<Record<string, Value>>> { for (;;) yield { n: read++ }; }
    const { plan } = kql.compile('source | where n % 2 == 0 | take 3', { mode: 'table', columns: tableColumns });
    const out = [];
    for await (const one of runTable(plan!, endless())) out.push(one['n']);
    expect(out).toEqual([0, 2, 4]);
    expect(read).toBeLessThan(7);
  });
});
