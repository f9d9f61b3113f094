// `weir rules run` as a person runs it: recorded telemetry of every format in, OTLP JSON and exact counts out.
import { expect, test } from 'vitest';
import type { Signal } from '../../model/index.ts';
import { objectToProtobuf } from '../../otlp/index.ts';
import { temporaryFiles } from '../testing/files.ts';
import { runWeirHere } from '../testing/run-weir-here.ts';
import { jsonLines, runWeir, type Ended } from '../testing/run-weir.ts';

const file = temporaryFiles();
const line = (rules: readonly string[], input: string, more: readonly string[]): readonly string[] => ['rules', 'run', ...rules.flatMap((rule) => ['--rule', rule]), '--input', input, ...more];
const run = (rules: readonly string[], input: string, ...more: string[]): Promise<Ended> => runWeirHere(line(rules, input, more));

const drop = file('drop-noise.kql', 'Logs | where EventName == "Noise" | invoke drop()');
const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
const at = '1700000000000000123';
const log = (eventName: string, n = 1) => ({ timeUnixNano: at, severityNumber: 9, body: { stringValue: `${eventName} ${n}` }, eventName, attributes: [{ key: 'n', value: { intValue: String(n) } }] });
const logs = (...records: object[]) => ({ resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'app' }, logRecords: records }] }] });
const span = (name: string) => ({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name, kind: 2, startTimeUnixNano: at, endTimeUnixNano: at });
const spans = (...records: object[]) => ({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'app' }, spans: records }] }] });
const gauge = (name: string) => ({ name, gauge: { dataPoints: [{ timeUnixNano: at, asDouble: 1.5 }] } });
const metrics = (...records: object[]) => ({ resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'app' }, metrics: records }] }] });
const protobuf = (signal: Signal, request: object): Uint8Array => {
  const converted = objectToProtobuf(signal, request);
  if (!converted.ok) throw new Error(converted.error.message);
  return converted.value;
};

interface Summary { readonly received: number; readonly out: number; readonly rules: readonly { readonly rule: string; readonly matched: number; readonly removed: number; readonly changed: number; readonly emitted: number; readonly errors: number }[] }
/** The summary, which must be all of stderr and must add up. */
function summaryOf({ code, stderr }: Ended): Summary {
  expect([code, jsonLines(stderr).length], stderr).toEqual([0, 1]);
  const summary = jsonLines<Summary>(stderr)[0] as Summary;
  const sum = (key: 'removed' | 'emitted'): number => summary.rules.reduce((total, rule) => total + rule[key], 0);
  expect(summary.out).toBe(summary.received - sum('removed') + sum('emitted'));
  return summary;
}
const eventsIn = (stdout: string): string[] => jsonLines<ReturnType<typeof logs>>(stdout).flatMap((one) => (one.resourceLogs ?? []).flatMap((group) => group.scopeLogs.flatMap((scope) => scope.logRecords.map((record) => (record as { eventName: string }).eventName))));

test('one JSON document: what no rule touches comes out field for field', async () => {
  const ended = await runWeir(line([drop], file('one.json', JSON.stringify(logs(log('Noise'), log('Kept', 7)), null, 2)), []));
  expect(summaryOf(ended)).toEqual({ received: 2, out: 1, rules: [{ rule: 'drop-noise', matched: 1, removed: 1, changed: 0, emitted: 0, errors: 0 }] });
  expect(jsonLines(ended.stdout)).toEqual([logs(log('Kept', 7))]);
});

test('one request a line, of several signals, with CRLF and empty lines', async () => {
  const input = file('lines.json', [logs(log('Noise')), spans(span('GET /')), metrics(gauge('depth')), logs(log('Kept'), log('Noise'))].map((one) => JSON.stringify(one)).join('\r\n\r\n'));
  const ended = await run([drop], input);
  expect(summaryOf(ended)).toMatchObject({ received: 5, out: 3 });
  expect(eventsIn(ended.stdout)).toEqual(['Kept']);
  expect(ended.stdout).toContain('"GET /"');
  expect(ended.stdout).toContain('"depth"');
});

test('protobuf of each signal; the signal is what the first rule reads', async () => {
  const spanRule = file('drop-root.kql', 'Spans | where Name == "GET /" | invoke drop()');
  const metricRule = file('drop-depth.kql', 'Metrics | where MetricName == "depth" | invoke drop()');
  const ofLogs = await run([drop], file('logs.pb', protobuf('logs', logs(log('Noise'), log('Kept')))));
  const ofSpans = await run([spanRule], file('spans.pb', protobuf('spans', spans(span('GET /'), span('GET /cart')))));
  const ofMetrics = await run([metricRule], file('metrics.bin', protobuf('metrics', metrics(gauge('depth'), gauge('size'), gauge('rate')))));
  expect([ofLogs, ofSpans, ofMetrics].map((ended) => summaryOf(ended)).map(({ received, out }) => [received, out])).toEqual([[2, 1], [2, 1], [3, 2]]);
  expect(jsonLines(ofSpans.stdout)).toEqual([expect.objectContaining({ resourceSpans: [expect.objectContaining({ scopeSpans: [expect.objectContaining({ spans: [expect.objectContaining({ name: 'GET /cart', spanId: 'b7ad6b7169203331' })] })] })] })]);
});

test('--signal and --format overrule what the names say', async () => {
  const ended = await run([drop], file('dump.json', protobuf('spans', spans(span('a'), span('b')))), '--format', 'otlp-proto', '--signal', 'spans');
  expect(summaryOf(ended)).toMatchObject({ received: 2, out: 2, rules: [{ matched: 0 }] });
});

test('rows: columns of Logs by name, the rest as attributes, a service each', async () => {
  const rows = [{ EventName: 'Noise', ServiceName: 'cart' }, { EventName: 'Kept', ServiceName: 'cart', Body: 'hello', tier: 'web', size: 3, Timestamp: '2026-03-01T12:00:00.123456789Z' }, { EventName: 'Kept', ServiceName: 'pay' }];
  const ended = await run([drop], file('rows.ndjson', rows.map((row) => JSON.stringify(row)).join('\n')));
  expect(summaryOf(ended)).toMatchObject({ received: 3, out: 2 });
  expect(ended.stdout).toContain('"timeUnixNano":"1772366400123456789"');
  expect(ended.stdout).toMatch(/"key":"tier","value":\{"stringValue":"web"\}.*"key":"size","value":\{"intValue":"?3"?\}/);
  expect(jsonLines(ended.stdout)).toHaveLength(2);
});

test('several rules run in their order, redaction first, and each counts its own', async () => {
  const rules = [
    file('late.yaml', 'name: late-drop\norder: 300\nkql: |\n  Logs | where Attributes.seen == "yes" | invoke drop()\n'),
    file('early.yml', 'name: early-mark\norder: 10\nkql: Logs | where EventName == "Kept" | extend seen = "yes" | invoke update()\n'),
    file('redact.yaml', 'name: hide\norder: 9000\nkql: Logs | invoke redact("email", mode="mask")\n'),
  ];
  const mail = { ...log('Other'), body: { stringValue: 'from mara@customer.example' } };
  const ended = await run(rules, file('many.json', JSON.stringify(logs(log('Kept'), log('Kept'), mail))));
  const summary = summaryOf(ended);
  expect(Object.fromEntries(summary.rules.map(({ rule, matched, removed, changed }) => [rule, [matched, removed, changed]]))).toMatchObject({ 'early-mark': [2, 0, 2], 'late-drop': [2, 2, 0], hide: [expect.any(Number), 0, 1] });
  expect(summary.out).toBe(1);
  expect(ended.stdout).not.toContain('mara@');
});

test('a metric rule: the records go, the metric comes out at the end and is counted', async () => {
  const rule = file('to-metric.yaml', 'weir: 1\nkind: query\nname: launches\ndescription: Nobody reads them.\nlocation: on-box\ntargets: ServiceName == "shop"\nexpires: 7d\nbudget: { cpu: 1%, memory: 32MiB, output: 200/s }\nkql: |\n  Logs\n  | where EventName == "Launch"\n  | summarize Launches = count() by ServiceName, bin(Timestamp, 1s)\n  | invoke to_metric("app.launches")\n');
  const ended = await run([rule], file('launches.json', JSON.stringify(logs(...Array.from({ length: 40 }, (_, n) => log('Launch', n)), log('Kept')))));
  expect(summaryOf(ended)).toMatchObject({ received: 41, out: 2, rules: [{ rule: 'launches', matched: 40, removed: 40, emitted: 1 }] });
  const metric = jsonLines<{ resourceMetrics?: object }>(ended.stdout).find((one) => one.resourceMetrics !== undefined);
  expect(JSON.stringify(metric)).toMatch(/"name":"app\.launches".*"as(Int|Double)":"?40"?/);
});

test('what cannot be used is code 2, one message and no output', async () => {
  const good = file('good.json', JSON.stringify(logs(log('Kept'))));
  for (const [ended, message] of [
    [await run([drop], good, '--format', 'xml'), /^weir: --format "xml" is not known/],
    [await run([drop], good, '--signal', 'profiles'), /^weir: --signal "profiles" is not known/],
    [await run([file('typo.kql', 'Logs | where strlen(Body, 1) > 1 | invoke drop()')], good), /typo\.kql is not valid KQL[\s\S]*\^/],
    [await run([drop], file('rows2.jsonl', '{"a":1}\nnope\n')), /rows2\.jsonl, line 2: not JSON/],
  ] as const) {
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(message);
  }
});

test('old telemetry has the windows of its own times', async () => {
  const rate = file('rate.kql', 'Logs | summarize n = count() by bin(Timestamp, 1s) | invoke to_metric("rate")');
  const times = ['1700000000000000000', '1700000000500000000', '1700000009000000000', '1600000000000000000'];
  const ended = await run([rate], file('old.json', JSON.stringify(logs(...times.map((timeUnixNano) => ({ ...log('A'), timeUnixNano }))))));
  expect(summaryOf(ended)).toMatchObject({ received: 4, out: 3, rules: [{ emitted: 3 }] });
});
