// Golden table of the larger constructs: parse, mv-expand, sample, union, let and its functions, expressions over aggregates, dedup.
import { describe, expect, it } from 'vitest';
import type { ColumnHint } from '../language.ts';
import { languageForTests, outcome } from './kusto-for-tests.ts';

const kql = await languageForTests();
type Case = readonly [text: string, ...lines: string[]];
const columns: readonly ColumnHint[] = [{ name: 't', type: 'datetime' }, { name: 'n', type: 'long' }, { name: 'who', type: 'string' }, { name: 'd', type: 'dynamic' }];

const queries: readonly Case[] = [
  // parse
  ['source | parse who with "a" x:int * "b"', 'source', 'parse simple who with "a" x:int * "b"'],
  ['source | parse kind=regex flags=Ui who with @"\\d+" x:real y', 'error KS101 at ‹y›'],
  ['source | parse-where kind=relaxed d with y:datetime "," z | project z, y', 'source', 'parse-where relaxed (tostring d) with y:datetime "," z:string', 'project z := z, y := y'],
  ['source | parse kind=regex flags=iU who with * "^a" x "b+" | where x == "q"', 'source', 'parse regex/iU who with * "^a" x:string "b+"', 'where (== x "q")'],
  ['source | parse kind=regex flags=x who with "a" x', 'error weir/parameter at ‹flags=x›'],
  ['source | parse flags=i who with "a" x', 'error weir/parameter at ‹flags=i›'],
  ['source | parse who with "a" n:string | project n', 'source', 'parse simple who with "a" n:string', 'project n := n'],
  // mv-expand
  ['source | mv-expand d', 'source', 'mv-expand bag d:dynamic := d'],
  ['source | mv-expand bagexpansion=array with_itemindex=i d, e = d.x to typeof(long) limit 5 | where i > 0 and e > 1', 'source', 'mv-expand array index=i d:dynamic := d, e:long := d["x"] limit 5', 'where (and (> i 0) (> e 1))'],
  ['source | mv-expand d["a b"], parse_json(who)', 'source', 'mv-expand bag d_a b:dynamic := d["a b"], who:dynamic := (parse_json who)'],
  ['source | mv-expand who', 'error KS141 at ‹who›'],
  ['source | mv-expand d limit n', 'error weir/expand at ‹n›'],
  // sample
  ['source | sample 5', 'source', 'sample 5'],
  // union
  ['source | where n > 1 | union (source | where n < 0)', 'source', 'where (> n 1)', 'union outer (source | where (< n 0))'],
  ['union (source | where n > 1), (source | where n < 0)', 'source', 'where (> n 1)', 'union outer (source | where (< n 0))'],
  ['union kind=inner withsource=S source, (source | project who, n) | project S, who', 'source', 'union inner source=S (source | project who := who, n := n)', 'project S := S, who := who'],
  ['source | union (source | extend n = "x") | project n_long, n_string', 'source', 'project-rename n → n_long', 'union outer (source | extend n := "x" | project-rename n → n_string)', 'project n_long := n_long, n_string := n_string'],
  ['source | union (source | union (source | take 1))', 'source', 'union outer (source | union outer (source | take 1))'],
  ['source | union isfuzzy=true source', 'error weir/parameter at ‹isfuzzy=true›'],
  // let: values, tables, functions
  ['let a = 5; let b = a + 1; source | where n > b', 'source', 'where (> n (+ 5 1))'],
  ['let n = 5; source | where n > 3', 'source', 'where (> n 3)'],
  ['let hot = source | where n > 3; hot | union hot | summarize count() by who', 'source', 'where (> n 3)', 'union outer (source | where (> n 3))', 'summarize count_:long := count by who := who'],
  ['let hot = materialize(source | where n > 3); hot | count', 'source', 'where (> n 3)', 'count'],
  ['let a = 5; let f = (x:long){ x + a }; source | extend q = f(n), r = f(f(1))', 'source', 'extend q := (+ n 5), r := (+ (+ 1 5) 5)'],
  ['let half = (x:real){ x / 2 }; source | extend h = half(n)', 'source', 'extend h := (/ (toreal n) 2)'],
  ['let f = (x:long, y:long = 7){ let z = x * y; z - 1 }; source | extend q = f(n), r = f(y = 1, x = 2)', 'source', 'extend q := (- (* n 7) 1), r := (- (* 2 1) 1)'],
  ['let big = (T:(n:long), m:long) { T | where n > m | summarize c = count() }; source | invoke big(3) | extend e = c', 'source', 'where (> n 3)', 'summarize c:long := count by ', 'extend e := c'],
  ['let big = (m:long) { source | where n > m }; big(3) | union (big(9))', 'source', 'where (> n 3)', 'union outer (source | where (> n 9))'],
  ['let all = view () { source }; all | take 1', 'source', 'take 1'],
  ['let f = (T:(*)) { T | where n > 3 }; source | invoke f()', 'error KS142 at ‹n›'],
  ['let f = (x:long){ x }; source | where f > 3', 'error KS117 at ‹f›'],
  ['set notruncation; source | take 1', 'error weir/let at ‹set notruncation›'],
  // Aggregates: names as KQL gives them, expressions over them, stars
  ['source | summarize count(), percentile(n, 95), make_list(who), arg_max(t, *), any(n), make_set_if(n, n > 1)', 'source',
    'summarize count_:long := count, percentile_n_95:long := percentile n 95, list_who:dynamic := make_list who, t:datetime := arg_max t t, n:long := arg_max t n, who:string := arg_max t who, d:dynamic := arg_max t d, any_n:long := take_any n, set_n:dynamic := make_set_if n (> n 1) by '],
  ['source | summarize r = sum(n) / count(), c = count() by who', 'source', 'summarize c:long := count, __aggregate1:long := sum n, __aggregate2:long := count by who := who', 'extend r := (/ __aggregate1 __aggregate2)', 'project who := who, r := r, c := c'],
  ['source | summarize round(avg(n), 1), 100.0 * sum(n) / sum(n)', 'source', 'summarize __aggregate1:real := avg n, __aggregate2:long := sum n by ', 'extend avg_n := (round __aggregate1 1), Column1 := (/ (* real:100 __aggregate2) __aggregate2)', 'project avg_n := avg_n, Column1 := Column1'],
  ['let share = (a:real, b:real){ iff(b == 0, 0.0, a / b) }; source | summarize s = share(countif(n > 1), count())', 'source', 'summarize __aggregate1:long := countif (> n 1), __aggregate2:long := count by ', 'extend s := (iff (== (toreal __aggregate2) 0) real:0 (/ (toreal __aggregate1) (toreal __aggregate2)))', 'project s := s'],
  ['source | summarize percentiles_array(n, 5, 95), percentilesw(n, n, 50, 90)', 'source', 'summarize percentile_n_50:long := percentilew n n 50, percentile_n_90:long := percentilew n n 90, __aggregate1:long := percentile n 5, __aggregate2:long := percentile n 95 by ', 'extend percentiles_n := (pack_array __aggregate1 __aggregate2)', 'project percentiles_n := percentiles_n, percentile_n_50 := percentile_n_50, percentile_n_90 := percentile_n_90'],
  ['source | summarize (oldest, whose) = arg_min(t, who), x = arg_max(n, who)', 'source', 'summarize oldest:datetime := arg_min t t, whose:string := arg_min t who, x:long := arg_max n n, who:string := arg_max n who by '],
  ['source | summarize arg_max(n, *) by who, bin(t, 1h)', 'source', 'summarize n:long := arg_max n n, t1:datetime := arg_max n t, d:dynamic := arg_max n d by who := who, t := (bin t timespan:"3600000000000")'],
  ['source | summarize take_any(*), arg_max(n, who, *) by zz = tostring(foo)', 'warning weir/unknown-column at ‹foo›', 'source', 'summarize t:datetime := take_any t, n:long := take_any n, who:string := take_any who, d:dynamic := take_any d, n1:long := arg_max n n, who1:string := arg_max n who, t1:datetime := arg_max n t, d1:dynamic := arg_max n d by zz := (tostring foo)'],
  ['source | summarize x = who', 'error KS236 at ‹who›'],
  ['source | summarize x = sum(count())', 'error KS144 at ‹count›'],
  ['source | summarize x = arg_max(n, who) + 1', 'error KS106 at ‹+›'],
  ['source | distinct tolower(who), n', 'source', 'extend Column1 := (tolower who)', 'distinct Column1 := Column1, n := n'],
  // Functions over the names of columns, typeof, moments
  ['source | extend a = column_ifexists("nn", 3), b = column_ifexists("n", 3), c = bag_pack_columns(n, who), e = pack_all()', 'source', 'extend a := 3, b := n, c := (bag_pack "n" n "who" who), e := (bag_pack "t" t "n" n "who" who "d" d)'],
  ['source | extend x = extract("a(.)", 1, who, typeof(long)), y = extract_json("$.a", who, typeof(double))', 'source', 'extend x := (extract "a(.)" 1 who "long"), y := (extract_json "$.a" who "real")'],
  ['source | where t between (datetime(8 Nov 14 15:05:02 GMT) .. datetime(now))', 'source', 'where (between t datetime:"1415459102000000000" (now))'],
  ['source | where t > bin_at(now(), 1d, datetime(2014)) and n > bin_auto(n)', 'error weir/function at ‹bin_auto›'],
  ['source | top 3 by n asc nulls last', 'source', 'top 3 n asc'],
];

const rules: readonly Case[] = [
  ['Logs | where SeverityNumber < 9 | invoke dedup(10s)', 'Logs', 'where (< SeverityNumber 9)', '→ dedup windowNanos="10000000000" key=["ServiceName","DurableId","SeverityNumber","Body"]'],
  ['Spans | invoke dedup(1m)', 'Spans', '→ dedup windowNanos="60000000000" key=["ServiceName","Name","Kind","StatusCode","StatusMessage"]'],
  ['Logs | extend u = tostring(Attributes.user) | invoke dedup(1m, key=dynamic(["u", "ServiceName", "u"]))', 'Logs', 'extend u := (tostring Attributes["user"])', '→ dedup windowNanos="60000000000" key=["u","ServiceName"]'],
  ['Logs | invoke dedup(1m, "usr")', 'error weir/dedup-key at ‹"usr"›'],
  ['Logs | invoke dedup(1m, dynamic([]))', 'error weir/dedup-key at ‹dynamic([])›'],
  ['Logs | invoke dedup(2d)', 'error weir/dedup-window at ‹2d›'],
  ['Logs | invoke dedup()', 'error KS119 at ‹dedup›'],
  ['Logs | where EventName == "x" | union (Spans | where Name == "y") | invoke route("a")', 'Logs', 'where (== EventName "x")', 'union outer (Spans | where (== Name "y"))', '→ route exporter="a"'],
  ['union (Logs | where EventName == "x"), Spans | summarize N = count() by ServiceName, bin(Timestamp, 10s) | invoke to_metric("n")', 'Logs', 'where (== EventName "x")', 'union outer (Spans)', 'summarize N:long := count by ServiceName := ServiceName, Timestamp := (bin Timestamp timespan:"10000000000")', '→ to_metric name="n" unit="" keep=false'],
  ['union Logs, (Spans | take 3), Logs | invoke drop()', 'error weir/not-streaming at ‹take 3›', 'error weir/not-streaming at ‹Logs›', 'warning weir/drops-all at ‹invoke drop()›'],
  ['union source, Logs | invoke sample(0.5)', 'error weir/not-streaming at ‹Logs›'],
  ['union Logs, (Spans | invoke drop()) | invoke sample(0.5)', 'error weir/no-sink-here at ‹invoke drop()›'],
  ['Logs | mv-expand a = Attributes.x to typeof(long) | summarize S = sum(a) by bin(Timestamp, 10s) | invoke to_metric("n")', 'Logs', 'mv-expand bag a:long := Attributes["x"]', 'summarize S:long := sum a by Timestamp := (bin Timestamp timespan:"10000000000")', '→ to_metric name="n" unit="" keep=false'],
  ['Logs | mv-expand a = Attributes.x | invoke sample(0.5)', 'error weir/not-streaming at ‹mv-expand a = Attributes.x›'],
  ['Logs | parse Body with "user=" user " " * | invoke update()', 'Logs', 'parse simple (tostring Body) with "user=" user:string " " *', '→ update'],
  ['Logs | parse Body with "x" TraceId " " * | invoke update()', 'error weir/read-only at ‹parse Body with "x" TraceId " " *›'],
  ['let mine = (T:(ServiceName:string)) { T | where ServiceName == "a" }; Logs | invoke mine() | invoke drop()', 'Logs', 'where (== ServiceName "a")', '→ drop'],
  ['Logs | summarize N = count() by bin(Timestamp, 10s) | parse "a" with "a" b | invoke to_metric("n")', 'error weir/after-summarize at ‹parse "a" with "a" b›'],
];

describe('table queries', () => { for (const [text, ...lines] of queries) it(text, () => expect(outcome(kql, text, { mode: 'table', columns })).toEqual(lines)); });
describe('rules', () => { for (const [text, ...lines] of rules) it(text, () => expect(outcome(kql, text, 'rule')).toEqual(lines)); });
