// Tests in rule documents: what passes, and how a failure reads.
import { beforeAll, expect, test } from 'vitest';
import type { KqlLanguage } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import { checkRule } from '../check/index.ts';
import { compiledQuery, languageForTests } from '../testing/language-for-tests.ts';
import { decodeRecords, firstDifference } from './compare.ts';
import { encodeRecord, type ColumnRecord } from './encode-records.ts';
import { junit } from './junit.ts';
import { expectationOf, runTests } from './run-tests.ts';

let language: KqlLanguage;
beforeAll(async () => { language = await languageForTests(); }, 60_000);

/** Failures of one test on one rule. */
const failures = async (kql: string, given: readonly ColumnRecord[], expected: object, targets?: string): Promise<readonly string[]> =>
  (await runTests(compiledQuery(language, 'mine', kql, targets === undefined ? {} : { targets }), [{ name: 't', given: [...given], expect: expected }])).results[0]!.failures;

const two = [{ EventName: 'Noise', Body: 'a' }, { EventName: 'Kept', Body: 'b', SeverityNumber: 9, n: 5, Attributes: { 'http.route': '/x' } }];
const drop = 'Logs | where EventName == "Noise" | invoke drop()';

test('records that leave, in order, by the fields that are named', async () => {
  expect(await failures(drop, two, { records: [{ EventName: 'Kept', 'http.route': '/x', n: 5, Missing: null }], matched: 1, dropped: 1, changed: 0 })).toEqual([]);
  expect(await failures(drop, [{ EventName: 'Noise', ServiceName: 'shop' }, { EventName: 'Noise', ServiceName: 'cart' }], { records: [{ ServiceName: 'cart' }], matched: 1 }, 'ServiceName == "shop"')).toEqual([]);
});

test('a difference names the field, what was expected and what came', async () => {
  expect(await failures(drop, two, { records: [{ Body: 'c' }], matched: 2 })).toEqual([
    'record 1: Body: expected "c", came "b"\n  expected {Body: "c"}\n  came     {SeverityNumber: 9, EventName: "Kept", Body: "b", Attributes: {http.route: "/x", n: 5}}',
    'matched: expected 2, came 1',
  ]);
  expect(await failures(drop, two, { records: [] })).toEqual([expect.stringMatching(/^expected 0 records, 1 came out\n {2}the first too many: \{.*EventName: "Kept"/)]);
  expect(await failures(drop, [], { records: [{ Body: 'a' }] })).toEqual(['expected 1 record, none came out\n  the first that is missing: {Body: "a"}']);
  expect((await failures(drop, two, { records: [{ 'http.route': '/y' }] }))[0]).toMatch(/^record 1: http\.route: expected "\/y", came "\/x"/);
});

const metric = 'Logs | where EventName == "A" | summarize n = count() by ServiceName, bin(Timestamp, 10s) | invoke to_metric("m")';
test('data points, in any order, by time windows that the test sets', async () => {
  const given = [{ EventName: 'A', ServiceName: 'x' }, { EventName: 'A', ServiceName: 'x' }, { at: '35s', EventName: 'A', ServiceName: 'x' }, { EventName: 'A', ServiceName: 'y' }];
  expect(await failures(metric, given, { records: [], metrics: [{ name: 'm', value: 1 }, { value: 2 }, { value: 1 }] })).toEqual([]);
  expect(await failures(metric, given, { metrics: [{ value: 2 }, { value: 1 }] })).toEqual([expect.stringMatching(/^expected 2 data points, 3 came out\n {2}the first too many: \{name: "m"/)]);
  expect(await failures(metric, given, { metrics: [{ name: 'other', value: 3 }] })).toEqual([expect.stringMatching(/^no data point \{name: "other", value: 3\} came out\n {2}came {5}\{name: "m"/)]);
});

test('changes, redaction, spans and metrics', async () => {
  expect(await failures('Logs | extend tier = "web", Body = toupper(tostring(Body)) | invoke update()', [{ Body: 'hi' }], { records: [{ Body: 'HI', tier: 'web' }], changed: 1 })).toEqual([]);
  expect((await failures('Logs | invoke redact("email")', [{ Body: 'from mara@customer.example' }], { records: [{ Body: 'from mara@customer.example' }] }))[0]).toMatch(/^record 1: Body: expected/);
  expect(await failures('Spans | where Duration > 1s | invoke drop()', [{ Name: 'GET /', Duration: '2s', Kind: 'Server' }, { Name: 'GET /b', Duration: '200ms', StatusCode: 'error' }], { records: [{ Name: 'GET /b', Duration: '200ms', StatusCode: 'Error', Kind: 'Unspecified' }] })).toEqual([]);
  expect(await failures('Metrics | where MetricName == "depth" and Value > 5 | invoke drop()', [{ MetricName: 'depth', Value: 9 }, { MetricName: 'depth', Value: 1.5, queue: 'a' }], { records: [{ Value: 1.5, queue: 'a', Kind: 'Gauge' }] })).toEqual([]);
});

test('what cannot be given is a failure in plain words', async () => {
  expect(await failures(drop, [{ Body: 'a' }, { Timestamp: 'yesterday' }], {})).toEqual(['given 2: Timestamp must be a time such as 2026-01-01T10:00:00Z, not "yesterday".']);
  expect(await failures(drop, [{ at: '5s', Body: 'a' }, { at: '1s', Body: 'b' }], {})).toEqual(['given 2: at 1s lies before the record above it. Put the records in the order of their times.']);
  expect(await failures(drop, [{ table: 'Traces' }], {})).toEqual(['given 1: table is Logs, Spans or Metrics, not "Traces".']);
  expect((await failures(drop, [{ DurableId: 'x' }], {}))[0]).toMatch(/^given 1: DurableId cannot be given/);
  expect((await failures(drop, [{ TraceId: 'xyz' }], {}))[0]).toMatch(/^given 1: .*hex/);
});

const everything: Readonly<Record<Signal, ColumnRecord>> = {
  logs: { Timestamp: '2026-02-03T04:05:06.123456789Z', ObservedTimestamp: '2026-02-03T04:05:07Z', SeverityNumber: 17, SeverityText: 'ERROR', EventName: 'E', Body: { a: [1, 'b', true] }, Attributes: { x: 1.5, y: -3 }, Resource: { 'host.name': 'h', 'service.name': 's' }, ServiceName: 's', ScopeName: 'sc', ScopeVersion: '1', TraceId: '0af7651916cd43dd8448eb211c80319c', SpanId: 'b7ad6b7169203331', Flags: 1 },
  spans: { StartTimestamp: '2026-02-03T04:05:06Z', EndTimestamp: '2026-02-03T04:05:06.25Z', Duration: '250ms', Name: 'GET /', Kind: 'Client', StatusCode: 'Error', StatusMessage: 'no', TraceId: '0af7651916cd43dd8448eb211c80319c', SpanId: 'b7ad6b7169203331', ParentSpanId: 'b7ad6b7169203332', TraceState: 'a=b', Flags: 1, Attributes: { a: 'b' }, ServiceName: 's', ScopeName: 'sc' },
  metrics: { Timestamp: '2026-02-03T04:05:06Z', StartTimestamp: '2026-02-03T04:05:00Z', MetricName: 'm', Description: 'd', Unit: 'ms', Kind: 'Histogram', Temporality: 'Cumulative', Count: 3, Sum: 7.5, Min: 1, Max: 4, BucketCounts: [1, 2], ExplicitBounds: [2.5], Attributes: { a: 1 }, ServiceName: 's' },
};
test.each(Object.entries(everything) as [Signal, ColumnRecord][])('%s: every column that can be given comes back', (signal, record) => {
  const bytes = encodeRecord(signal, record, 0n);
  const [back] = decodeRecords(signal, (bytes as { value: Uint8Array }).value);
  expect(firstDifference(record, back!)).toBeNull();
  for (const [name, value] of Object.entries(record)) expect(firstDifference({ [name]: typeof value === 'number' ? value + 1 : 'other' }, back!)).not.toBeNull();
});

test('a state machine: transitions, actions and states at their times', async () => {
  const { compiled, document } = checkRule(`kind: state-machine
name: net
key: [ServiceName]
initial: idle
states:
  idle:
    on: [{ when: 'EventName == "Bad"', count: 2, within: 10s, to: stuck }]
  stuck:
    enter: [{ action: cpu-sample, duration: 5s }]
    after: { 1m: idle }
tests:
  - name: two within ten seconds
    given: [{ EventName: Bad, ServiceName: a }, { at: 5s, EventName: Bad, ServiceName: a }, { at: 5s, EventName: Bad, ServiceName: b }]
    expect: { state: { a: stuck, b: idle }, actions: [cpu-sample], transitions: [idle -> stuck] }
  - name: too far apart
    given: [{ EventName: Bad, ServiceName: a }, { at: 20s, EventName: Bad, ServiceName: a }]
    expect: { state: idle, actions: [] }
  - name: back after a minute
    given: [{ EventName: Bad, ServiceName: a }, { EventName: Bad, ServiceName: a }, { at: 2m }]
    expect: { state: idle, transitions: [idle->stuck, stuck -> idle] }
  - name: wrong on purpose
    given: [{ EventName: Bad, ServiceName: a }]
    expect: { state: stuck, actions: [memory-dump] }
`, language);
  expect((await runTests(compiled!, document!.tests)).results.map(({ failures: found }) => found)).toEqual([[], [], [], [
    'actions: number 1 is memory-dump, came nothing\n  expected memory-dump\n  came     none', 'state of a: expected stuck, came idle',
  ]]);
});

test('JUnit: counted, timed, and escaped', async () => {
  const report = { rule: 'a & <b>', results: [{ name: 'ok "1"', ok: true, failures: [], milliseconds: 12.3 }, { name: 'bad', ok: false, failures: ['a < b\nsecond \u0000 line', 'more'], milliseconds: 0 }] };
  expect(junit([report])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="weir rules" tests="2" failures="1" errors="0" time="0.012">
  <testsuite name="a &amp; &lt;b&gt;" tests="2" failures="1" errors="0" skipped="0" time="0.012">
    <testcase classname="a &amp; &lt;b&gt;" name="ok &quot;1&quot;" time="0.012"/>
    <testcase classname="a &amp; &lt;b&gt;" name="bad" time="0.000">
      <failure type="difference" message="a &lt; b">a &lt; b&#10;second \ufffd line&#10;&#10;more</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('what a rule makes of records is what a new test expects, and it passes', async () => {
  const given = [{ EventName: 'A', ServiceName: 'x' }, { EventName: 'B' }];
  for (const kql of [metric, drop, 'Logs | where EventName == "A" | summarize n = count() by bin(Timestamp, 10s) | invoke to_metric("m", keep=true)']) {
    const rule = compiledQuery(language, 'mine', kql);
    const expected = await expectationOf(rule, given);
    expect(expected.ok && (await runTests(rule, [{ name: 'new', given, expect: expected.value as object }])).results[0]!.failures).toEqual([]);
  }
  const made = await expectationOf(compiledQuery(language, 'mine', metric), given);
  expect(made.ok && made.value).toEqual({ matched: 1, dropped: 1, changed: 0, metrics: [{ name: 'm', value: 1, attributes: expect.objectContaining({ ServiceName: 'x' }) }] });
});
