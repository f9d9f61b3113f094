// The engine against the reference: random plans, well typed as the compiler would make them, over random rows.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Aggregate, Expr, KqlType, NamedExpr, Operator, SortKey } from '../../../kql/index.ts';
import type { Value } from '../../../otlp/index.ts';
import { call, col, lit, plan } from '../../../testing/index.ts';
import { runTable } from '../../index.ts';
import { textOperators, type Plain, type PlainRow } from './evaluate.ts';
import { interpret } from './interpret.ts';

type Arbitrary<T> = fc.Arbitrary<T>;

const longs = fc.oneof(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: -9n, max: 9n }), fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)));
const reals = fc.oneof(fc.constantFrom(0, 0.5, -0.5, 1, -2.5, 3.25, 100, 1e16), fc.integer({ min: -20, max: 20 }).map((value) => value / 4));
const texts = fc.array(fc.constantFrom('a', 'A', 'b', 'err', 'Err', '_', ' ', '-', '1', 'é', 'É', '日', '\u{1f600}'), { maxLength: 5 }).map((parts) => parts.join(''));

/** i, j are longs of any size, n a small one, r a real, s and u strings, b a bool; any but u may be missing. */
const columns: Readonly<Record<string, KqlType>> = { i: 'long', j: 'long', n: 'long', r: 'real', s: 'string', u: 'string', b: 'bool' };
const maybe = <T>(value: Arbitrary<T>): Arbitrary<T | null> => fc.option(value, { freq: 5, nil: null });
const rows: Arbitrary<readonly PlainRow[]> = fc.array(fc.record({ i: maybe(longs), j: maybe(longs), n: maybe(fc.bigInt({ min: -3n, max: 3n })), r: maybe(reals), s: maybe(texts), u: texts, b: maybe(fc.boolean()) }), { maxLength: 12 });

const asJson = (value: bigint): number | string => (Number.isSafeInteger(Number(value)) ? Number(value) : value.toString());
const typedCall = (type: KqlType, fn: string, ...args: readonly Expr[]): Expr => ({ k: 'call', type, fn, args });
const columnOf = (type: KqlType): Arbitrary<Expr> => fc.constantFrom(...Object.entries(columns).filter(([, one]) => one === type).map(([name]) => col(name, type)));

const literals: Readonly<Record<string, Arbitrary<Expr>>> = {
  long: longs.map((value) => lit(asJson(value), 'long')), real: reals.map((value) => lit(value, 'real')), string: texts.map((value) => lit(value)), bool: fc.boolean().map((value) => lit(value)),
};
const leaf = (type: KqlType): Arbitrary<Expr> => fc.oneof({ weight: 3, arbitrary: columnOf(type) }, { weight: 2, arbitrary: literals[type]! });

/** An expression of a type, `depth` calls deep at most. */
function expression(type: KqlType, depth: number): Arbitrary<Expr> {
  if (depth === 0) return leaf(type);
  const of = (one: KqlType): Arbitrary<Expr> => expression(one, depth - 1);
  const choice = fc.tuple(of('bool'), of(type), of(type)).map(([test, yes, no]) => typedCall(type, 'iff', test, yes, no));
  const first = fc.tuple(of(type), of(type)).map((args) => typedCall(type, 'coalesce', ...args));
  return fc.oneof({ weight: 2, arbitrary: leaf(type) }, { weight: 5, arbitrary: calls(type, of) }, choice, first);
}

function calls(type: KqlType, of: (type: KqlType) => Arbitrary<Expr>): Arbitrary<Expr> {
  switch (type) {
    case 'long': return fc.oneof(
      fc.tuple(fc.constantFrom('+', '-', '*', '/', '%', 'bin'), of('long'), of('long')).map(([fn, a, b]) => typedCall('long', fn, a, b)),
      of('string').map((arg) => typedCall('long', 'strlen', arg)));
    case 'real': return fc.tuple(fc.constantFrom('+', '-', '*', '/', '%', 'bin'), of('real'), fc.oneof(of('real'), of('long'))).map(([fn, a, b]) => typedCall('real', fn, a, b));
    case 'string': return fc.oneof(
      fc.tuple(of('string'), fc.oneof(of('string'), of('long'), of('real'), of('bool'))).map((args) => typedCall('string', 'strcat', ...args)),
      of('string').map((arg) => typedCall('string', 'tolower', arg)));
    default: return predicate(of);
  }
}

function predicate(of: (type: KqlType) => Arbitrary<Expr>): Arbitrary<Expr> {
  const numbers = fc.oneof(fc.tuple(of('long'), of('long')), fc.tuple(of('long'), of('real')), fc.tuple(of('real'), of('real')));
  const pairs = fc.oneof(numbers, fc.tuple(of('string'), of('string')), fc.tuple(of('bool'), of('bool')));
  return fc.oneof(
    fc.tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), pairs).map(([fn, args]) => typedCall('bool', fn, ...args)),
    fc.tuple(fc.constantFrom(...textOperators), of('string'), of('string')).map(([fn, a, b]) => typedCall('bool', fn, a, b)),
    fc.tuple(fc.constantFrom('and', 'or'), of('bool'), of('bool')).map(([fn, a, b]) => typedCall('bool', fn, a, b)),
    of('bool').map((arg) => call('not', arg)),
    fc.tuple(fc.constantFrom('in', '!in'), of('long'), fc.array(of('long'), { minLength: 1, maxLength: 3 })).map(([fn, a, items]) => typedCall('bool', fn, a, ...items)),
    fc.tuple(of('long'), of('long'), of('real')).map((args) => typedCall('bool', 'between', ...args)),
    fc.tuple(fc.constantFrom('isnull', 'isempty'), fc.oneof(of('long'), of('string'), of('real'))).map(([fn, arg]) => typedCall('bool', fn, arg)));
}

const types = fc.constantFrom<KqlType>('long', 'real', 'string', 'bool');
const anyExpression = types.chain((type) => expression(type, 2));
const sortKeys: Arbitrary<readonly SortKey[]> = fc.array(fc.record({ expr: types.chain((type) => expression(type, 1)), descending: fc.boolean(), nullsFirst: fc.boolean() }), { minLength: 1, maxLength: 2 });
const named = (...names: readonly string[]): Arbitrary<readonly NamedExpr[]> => fc.tuple(...names.map((name) => anyExpression.map((expr) => ({ name, expr }))));

const aggregate: Arbitrary<Omit<Aggregate, 'name'>> = fc.oneof(
  fc.constant({ fn: 'count', args: [], type: 'long' as const }),
  expression('bool', 2).map((test) => ({ fn: 'countif', args: [test], type: 'long' as const })),
  expression('long', 1).map((value) => ({ fn: 'sum', args: [value], type: 'long' as const })),
  fc.tuple(columnOf('long'), expression('bool', 1)).map((args) => ({ fn: 'sumif', args, type: 'long' as const })),
  fc.constant({ fn: 'avg', args: [col('n', 'long')], type: 'real' as const }),
  // Aggregates leave a missing string out, which an empty one is not: u is always there.
  fc.tuple(fc.constantFrom('min', 'max'), fc.oneof(columnOf('long'), columnOf('real'), fc.constant(col('u')))).map(([fn, value]) => ({ fn, args: [value], type: value.type })),
  fc.oneof(expression('long', 2), expression('bool', 2), fc.constant(col('u'))).map((value) => ({ fn: 'dcount', args: [value], type: 'long' as const })),
  fc.tuple(columnOf('long'), fc.integer({ min: 0, max: 100 })).map(([value, share]) => ({ fn: 'percentile', args: [value, lit(share)], type: 'long' as const })),
);

const summarize: Arbitrary<Operator> = fc.tuple(fc.array(fc.constantFrom('n', 's', 'b'), { maxLength: 2 }), fc.array(aggregate, { minLength: 1, maxLength: 4 })).map(([by, aggregates]) => ({
  op: 'summarize', by: [...new Set(by)].map((name) => ({ name, expr: col(name, columns[name]!) })), aggregates: aggregates.map((one, i) => ({ ...one, name: `a${i}` })),
}));

/** Operators that leave the input's columns readable; the last may change them. */
const keeping: Arbitrary<Operator> = fc.oneof(
  expression('bool', 3).map((predicate): Operator => ({ op: 'where', predicate })),
  named('x', 'y').map((columns): Operator => ({ op: 'extend', columns })),
  sortKeys.map((by): Operator => ({ op: 'sort', by })),
  fc.integer({ min: 0, max: 8 }).map((count): Operator => ({ op: 'take', count: lit(count) })),
  fc.tuple(fc.integer({ min: 0, max: 8 }), sortKeys).map(([count, by]): Operator => ({ op: 'top', count: lit(count), by })),
);
const ending: Arbitrary<Operator> = fc.oneof(keeping, summarize, summarize, named('p', 'q', 'r').map((columns): Operator => ({ op: 'project', columns })), named('d').map((by): Operator => ({ op: 'distinct', by })), fc.constant<Operator>({ op: 'count' }));

const operators: Arbitrary<readonly Operator[]> = fc.tuple(fc.array(keeping, { maxLength: 3 }), ending).map(([first, last]) => [...first, last]);

const asValue = (value: Plain): Value => (typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value);
const asRow = (row: PlainRow): Readonly<Record<string, Value>> => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null).map(([name, value]) => [name, asValue(value)]));

/** Reals to twelve digits: a mean computed in another order may differ in the last ones. A missing string is an empty one. */
const shown = (value: unknown): string => (value === null || value === undefined || value === '' ? 'none' : typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(12) : typeof value === 'number' ? `${BigInt(value)}` : String(value));
const printed = (row: Readonly<Record<string, unknown>>): string => Object.entries(row).filter(([, value]) => shown(value) !== 'none').map(([name, value]) => `${name}=${Number.isNaN(value) || value === Infinity || value === -Infinity ? String(value) : shown(value)}`).sort().join(' ');

async function ran(steps: Parameters<typeof interpret>[0], input: readonly PlainRow[]): Promise<readonly string[]> {
  const out: string[] = [];
  for await (const row of runTable(plan('source', steps), input.map(asRow))) out.push(printed(row));
  return out;
}

test('a random plan over random rows gives what the reference gives', async () => {
  await fc.assert(fc.asyncProperty(operators, rows, async (steps, input) => {
    expect(await ran(steps, input)).toEqual(interpret(steps, input).map(printed));
  }), { numRuns: 3000 });
});
