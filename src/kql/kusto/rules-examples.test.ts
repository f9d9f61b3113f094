// Every rule that the design names as an example, and every sink, operator, function and aggregate of its list, compiles. Restated here.
import { describe, expect, it } from 'vitest';
import type { CompileMode } from '../language.ts';
import { languageForTests } from './kusto-for-tests.ts';

const kql = await languageForTests();
const errors = (text: string, mode: CompileMode): readonly string[] => kql.compile(text, { mode }).diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
const compiles = (mode: CompileMode) => (text: string) => { expect(errors(text, mode)).toEqual([]); expect(kql.compile(text, { mode }).plan).not.toBeNull(); };

describe('the query rule', () => {
  it.each(['Logs\n| where EventName == "LogLaunch"\n| summarize Launches = count() by ServiceName, bin(Timestamp, 10s)\n| invoke to_metric("app.launches")\n'])('%s', compiles('rule'));
  it.each(['ServiceName == "frontend"'])('targets %s', compiles('targets'));
});

describe('the state machine', () => {
  it.each(['EventName == "QueueDepth" and toint(Attributes.depth) > 200', 'last("memory-dump") > 1h', 'since("QueueStart") > 200ms', 'ServiceName', 'Attributes["queue.name"]'])('%s', compiles('guard'));
});

it('the binder names a column and a sink that are not there', () => {
  expect(kql.compile("Logs | where Evt == 'x' | invoke redact('ip')", { mode: 'rule' }).diagnostics.map(({ start }) => start)).toContain(13);
  expect(errors('Logs | where EventName == "x" | invoke nope()', 'rule')).toEqual(['nope is not a sink.']);
});

describe('sinks', () => {
  it.each([
    'drop()', 'sample(0.1)', 'dedup(10s)', 'dedup(10s, dynamic(["ServiceName"]))', 'redact("email")', 'redact(dynamic(["email", "ipv4"]), "hash")', 'redact("*", mode="remove")', 'record("checkout-verbose")', 'record("checkout-verbose", tee=true)', 'route("archive")',
  ].map((sink) => `source | where ServiceName == "a" | invoke ${sink}`))('%s', compiles('rule'));
  it.each([
    'Logs | extend a = 1 | invoke update()', 'Logs | project-away a | invoke update()', 'Logs | project-rename a = b | invoke update()', 'Logs | project-keep Body, Attributes | invoke update()',
    'Spans | summarize N = count(), P = percentile(Duration, 95) by bin(Timestamp, 1m) | invoke to_metric("a.b", unit="ms", keep=true)',
  ])('%s', compiles('rule'));
});

describe('operators of a table query', () => {
  it.each([
    'where a == 1', 'extend a = 1', 'project a, b = c', 'project-away a', 'project-keep a, b', 'project-rename a = b', 'summarize count() by tostring(a)', 'distinct tostring(a)', 'take 3', 'top 3 by tolong(a)', 'sort by tostring(a) asc nulls first',
    'count', 'parse a with "x" b:long "y" *', 'mv-expand a', 'sample 5', 'union (source | where a == 1)',
  ].map((operator) => `source | ${operator}`).concat('let x = 3; source | where a == x'))('%s', compiles('table'));
});

const comparisons = ['==', '!=', '=~', '!~', ...['has', 'hasprefix', 'hassuffix', 'contains', 'startswith', 'endswith'].flatMap((name) => [name, `!${name}`, `${name}_cs`, `!${name}_cs`]), 'matches regex'];
describe('operators on values', () => {
  it.each([
    ...comparisons.map((operator) => `EventName ${operator} "a"`), 'SeverityNumber < 3 and SeverityNumber <= 3 or SeverityNumber > 3 and not(SeverityNumber >= 3)', 'SeverityNumber + 1 - 2 * 3 / 4 % 5 == -1',
    ...['in', '!in', 'in~', '!in~', 'has_any', 'has_all'].map((operator) => `EventName ${operator} ("a", "b")`), 'SeverityNumber between (1 .. 5)', 'SeverityNumber !between (1 .. 5)', 'Attributes["http.route"] == "a"', 'Attributes.http == "a"',
  ])('%s', compiles('filter'));
});

describe('functions of each family', () => {
  it.each([
    'tostring(a) == "x"', 'tolong(a) + toint(b) + toreal(c) > 1', 'tobool(a)', 'todatetime(a) > ago(1h)', 'totimespan(a) > 1s', 'isnotnull(todecimal(a))', 'isnotnull(toguid(tostring(a)))', 'gettype(a) == "long"',
    'strlen(EventName) > 1', 'strcat(EventName, "-", ServiceName) == "x"', 'substring(EventName, 0, 3) == "x"', 'indexof(EventName, "x") > 1', 'countof(EventName, "x") > 1', 'split(EventName, ",")[0] == "x"', 'trim(@"\\s", EventName) == "x"', 'replace_regex(EventName, "a", "b") == "x"', 'replace_string(EventName, "a", "b") == "x"', 'reverse(EventName) == "x"', 'translate("a", "b", EventName) == "x"', 'strcmp(EventName, "x") == 1',
    'extract("a(.)", 1, EventName) == "x"', 'extract_all("a(.)", EventName)[0] == "x"', 'extract_json("$.a", EventName) == "x"', 'parse_json(EventName).a == 1', 'bag_keys(Attributes)[0] == "x"', 'bag_has_key(Attributes, "x")', 'isnotnull(bag_merge(Attributes, Resource))', 'isnotnull(bag_pack("a", 1))', 'isnotnull(bag_remove_keys(Attributes, dynamic(["a"])))',
    'array_length(Attributes.a) > 1', 'set_has_element(Attributes.a, 1)', 'isnotnull(array_concat(Attributes.a, dynamic([1])))', 'isnotnull(array_slice(Attributes.a, 1, 2))', 'array_sum(Attributes.a) > 1', 'isnotnull(zip(Attributes.a, Attributes.b))', 'isnotnull(pack_array(1, 2))',
    'bin(SeverityNumber, 4) == 8', 'bin(Timestamp, 1h) > ago(1d)', 'bin_at(Timestamp, 7d, datetime(2026-01-01)) > now()', 'hourofday(Timestamp) > 8 and dayofweek(Timestamp) == 1d and getmonth(Timestamp) == 2 and startofweek(Timestamp) < endofmonth(Timestamp)', 'datetime_part("hour", Timestamp) > 1', 'datetime_diff("day", now(), Timestamp) > 1', 'format_datetime(Timestamp, "yyyy") == "2026"', 'unixtime_milliseconds_todatetime(1) < make_datetime(2026, 1, 1)', 'make_timespan(1, 2, 3) > 1h',
    'iff(SeverityNumber > 1, true, false)', 'case(SeverityNumber > 1, "a", "b") == "a"', 'coalesce(EventName, ServiceName) == "x"', 'isempty(EventName) or isnull(SeverityNumber)', 'hash(EventName, 10) == 1', 'hash_sha256(EventName) == "x" or hash_md5(EventName) == "x" or hash_sha1(EventName) == "x"',
    'ipv4_is_private(EventName) or ipv4_is_in_range(EventName, "10.0.0.0/8") or ipv4_is_match(EventName, "10.0.0.1") or ipv4_compare(EventName, "10.0.0.1") == 0 or parse_ipv4(EventName) > 1', 'has_ipv4(EventName, "10.0.0.1")', 'isnotnull(parse_url(EventName).Host)', 'isnotnull(parse_urlquery(EventName))', 'parse_version("1.2") > parse_version("1.1")', 'base64_encode_tostring(EventName) == "x"', 'url_decode(EventName) == "x"',
    'round(1.26, 1) > 1 and abs(-1) == 1 and sqrt(4) == 2 and pow(2, 3) == 8 and log10(10) == 1 and exp(1) > 2 and sin(1) > 0 and max_of(1, 2) == 2 and sign(-2) == -1 and ceiling(1.5) == 2.0', 'binary_and(6, 3) == 2',
  ])('%s', compiles('filter'));
});

describe('aggregates', () => {
  it.each([
    'count()', 'countif(n > 1)', 'sum(n)', 'sumif(n, n > 1)', 'avg(n)', 'min(n)', 'max(n)', 'dcount(who)', 'percentile(n, 95)', 'percentiles(n, 50, 95)', 'stdev(n)', 'make_list(who)', 'make_set(who)', 'arg_max(n, *)', 'arg_min(n, who)', 'take_any(who)',
    'sum(n) / count()', 'round(avg(n), 1)',
  ])('%s', (aggregate) => expect(kql.compile(`source | summarize ${aggregate} by who`, { mode: 'table', columns: [{ name: 'n', type: 'long' }, { name: 'who', type: 'string' }] }).diagnostics).toEqual([]));
});
