// parse, mv-expand and union in rules.
import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Expr, NamedExpr, Operator, Plan, Sink } from '../../kql/index.ts';
import { codec, objectToProtobuf } from '../../otlp/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';

const start = BigInt(Date.UTC(2026, 0, 1, 10, 0, 0)) * 1_000_000n;

function pipelineWith(of: Plan) {
  const pipeline = createPipeline({ clock: new ManualClock(start), resource: {}, recorderBytes: 1000, maxGroups: 100 });
  const deployed = pipeline.replaceRules([rule('r', of)]);
  return { pipeline, error: deployed.ok ? null : deployed.error.message };
}

function columns(signal: 'logs' | 'metrics', bytes: Uint8Array, ...names: string[]): readonly unknown[][] {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  return Array.from({ length: walked.value.recordCount }, (_, i) => { cursor.moveTo(i); return names.map((name) => cursor.column(codec.columnId(signal, name))); });
}

const process = (pipeline: ReturnType<typeof pipelineWith>['pipeline'], signal: 'logs' | 'spans', bytes: Uint8Array) => {
  const result = pipeline.process(signal, bytes, { in: false, out: false });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const body = col('Body', 'dynamic');
const parse = (keepOnlyParsed: boolean): Operator => ({ op: 'parse', source: body, mode: 'simple', flags: '', keepOnlyParsed, parts: [{ part: 'skip' }, { part: 'text', text: 'took ' }, { part: 'column', name: 'ms', type: 'long' }, { part: 'text', text: ' ms' }] });
const lines = logRequest('time | service | body\n10:00:00 | a | job took 12 ms\n10:00:00 | a | job done\n10:00:00 | b | it took 900 ms');

test('parse makes columns that later steps and update() use; parse-where keeps what parsed', () => {
  const { pipeline } = pipelineWith(plan('Logs', [parse(false)], { sink: 'update' }));
  expect(columns('logs', process(pipeline, 'logs', lines).out[0]!.bytes, 'Attributes').flat()).toEqual([{ ms: 12 }, {}, { ms: 900 }]);
  const slow = pipelineWith(plan('Logs', [parse(true), where(call('>', col('ms', 'long'), lit(100)))], { sink: 'drop' }));
  expect(process(slow.pipeline, 'logs', lines).removed.dropped).toBe(1);
  const parsed = pipelineWith(plan('Logs', [parse(true)], { sink: 'drop' }));
  expect(process(parsed.pipeline, 'logs', lines).removed.dropped).toBe(2);
});

const count = { name: 'N', fn: 'count', args: [], type: 'long' } as const;
const toMetric: Sink = { sink: 'to_metric', name: 'm', unit: '', keep: false };
const by = (name: string, expr: Expr): NamedExpr => ({ name, expr });
const expand = (name: string, expr: Expr, more: Partial<Extract<Operator, { op: 'mv-expand' }>> = {}): Operator => ({ op: 'mv-expand', columns: [{ name, expr, type: 'string' }], bag: 'bag', indexColumn: null, limit: null, ...more });
const tags = logRequest('time | service | body | attributes\n10:00:00 | a | x | tags:=["red","blue","red"]\n10:00:00 | a | y | tags:=["blue"]\n10:00:00 | a | z | tags:=[]\n10:00:00 | a | w |');

const pointsOf = (pipeline: ReturnType<typeof pipelineWith>['pipeline']): readonly string[] => pipeline.flush(start, true).flatMap(({ bytes }) => columns('metrics', bytes, 'Value', 'Attributes').map(([value, attributes]) => `${JSON.stringify(attributes)} ${String(value)}`));

test('mv-expand counts rows; a record is taken once, and only when a row of it got through', () => {
  const { pipeline } = pipelineWith(plan('Logs', [expand('tag', attr('tags')), where(call('!=', col('tag'), lit('red'))), where(call('!=', col('tag'), lit(''))), { op: 'summarize', aggregates: [count], by: [by('tag', col('tag'))] }], toMetric));
  const result = process(pipeline, 'logs', tags);
  expect(result).toMatchObject({ removed: { toMetric: 2 }, out: [{ records: 2 }] });
  expect(pipeline.heldRecords()).toBe(2);
  expect(pointsOf(pipeline)).toEqual(['{"tag":"blue"} 2']);
  expect(pipeline.stats()[0]).toMatchObject({ matched: 2, removed: 2, emitted: 1 });
});

test('mv-expand of mv-expand, with an index and a limit', () => {
  const { pipeline } = pipelineWith(plan('Logs', [expand('tag', attr('tags'), { indexColumn: 'i', limit: lit(2) }), expand('again', attr('tags')), { op: 'summarize', aggregates: [count], by: [by('i', col('i', 'long')), by('again', col('again'))] }], toMetric));
  process(pipeline, 'logs', logRequest('time | body | attributes\n10:00:00 | x | tags:=["red","blue","red"]'));
  expect(pointsOf(pipeline)).toEqual(['{"i":0,"again":"red"} 2', '{"i":0,"again":"blue"} 1', '{"i":1,"again":"red"} 2', '{"i":1,"again":"blue"} 1']);
});

test('rows of one record are bounded, however they multiply, and that is counted', () => {
  const many = JSON.stringify(Array.from({ length: 3000 }, (_, i) => i));
  const { pipeline } = pipelineWith(plan('Logs', [expand('a', attr('tags')), expand('b', attr('tags')), { op: 'summarize', aggregates: [count], by: [] }], toMetric));
  process(pipeline, 'logs', logRequest([{ service: 's', resource: {}, scope: '', record: { body: 'x', attributes: { tags: JSON.parse(many) as number[] } } }]));
  expect(pipeline.stats()[0]).toMatchObject({ matched: 1, overflowed: 1 });
  expect(Number(pointsOf(pipeline)[0]!.split(' ')[1])).toBeLessThanOrEqual(4096);
});

test('what the rows of one record have in common is worked out once for all of them, whether columns, tests, keys or aggregates ask', () => {
  let asked = 0;
  const clock = { nowUnixNano: () => { asked++; return start; }, monotonicMs: () => 0 };
  /** Asks the clock each time it is worked out. */
  const age: Expr = { k: 'call', fn: '-', type: 'timespan', args: [{ k: 'call', fn: 'now', type: 'datetime', args: [] }, col('Timestamp', 'datetime')] };
  const asksFor = (rows: number): number => {
    const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1000, maxGroups: 100 });
    const operators: Operator[] = [
      expand('tag', attr('tags')), where(call('>=', age, lit('0', 'timespan'))), { op: 'extend', columns: [{ name: 'Age', expr: age }, { name: 'Twice', expr: { k: 'call', fn: '+', type: 'timespan', args: [age, age] } }] },
      { op: 'summarize', aggregates: [count, { name: 'Old', fn: 'countif', args: [call('>=', age, lit('0', 'timespan'))], type: 'long' }], by: [by('young', call('<', age, lit('60000000000', 'timespan'))), by('tag', col('tag'))] },
    ];
    expect(pipeline.replaceRules([rule('r', plan('Logs', operators, toMetric))]).ok).toBe(true);
    const record = (tag: string) => ({ service: 's', resource: {}, scope: '', record: { timeUnixNano: start, body: 'x', attributes: { tags: Array.from({ length: rows }, () => tag) } } });
    asked = 0;
    process(pipeline, 'logs', logRequest([record('a'), record('b')]));
    const seen = asked;
    expect(pointsOf(pipeline).map((point) => Number(point.split(' ').at(-1)))).toEqual([rows, rows, rows, rows]);
    return seen;
  };
  expect(asksFor(500)).toBe(asksFor(2));
});

test('each record has its own: nothing of one is told of the next', () => {
  const { pipeline } = pipelineWith(plan('Logs', [expand('tag', attr('tags')), { op: 'extend', columns: [{ name: 'B', expr: call('toupper', body) }] }, { op: 'summarize', aggregates: [count], by: [by('B', col('B')), by('both', call('strcat', body, col('tag')))] }], toMetric));
  process(pipeline, 'logs', logRequest('time | body | attributes\n10:00:00 | x | tags:=["1","2"]\n10:00:00 | y | tags:=["1"]'));
  expect(pointsOf(pipeline)).toEqual(['{"B":"X","both":"x1"} 1', '{"B":"X","both":"x2"} 1', '{"B":"Y","both":"y1"} 1']);
});

test('mv-expand needs summarize and to_metric', () => {
  expect(pipelineWith(plan('Logs', [expand('tag', attr('tags'))], { sink: 'drop' })).error).toBe('Rule r: mv-expand does not stream, so a rule that ends in drop cannot use it.');
});

const spans = (() => {
  const span = (name: string, millis: bigint) => ({ traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), name, startTimeUnixNano: String(start), endTimeUnixNano: String(start + millis * 1_000_000n) });
  const bytes = objectToProtobuf('spans', { resourceSpans: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 'a' } }] }, scopeSpans: [{ spans: [span('GET', 5n), span('PUT', 7n)] }] }] });
  if (!bytes.ok) throw new Error(bytes.error.message);
  return bytes.value;
})();

const union = (inputs: Extract<Operator, { op: 'union' }>['inputs'], more: Partial<Extract<Operator, { op: 'union' }>> = {}): Operator => ({ op: 'union', kind: 'outer', inputs, sourceColumn: null, ...more });

test('a union rule takes records of each table by its own leg, into one set of windows', () => {
  const of = plan('Logs', [where(call('has', body, lit('job'))), union([{ table: 'Spans', operators: [where(call('==', col('Name'), lit('GET')))] }], { sourceColumn: 'from' }), { op: 'summarize', aggregates: [count, { name: 'Names', fn: 'make_set', args: [col('from')], type: 'dynamic' }], by: [by('ServiceName', col('ServiceName'))] }, { op: 'extend', columns: [{ name: 'Names', expr: call('array_length', col('Names', 'dynamic')) }] }], toMetric);
  const { pipeline, error } = pipelineWith(of);
  expect(error).toBe(null);
  expect([process(pipeline, 'logs', lines).removed.toMetric, process(pipeline, 'spans', spans).removed.toMetric]).toEqual([2, 1]);
  expect(pointsOf(pipeline)).toEqual(['{"ServiceName":"a"} 3', '{"ServiceName":"a"} 2']);
});

test('columns of the other legs are null behind a union, and update() leaves them alone', () => {
  const of = plan('Logs', [union([{ table: 'Spans', operators: [{ op: 'extend', columns: [{ name: 'slow', expr: lit(true) }] }] }]), where(call('isempty', col('Name'))), { op: 'extend', columns: [{ name: 'seen', expr: lit('yes') }] }], { sink: 'update' });
  const { pipeline } = pipelineWith(of);
  expect(columns('logs', process(pipeline, 'logs', lines).out[0]!.bytes, 'Attributes', 'Body')[0]).toEqual([{ seen: 'yes' }, 'job took 12 ms']);
  expect(process(pipeline, 'spans', spans).changed).toBe(0);
});

test('what a union cannot do is refused with a reason', () => {
  const refused = (...operators: Operator[]): string | null => pipelineWith(plan('Logs', operators, { sink: 'drop' })).error;
  expect(refused(union([{ table: 'Logs', operators: [] }]))).toBe('Rule r: Two legs of this union read Logs: a rule meets each record once.');
  expect(refused(union([{ table: 'Spans', operators: [] }, { table: 'source', operators: [] }]))).toContain('source is every table');
  expect(refused(union([{ table: 'Spans', operators: [{ op: 'count' }] }]))).toBe('Rule r: count does not stream, so a leg of a union cannot use it.');
  expect(pipelineWith(plan('Logs', [union([{ table: 'Spans', operators: [] }], { kind: 'inner' })], { sink: 'update' })).error).toContain('kind=inner');
});
