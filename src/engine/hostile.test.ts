// Plans and records made to break the engine: an answer or a Failure, never an exception, never a long wait.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../base/index.ts';
import type { Expr } from '../kql/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../testing/index.ts';
import { functionNames } from './expr/index.ts';
import { compileFilter, createPipeline, runTable } from './index.ts';

const clock = new ManualClock(1_767_225_600_000_000_000n);
const newPipeline = () => createPipeline({ clock, resource: {}, recorderBytes: 1000, maxGroups: 10 });
const text = (name: string) => call('matches regex', col('Body', 'dynamic'), lit(name));

test('a nested quantifier takes linear time', () => {
  const pipeline = newPipeline();
  expect(pipeline.replaceRules([rule('r', plan('Logs', [where(text('^(a+)+$'))], { sink: 'drop' }))]).ok).toBe(true);
  const result = pipeline.process('logs', logRequest([{ service: 's', resource: {}, scope: '', record: { body: `${'a'.repeat(50_000)}!` } }]), { in: false, out: false });
  expect(result).toMatchObject({ ok: true, value: { removed: { dropped: 0 } } });
});

test.each(['(', 'a{1000}{1000}', '(?=x)', '\\1', '(?<!a)b'])('the regex %s is refused with a reason', (pattern) => {
  expect(newPipeline().replaceRules([rule('r', plan('Logs', [where(text(pattern))], { sink: 'drop' }))])).toMatchObject({ ok: false, error: { code: 'plan-invalid', help: expect.stringContaining('RE2') } });
});

test('constants that grow are not computed while a rule is taken', () => {
  // With a clock that stands still nothing but that keeps extract_all from going over the text for half a minute.
  const bomb = call('==', call('array_length', call('extract_all', lit('(a*b|a)'), lit('a'.repeat(20_000)))), lit(1));
  const arrays = Array.from({ length: 40 }, (_, i) => call('==', call('array_length', call('range', lit(1), lit(1_000_000), lit(1))), lit(i)));
  const before = process.memoryUsage().heapUsed;
  expect(newPipeline().replaceRules([rule('r', plan('Logs', [where(call('or', bomb, arrays.reduce((a, b) => call('or', a, b))))], { sink: 'drop' }))]).ok).toBe(true);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
});

test('a plan nested too deep, of unknown version, or no plan at all, is a Failure', () => {
  let deep: Expr = lit(true);
  for (let i = 0; i < 5000; i++) deep = call('not', deep);
  expect(compileFilter(plan('Logs', [where(deep)]), 'logs')).toMatchObject({ ok: false, error: { code: 'plan-invalid' } });
  for (const odd of [null, 7, 'x', {}, { version: 2 }, { version: 1, table: 'Logs', operators: [{ op: 'explode' }], sink: { sink: 'drop' } }]) {
    expect(compileFilter(odd as ReturnType<typeof plan>, 'logs')).toMatchObject({ ok: false, error: { code: 'plan-invalid' } });
    expect(newPipeline().replaceRules([{ id: 'r', name: 'r', version: 1, order: 1, plan: odd }])).toMatchObject({ ok: false });
  }
});

test('unknown columns and functions, wrong counts of arguments, and a clock that is not there are Failures', () => {
  const messages = [call('==', col('Nope'), lit('x')), call('frobnicate', lit(1)), call('strlen'), call('<', col('Timestamp', 'datetime'), call('now'))].map((predicate) => {
    const result = compileFilter(plan('Logs', [where(predicate)]), 'logs');
    return result.ok ? 'ok' : result.error.message;
  });
  expect(messages).toEqual([
    'There is no column Nope at this point of the query.', 'The function or operator frobnicate is not known to this engine.',
    'strlen takes 1 to 1 arguments, not 0.', 'This query uses now() or ago(), but there is no clock here.',
  ]);
});

test('names of prototypes are names like any other', async () => {
  const rows = [JSON.parse('{"__proto__":{"x":1},"constructor":2}') as Record<string, never>, {}];
  const out: unknown[] = [];
  for await (const row of runTable(plan('source', [{ op: 'project', columns: ['__proto__', 'constructor', 'toString'].map((name) => ({ name: `v_${name}`, expr: col(name, 'dynamic') })) }]), rows, clock)) out.push(row);
  expect(out).toEqual([{ v___proto__: { x: 1 }, v_constructor: 2, v_toString: null }, { v___proto__: null, v_constructor: null, v_toString: null }]);
});

test('no function throws, whatever it is called with', async () => {
  const json = fc.jsonValue({ maxDepth: 2 });
  const argument = fc.oneof(
    json.map((value) => lit(value, 'dynamic')), fc.constantFrom(0, -1, 1.5, 1e300, -0, 64, 2 ** 53).map((value) => lit(value)), fc.string({ maxLength: 6 }).map((value) => lit(value)), fc.constantFrom<Expr>(lit(null, 'dynamic'), lit('9223372036854775807', 'long'), lit('-3600000000000', 'timespan'), lit('1767225600000000000', 'datetime'), lit('999999999999999999999', 'datetime'), attr('x')),
  );
  // Regexes from data, not constants: a bad constant is a Failure at compile time by design.
  const names = functionNames.filter((name) => !['range', 'repeat'].includes(name));
  await fc.assert(fc.asyncProperty(fc.constantFrom(...names), fc.array(argument, { maxLength: 4 }), async (fn, args) => {
    const held = args.map((_, i): Expr => ({ k: 'column', type: args[i]!.type, name: `c${i}` }));
    const row = Object.fromEntries(args.map((arg, i) => [`c${i}`, arg.k === 'literal' ? (arg.value as never) : null]));
    try {
      for await (const one of runTable(plan('source', [{ op: 'project', columns: [{ name: 'v', expr: { k: 'call', fn, args: held, type: 'dynamic' } }] }]), [row], clock)) expect(one).toHaveProperty('v');
    } catch (error) {
      expect((error as Error).constructor.name, `${fn}: ${String(error)}`).toBe('CompileError');
    }
  }), { numRuns: 4000 });
});

/** Deploys one rule; the answer has to come at once, whatever it is. */
const deploy = (of: ReturnType<typeof plan>) => newPipeline().replaceRules([rule('r', of)]);
const drop = { sink: 'drop' } as const;

test('a literal of 1 MB, a plan of a million nodes and a list of a million values are refused with a reason', () => {
  expect(deploy(plan('Logs', [where(call('has', col('Body', 'dynamic'), lit('x'.repeat(1 << 20))))], drop))).toMatchObject({ ok: false, error: { code: 'plan-invalid' } });
  expect(deploy(plan('Logs', [where({ k: 'call', type: 'bool', fn: 'in', args: Array.from({ length: 1_000_000 }, (_, i) => lit(`e${i}`)) })], drop))).toMatchObject({ ok: false, error: { code: 'plan-invalid' } });
  expect(deploy(plan('Logs', Array.from({ length: 5000 }, () => where(lit(true))), drop))).toMatchObject({ ok: false, error: { code: 'plan-invalid' } });
});

test.each(['(a{1,100}){1,100}{1,100}', '((((a*)*)*)*)*{999}', `(${'a|'.repeat(200_000)}b)`, 'x{1000000}', `${'('.repeat(5000)}${')'.repeat(5000)}`])('the regex bomb %.20s is refused', (pattern) => {
  expect(deploy(plan('Logs', [where(text(pattern))], drop))).toMatchObject({ ok: false, error: { code: 'plan-invalid' } });
});

test('unions within unions, and of too many tables, are refused with a reason', () => {
  let operators: ReturnType<typeof plan>['operators'] = [];
  for (let i = 0; i < 60; i++) operators = [{ op: 'union', kind: 'outer', sourceColumn: null, inputs: [{ table: 'Spans', operators }] }];
  expect(deploy(plan('Logs', operators, drop))).toMatchObject({ ok: false, error: { code: 'plan-invalid' } });
  const twice = { table: 'Spans', operators: [] } as const;
  expect(deploy(plan('Logs', [{ op: 'union', kind: 'outer', sourceColumn: null, inputs: [twice, twice] }], drop))).toMatchObject({ ok: false, error: { message: expect.stringContaining('Two legs of this union read Spans') } });
});

test('a chain of two hundred computations and a thousand rules of them still run', () => {
  const chain = Array.from({ length: 150 }, (_, i) => ({ op: 'extend' as const, columns: [{ name: `c${i}`, expr: i === 0 ? col('Body', 'dynamic') : call('strcat', col(`c${i - 1}`), lit('x')) }] }));
  const pipeline = newPipeline();
  expect(pipeline.replaceRules([rule('r', plan('Logs', [...chain, where(call('endswith', col('c149'), lit('xx')))], drop))]).ok).toBe(true);
  expect(pipeline.process('logs', logRequest([{ service: 's', resource: {}, scope: '', record: { body: 'y' } }]), { in: false, out: false })).toMatchObject({ ok: true, value: { removed: { dropped: 1 } } });
});
