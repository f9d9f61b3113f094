// `weir cost` as a person runs it: every kind of file, the table, the JSON, and what goes wrong.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { costReport, type CostReport } from '../../model/index.ts';
import { codec, objectToProtobuf } from '../../otlp/index.ts';
import { costTraffic } from '../testing/cost-traffic.ts';
import { temporaryFiles } from '../testing/files.ts';
import { runWeirHere } from '../testing/run-weir-here.ts';

const file = temporaryFiles();
const traffic = costTraffic().slice(0, 30);
const jsonOf = (bytes: Uint8Array): unknown => { const json = codec.protobufToJson('logs', bytes); if (!json.ok) throw new Error(json.error.message); return json.value; };
const cost = (...args: string[]) => runWeirHere(['cost', ...args]);

async function report(...args: string[]): Promise<CostReport & { readonly suggestions?: readonly { readonly rule: string; readonly kind: string }[] }> {
  const { code, stdout, stderr } = await cost(...args, '--format', 'json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const files = {
  'protobuf': file('t.binpb', Buffer.concat(traffic)), 'protobuf, gzipped': file('t.binpb.gz', gzipSync(Buffer.concat(traffic))),
  'OTLP JSON lines': file('t.jsonl', traffic.map((one) => JSON.stringify(jsonOf(one))).join('\n')), 'OTLP JSON lines, gzipped': file('t.jsonl.gz', gzipSync(traffic.map((one) => JSON.stringify(jsonOf(one))).join('\n'))),
  'one OTLP JSON document': file('t.json', JSON.stringify({ resourceLogs: traffic.flatMap((one) => (jsonOf(one) as { resourceLogs: unknown[] }).resourceLogs) }, null, 2)),
};

test.each(Object.entries(files))('%s: the same report', async (_name, path) => {
  const given = await report('--input', path);
  const expected = await report('--input', files.protobuf);
  expect(costReport.safeParse(given).success).toBe(true);
  expect(given.rows.map(({ label }) => label)).toEqual(['RequestDone', 'CacheLookup', 'HealthCheck', 'user <*> logged in from <*>', 'PayloadDump']);
  expect(given.totalPerMonth).toBeCloseTo(expected.totalPerMonth, 6);
  expect(given.rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
});

const pino = Array.from({ length: 600 }, (_, i) => JSON.stringify({ level: i % 10 === 0 ? 50 : 30, time: Date.UTC(2026, 0, 1) + i * 100, pid: 7, hostname: 'h1', name: 'pay', msg: `order ${i * 7919} ${i % 2 === 0 ? 'paid' : 'refused'}` })).join('\n');

test('rows of a logger: service, severity, time and text by their usual names', async () => {
  const path = file('pino.jsonl', pino);
  expect((await report('--input', path, '--by', 'service')).rows.map(({ label }) => label)).toEqual(['pay']);
  expect((await report('--input', path, '--by', 'severity')).rows.map(({ label, recordsPerSecond }) => [label, Math.round(recordsPerSecond)])).toEqual([['INFO', 9], ['ERROR', 1]]);
  const { rows, overSeconds, month } = await report('--input', path);
  expect(overSeconds).toBeCloseTo(59.9, 9);
  expect(month.measuredSeconds).toBeCloseTo(59.9, 3);
  expect(rows.every(({ source }) => source === 'template')).toBe(true);
});

test.each([
  ['ECS', { '@timestamp': '2026-01-01T00:00:00Z', log: { level: 'warn', logger: 'l' }, service: { name: 'pay', version: '2' }, message: 'm' }],
  ['structlog', { timestamp: '2026-01-01T00:00:00Z', level: 'warning', service: 'pay', event: 'm', version: '2', log: { a: 1 } }],
  ['zap', { ts: 1767225600.5, level: 'WARN', 'service.name': 'pay', 'service.version': '2', msg: 'm' }],
  ['a Weir table', { Timestamp: '2026-01-01T00:00:00Z', SeverityNumber: 13, ServiceName: 'pay', Body: 'm', Attributes: { a: 1 }, version: '2' }],
])('%s', async (_name, row) => {
  const path = file('rows.jsonl', `${JSON.stringify(row)}\n`);
  expect((await report('--input', path, '--over', '1m', '--by', 'severity')).rows.map(({ label }) => label)).toEqual(['WARN']);
  expect((await report('--input', path, '--over', '1m', '--by', 'version')).rows.map(({ label }) => label)).toEqual(['pay 2']);
  expect((await report('--input', path, '--over', '1m')).rows.map(({ label }) => label)).toEqual(['m']);
});

const metrics = codec.encodeMetrics({ 'service.name': 'pay' }, 'm', [0, 1, 2].map((i) => ({ name: 'queue.depth', unit: '1', kind: 'gauge', monotonic: false, value: i, isInt: true, startUnixNano: 0n, timeUnixNano: 1_767_225_600_000_000_000n + BigInt(i) * 1_000_000_000n, attributes: { queue: `q${i}` } })));
const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'GET /', startTimeUnixNano: '1767225600000000000', endTimeUnixNano: '1767225601000000000' };
const spans = objectToProtobuf('spans', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });

test('metrics and spans in protobuf are told by their first record; series are counted by their attributes, at the least', async () => {
  if (!spans.ok) throw new Error(spans.error.message);
  expect(await report('--input', file('metrics.binpb', metrics))).toMatchObject({ overSeconds: 2, series: 3, totalPerMonth: 0.06, rows: [{ label: 'queue.depth', signal: 'metrics' }] });
  expect((await report('--input', file('spans.binpb', spans.value), '--over', '1s')).rows).toMatchObject([{ label: 'GET /', signal: 'spans', recordsPerSecond: 1 }]);
});

test('the table: what it is of, the rows aligned, what is 80 % of it', async () => {
  const { code, stdout } = await cost('--input', files.protobuf, '--top', '2', '--prices', file('prices.yaml', 'currency: EUR\nlogs: { perGb: 2, perMillionRecords: 0 }\n'));
  expect(code).toBe(0);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/t\.binpb: OTLP protobuf: 4,320 log records, over 30 s \(2026-01-01T10:00:00\.000Z to /);
  expect(lines[1]).toMatch(/^At this rate [\d.]+ EUR a month \(730 hours\), by the prices in /);
  expect(lines.slice(4, 8)).toEqual([
    'EUR/month  share   sum  records/s  bytes/s  event        service   signal  durable id', expect.stringMatching(/^ +\d+\.\d\d +\d\d % +\d\d % +50 +16\.\d kB  RequestDone  checkout  logs    \(the same\)$/),
    expect.stringMatching(/PayloadDump {2}checkout {2}logs {4}\(the same\)$/), expect.stringMatching(/^and 3 more rows: [\d.]+ EUR a month/),
  ]);
});

test('suggestions come with rules that can be applied as they are', async () => {
  const { suggestions = [] } = await report('--input', files.protobuf, '--suggest', '--top', '50');
  expect(suggestions.length).toBeGreaterThan(5);
  const rule = suggestions.find(({ kind }) => kind === 'to-metric')!.rule;
  const checked = await runWeirHere(['rules', 'validate', file('suggested.yaml', rule)]);
  expect(checked.code, checked.stderr + checked.stdout).toBe(0);
  expect((await cost('--input', files.protobuf, '--suggest', '--top', '3')).stdout).toMatch(/What could be saved: [\d.]+ USD a month in all.*the first 3 of \d+\n\n1\. /s);
});

test('hostile text does not reach the terminal', async () => {
  const { stdout } = await cost('--input', file('evil.jsonl', JSON.stringify({ EventName: 'a\u001b[31mred\u202e', ServiceName: 'x\u0007' })), '--over', '1s');
  for (const char of ['\u001b', '\u0007', '\u202e']) expect(stdout).not.toContain(char);
});

test.each<readonly [string, readonly string[], string | Uint8Array, RegExp]>([
  ['no times', [], '{"msg":"a"}\n{"msg":"b"}', /its records have no time, so there is no rate\.\n.*--over 10m/],
  ['one time', [], '{"msg":"a","time":1767225600}', /all the same time/],
  ['not JSON', [], 'hello\nworld', /Nothing of standard input could be read \(line 1: no JSON object\)/],
  ['nothing', [], '', /standard input holds no records/],
  ['a broken document', [], '{\n "a": \n', /neither JSON lines nor one JSON document/],
  ['cut off protobuf', ['--input', file('cut.binpb', traffic[0]!.subarray(0, 500))], '', /ends in the middle of a resource at byte 500/],
  ['no such file', ['--input', '/nowhere'], '', /there is no such file/],
  ['a bad duration', ['--over', 'long'], '{}', /--over long is no duration/],
  ['a bad price', ['--prices', file('bad.yaml', 'logs: { perGb: -1 }')], '{}', /is no price table: .*perGb/],
])('%s: said, with what to do', async (_name, args, input, message) => {
  const { code, stderr } = await runWeirHere(['cost', ...args], { input: input as string });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test.each(['table', 'json'])('lines that cannot be read are counted, the %s is of the others, and the exit code says it', async (format) => {
  const { code, stdout, stderr } = await runWeirHere(['cost', '--over', '1m', '--format', format], { input: `${pino}\nnot json\n[]\n` });
  expect([code, stderr]).toEqual([1, 'weir: standard input: 2 lines could not be read and are not counted (line 601: no JSON object).\n']);
  expect(stdout).toContain('order <*>');
  if (format === 'json') expect(costReport.safeParse(JSON.parse(stdout)).success).toBe(true);
});

const at = Date.UTC(2026, 0, 1);
const row = (i: number, more: object = {}): string => JSON.stringify({ time: new Date(at + i * 1000).toISOString(), level: 'info', service: 'pay', msg: 'paid', ...more });
const rows = (count: number): string[] => Array.from({ length: count }, (_, i) => row(i));
const bytesPerSecond = ({ rows: all }: CostReport): number => all.reduce((sum, one) => sum + one.bytesPerSecond, 0);

test('keys that are called like parts of objects are attributes', async () => {
  const text = rows(100).map((line, i) => `{"constructor": "c${i}", "toString": 1, "__proto__": {"a": 2}, ${line.slice(1)}`).join('\n');
  expect((await report('--input', file('proto.jsonl', text))).rows.map(({ label, signal }) => [label, signal])).toEqual([['paid', 'logs']]);
});

test('of an object whose member is a part of the record the other members stay', async () => {
  const fat = 'x'.repeat(4000);
  const per = async (name: string, more: object): Promise<number> => bytesPerSecond(await report('--input', file(name, Array.from({ length: 100 }, (_, i) => row(i, more)).join('\n'))));
  const flat = await per('flat.jsonl', { description: fat });
  for (const more of [{ service: { name: 'pay', description: fat } }, { level: undefined, log: { level: 'info', big: fat } }, { Resource: fat }, { ScopeVersion: fat }]) expect((await per('nested.jsonl', more)) / flat).toBeCloseTo(1, 1);
});

test.each([['1970', '1970-01-01T00:00:01Z'], ['2200', '2200-01-01T00:00:00Z'], ['9999', '9999-12-31T00:00:00Z'], ['no time', '']])('one record of another time (%s) does not change the rate, and is told', async (_name, time) => {
  const path = file('odd.jsonl', [...rows(100), row(0, { time })].join('\n'));
  const { code, stdout, stderr } = await cost('--input', path);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('1 record has no time, or one far from all others');
  expect((await report('--input', path)).overSeconds).toBeCloseTo(99, 6);
});

test('a file that is of the year 1999 only is of 1999', async () => {
  const path = file('1999.jsonl', Array.from({ length: 100 }, (_, i) => row(0, { time: new Date(Date.UTC(1999, 0, 1) + i * 1000).toISOString() })).join('\n'));
  expect((await report('--input', path)).overSeconds).toBeCloseTo(99, 6);
});

const request = JSON.stringify(jsonOf(traffic[0]!));
test.each([
  ['a request that is none', [request, '{"resourceLogs": 5}', request], 'line 2: '],
  ['a first line that is cut off', ['{"time": "2026-01-01T00:0', ...rows(100)], 'line 1: no JSON object'],
  ['a first line that is cut off where a document may go on', ['{"msg": "a", "more": {', ...rows(100)], 'line 1: no JSON object'],
  ['a first line with a control character', ['\u001b[31mstart\u001b[0m', ...rows(100)], 'line 1: no JSON object'],
  ['an element that is no object', [`[${request},`, '7]'], 'element 2: no JSON object'],
])('%s is told and counted, and the rest is the report', async (_name, lines, told) => {
  const { code, stdout, stderr } = await cost('--input', file('part.jsonl', lines.join('\n')), '--over', '1m');
  expect([code, stderr.match(/1 (line|element) could not be read/)?.length === 2 ? 1 : 0]).toEqual([1, 1]);
  expect(stderr).toContain(told);
  expect(stdout).toMatch(/: [\d,]+ log records, taken as 60 s/);
});

test('a document that is broken is no lines', async () => {
  const { code, stderr } = await cost('--input', file('broken.json', '{\n  "resourceLogs": [\n    {}\n'));
  expect(code).toBe(2);
  expect(stderr).toContain('neither JSON lines nor one JSON document');
});

test('UTF-16 is called that', async () => {
  const { code, stderr } = await cost('--input', file('utf16.jsonl', Buffer.from(`\uFEFF${rows(3).join('\n')}`, 'utf16le')));
  expect(code).toBe(2);
  expect(stderr).toContain('is UTF-16');
});

test('a currency with control characters is none', async () => {
  const { code, stderr } = await cost('--input', file('c.jsonl', rows(10).join('\n')), '--prices', file('c.json', JSON.stringify({ currency: 'E\u001b[1m' })));
  expect(code).toBe(2);
  expect(stderr).toContain('control characters');
  expect(stderr).not.toContain('\u001b');
});
