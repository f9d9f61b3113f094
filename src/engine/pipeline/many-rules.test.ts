// Many rules together do what each would do by itself, in order, to one record after the other. The reference knows no
// stages, no index, no bytes: it asks the decoded form of each predicate and changes plain objects.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Expr, Operator, Sink } from '../../kql/index.ts';
import { codec, type Value } from '../../otlp/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import type { LogLine } from '../../testing/index.ts';
import { compileFilter, createPipeline } from '../index.ts';
import { BodyTemplates } from './body-templates.ts';

const clock = new ManualClock(1_700_000_000_000_000_000n);
const events = ['Launch', 'Stop', 'src/a.ts:7', ''];
const words = ['order', 'paid', 'token', 'Kelvin', '\u212aelvin', 'x'];
const routes = ['/a', '/b', '/things/1', '/things/2'];
const body = col('Body', 'dynamic');

const line: fc.Arbitrary<LogLine> = fc.record({
  service: fc.constantFrom('web', 'cart', ''), event: fc.constantFrom(...events), severity: fc.integer({ min: 0, max: 24 }), words: fc.array(fc.constantFrom(...words), { maxLength: 4 }),
  body: fc.constantFrom('text', 'bag', 'number', 'none'), route: fc.constantFrom(...routes, 7, null), file: fc.constantFrom('src/a.ts', 'src/b.ts', null), line: fc.constantFrom(7, '7', 8),
}).map((one) => ({
  service: one.service, scope: '', resource: (one.service === '' ? {} : { 'service.name': one.service }) as Readonly<Record<string, Value>>,
  record: {
    ...(one.event !== '' && { eventName: one.event }), severityNumber: one.severity,
    ...(one.body === 'text' ? { body: one.words.join(' ') } : one.body === 'bag' ? { body: { words: one.words } } : one.body === 'number' ? { body: 12 } : {}),
    attributes: { ...(one.route !== null && { 'http.route': one.route }), ...(one.file !== null && { 'code.file.path': one.file, 'code.line.number': one.line }) } as Readonly<Record<string, Value>>,
  },
}));

const simple: fc.Arbitrary<Expr> = fc.oneof(
  fc.constantFrom(...events, 'src/b.ts:8').map((name) => call('==', col('EventName'), lit(name))),
  fc.constantFrom(...events, 'src/b.ts:8').map((name) => call('==', col('DurableId'), lit(name))),
  fc.array(fc.constantFrom(...events, 'src/b.ts:8'), { minLength: 1, maxLength: 2 }).map((names) => call('in', col('DurableId'), ...names.map((name) => lit(name)))),
  fc.constantFrom('web', 'cart', 'none', '').map((name) => call('==', col('ServiceName'), lit(name))),
  fc.tuple(fc.constantFrom('has', 'contains', 'startswith', 'contains_cs', 'matches regex', '=~', '=='), fc.constantFrom(...words)).map(([operator, word]) => call(operator, body, lit(word))),
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((list) => call('has_any', body, ...list.map((word) => lit(word)))),
  fc.tuple(fc.constantFrom('==', 'startswith', '!='), fc.constantFrom(...routes, '7')).map(([operator, route]) => call(operator, attr('http.route'), lit(route))),
  fc.constantFrom(...routes, '7').map((route) => call('==', { k: 'call', fn: 'tostring', type: 'string', args: [attr('http.route')] }, lit(route))),
  fc.integer({ min: 0, max: 24 }).map((n) => call('>=', col('SeverityNumber', 'int'), lit(n))),
  fc.constant(call('==', attr('team'), lit('red'))),
);
const predicate: fc.Arbitrary<Expr> = fc.oneof({ weight: 3, arbitrary: simple }, ...['and', 'or'].map((joined) => ({ weight: 1, arbitrary: fc.tuple(simple, simple).map(([a, b]) => call(joined, a, b)) })), { weight: 1, arbitrary: simple.map((one) => call('not', one)) });

const set = (name: string, value: string): Operator => ({ op: 'extend', columns: [{ name, expr: lit(value) }] });
type Ending = readonly [Sink, ...Operator[]];
const ending: fc.Arbitrary<Ending> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Ending>([{ sink: 'drop' }], [{ sink: 'route', exporter: 'archive' }], [{ sink: 'sample', ratio: 1 }]) },
  { weight: 1, arbitrary: fc.constantFrom<Ending>([{ sink: 'update' }, set('team', 'red')], [{ sink: 'update' }, set('EventName', 'Stop')], [{ sink: 'update' }, set('Body', 'order paid')], [{ sink: 'update' }, set('code.file.path', 'src/b.ts')]) },
);
const rules = fc.array(fc.tuple(predicate, ending), { minLength: 1, maxLength: 30 });

function rowsOf(bytes: Uint8Array): readonly unknown[] {
  const walked = codec.walk('logs', bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  return Array.from({ length: walked.value.recordCount }, (_, i) => { cursor.moveTo(i); return ['EventName', 'ServiceName', 'Body', 'Attributes', 'SeverityNumber'].map((name) => cursor.column(codec.columnId('logs', name))); });
}

/** Asks one decoded predicate about one line. */
function holds(test: Expr, of: LogLine): boolean {
  const filter = compileFilter(plan('Logs', [where(test)]), 'logs', clock, false);
  const walked = codec.walk('logs', logRequest([of]));
  if (!filter.ok || !walked.ok) throw new Error('The reference is broken.');
  walked.value.templates = new BodyTemplates();
  return filter.value(walked.value, 0);
}

const written: Readonly<Record<string, (of: LogLine['record'], value: string) => LogLine['record']>> = {
  EventName: (of, value) => ({ ...of, eventName: value }), Body: (of, value) => ({ ...of, body: value }),
};
const withAttribute = (name: string) => (of: LogLine['record'], value: string): LogLine['record'] => ({ ...of, attributes: { ...of.attributes, [name]: value } });

/** One line through all rules: where it ends, and as what. */
function naive(line: LogLine, all: readonly (readonly [Expr, Ending])[]): { readonly to: string | null; readonly line: LogLine } {
  let now = line;
  for (const [test, [sink, extend]] of all) {
    if (!holds(test, now)) continue;
    if (sink.sink === 'drop') return { to: null, line: now };
    if (sink.sink === 'route') return { to: sink.exporter, line: now };
    if (extend?.op !== 'extend') continue;
    const { name, expr } = extend.columns[0]!;
    const write = written[name] ?? withAttribute(name);
    now = { ...now, record: write(now.record, expr.k === 'literal' ? String(expr.value) : '') };
  }
  return { to: 'default', line: now };
}

test('many rules at once are many rules one by one', () => {
  fc.assert(fc.property(rules, fc.array(line, { minLength: 1, maxLength: 12 }), (list, lines) => {
    const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1e6, maxGroups: 10 });
    const deployed = pipeline.replaceRules(list.map(([test, [sink, ...operators]], i) => rule(`r${String(i).padStart(2, '0')}`, plan('Logs', [where(test), ...operators], sink))));
    if (!deployed.ok) throw new Error(deployed.error.message);
    const result = pipeline.process('logs', logRequest(lines), { in: false, out: false });
    if (!result.ok) throw new Error(result.error.message);
    const wanted = lines.map((one) => naive(one, list));
    for (const exporter of ['default', 'archive']) {
      const got = result.value.out.filter((batch) => batch.exporter === exporter).flatMap((batch) => rowsOf(batch.bytes));
      const expected = wanted.filter(({ to }) => to === exporter).flatMap((one) => rowsOf(logRequest([one.line])));
      // What is routed leaves stage by stage, so its order among itself is not that of the request.
      const sorted = (rows: readonly unknown[]): readonly string[] => rows.map((row) => JSON.stringify(row)).sort();
      if (exporter === 'default') expect(got).toEqual(expected); else expect(sorted(got)).toEqual(sorted(expected));
    }
    expect(pipeline.stats().reduce((sum, one) => sum + one.errors, 0)).toBe(0);
  }), { numRuns: 200 });
});
