// Plans made at random, printed and compiled again, are the same Plans. They are as the compiler would make them: every name is resolved
// and every type is what the binder says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageForTests } from './kusto/kusto-for-tests.ts';
import { planToKql } from './print.ts';
import { planVersion, type Aggregate, type Expr, type KqlType, type NamedExpr, type Operator, type ParsePart, type Plan, type Sink, type SortKey, type SubQuery } from './plan.ts';
import type { ColumnHint, CompileMode } from './language.ts';

const rowColumns: readonly ColumnHint[] = [
  { name: 't', type: 'datetime' }, { name: 'n', type: 'long' }, { name: 'm', type: 'long' }, { name: 'x', type: 'real' }, { name: 'who', type: 'string' }, { name: 'what it said', type: 'string' }, { name: 'ok', type: 'bool' }, { name: 'd', type: 'dynamic' }, { name: 'took', type: 'timespan' },
];

type Columns = ReadonlyMap<string, KqlType>;
const literal = (type: KqlType, value: unknown): Expr => ({ k: 'literal', type, value });
const call = (type: KqlType, fn: string, ...args: readonly Expr[]): Expr => ({ k: 'call', type, fn, args });
const column = (columns: Columns, name: string): Expr => ({ k: 'column', type: columns.get(name)!, name });
const text = fc.string({ unit: 'binary', maxLength: 12 });
/** A name that no column has: the binder goes by the first type of a name that parse gives a second time. */
const newName = fc.oneof(fc.stringMatching(/^[a-z]{3,8}$/), fc.constantFrom('where', 'http.route', "it's", 'x y', 'Ümlaut', 'kind')).map((name) => `new_${name}`);

/** Expressions of a type over the columns that are there. */
function valueOf(columns: Columns, type: KqlType): fc.Arbitrary<Expr> {
  const own = [...columns].filter(([, of]) => of === type).map(([name]) => column(columns, name));
  const leaves = [...(own.length === 0 ? [] : [fc.constantFrom(...own)]), literals[type] ?? fc.constant(literal(type, null))];
  const of = (other: KqlType): fc.Arbitrary<Expr> => valueLeaf(columns, other);
  return fc.oneof({ withCrossShrink: true, maxDepth: 2 }, ...leaves, ...(calls[type] ?? []).map((make) => make(of)));
}

function valueLeaf(columns: Columns, type: KqlType): fc.Arbitrary<Expr> {
  const own = [...columns].filter(([, of]) => of === type).map(([name]) => column(columns, name));
  return fc.oneof(...(own.length === 0 ? [] : [fc.constantFrom(...own)]), literals[type] ?? fc.constant(literal(type, null)));
}

const nanos = fc.bigInt({ min: 1n, max: 10n ** 15n }).map((value) => (value * 100n).toString());
const literals: Partial<Record<KqlType, fc.Arbitrary<Expr>>> = {
  long: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => literal('long', value)), real: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => literal('real', Object.is(value, -0) ? 0 : value)),
  string: text.map((value) => literal('string', value)), bool: fc.boolean().map((value) => literal('bool', value)), timespan: nanos.map((value) => literal('timespan', value)), datetime: nanos.map((value) => literal('datetime', value)),
  dynamic: fc.jsonValue({ maxDepth: 2 }).filter((value) => typeof value === 'object' && value !== null).map((value) => literal('dynamic', value)),
};

type Of = (type: KqlType) => fc.Arbitrary<Expr>;
const binary = (type: KqlType, operators: readonly string[], left: KqlType, right: KqlType = left) => (of: Of): fc.Arbitrary<Expr> => fc.tuple(fc.constantFrom(...operators), of(left), of(right)).map(([fn, a, b]) => call(type, fn, a, b));
const fn = (type: KqlType, name: string, ...types: readonly KqlType[]) => (of: Of): fc.Arbitrary<Expr> => fc.tuple(...types.map(of)).map((args) => call(type, name, ...args));
const list = (name: string) => (of: Of): fc.Arbitrary<Expr> => fc.tuple(of('string'), fc.array(text, { minLength: 1, maxLength: 3 })).map(([value, items]) => call('bool', name, value, ...items.map((item) => literal('string', item))));

const calls: Partial<Record<KqlType, readonly ((of: Of) => fc.Arbitrary<Expr>)[]>> = {
  bool: [
    binary('bool', ['==', '!=', '<', '<=', '>', '>='], 'long'), binary('bool', ['==', '!=', '=~', '!~', 'has', '!has', 'has_cs', 'contains', '!contains_cs', 'startswith', '!endswith', 'hasprefix', 'hassuffix_cs', 'matches regex'], 'string'),
    binary('bool', ['and', 'or'], 'bool'), fn('bool', 'not', 'bool'), fn('bool', 'isempty', 'string'), fn('bool', 'isnull', 'real'), list('in'), list('!in~'), list('has_any'), list('has_all'),
    fn('bool', 'between', 'long', 'long', 'long'), binary('bool', ['<', '>'], 'timespan'), binary('bool', ['<', '>='], 'datetime'),
  ],
  long: [binary('long', ['+', '-', '*', '/', '%'], 'long'), fn('long', 'strlen', 'string'), fn('long', 'tolong', 'dynamic'), fn('long', 'negate', 'long'), fn('long', 'bin', 'long', 'long'), fn('long', 'iff', 'bool', 'long', 'long'), (of) => of('string').map((value) => call('long', 'extract', literal('string', '(.)'), literal('long', 1), value, literal('string', 'long')))],
  real: [binary('real', ['+', '-', '*', '/'], 'real'), binary('real', ['+', '*'], 'long', 'real'), fn('real', 'toreal', 'string')],
  string: [fn('string', 'tolower', 'string'), fn('string', 'strcat', 'string', 'string'), fn('string', 'tostring', 'dynamic'), fn('string', 'substring', 'string', 'long')],
  timespan: [binary('timespan', ['-'], 'datetime'), binary('timespan', ['+', '-'], 'timespan')],
  datetime: [binary('datetime', ['+', '-'], 'datetime', 'timespan'), fn('datetime', 'ago', 'timespan'), fn('datetime', 'now')],
  dynamic: [
    (of) => fc.tuple(of('dynamic'), text).map(([base, key]): Expr => ({ k: 'member', type: 'dynamic', base: base.k === 'column' && base.name === 'd' ? base : call('dynamic', 'parse_json', literal('string', '{}')), key: literal('string', key) })),
    fn('dynamic', 'parse_json', 'string'), fn('dynamic', 'pack_array', 'long', 'string'), fn('dynamic', 'bag_pack', 'string', 'long'), fn('dynamic', 'split', 'string', 'string'),
  ],
};

/** Negating a number that is a literal gives a literal, as the compiler folds it. */
const plausible = (expr: Expr): boolean => expr.k !== 'call' ? expr.k !== 'member' || (plausible(expr.base) && plausible(expr.key)) : !(expr.fn === 'negate' && expr.args[0]?.k === 'literal') && expr.args.every(plausible);

interface Step { readonly operator: Operator; readonly columns: Columns }
const types: readonly KqlType[] = ['long', 'real', 'string', 'bool', 'dynamic', 'timespan', 'datetime'];

function named(columns: Columns): fc.Arbitrary<readonly NamedExpr[]> {
  return fc.uniqueArray(fc.tuple(fresh(columns), fc.constantFrom(...types).chain((type) => valueOf(columns, type).filter(plausible))), { minLength: 1, maxLength: 3, selector: ([name]) => name }).map((all) => all.map(([name, expr]) => ({ name, expr })));
}

const fresh = (columns: Columns): fc.Arbitrary<string> => newName.map((name) => { let free = name; while (columns.has(free)) free = `${free}_`; return free; });
const with_ = (columns: Columns, made: readonly (readonly [string, KqlType])[]): Columns => new Map([...columns, ...made]);
const typed = (made: readonly NamedExpr[]): readonly (readonly [string, KqlType])[] => made.map(({ name, expr }) => [name, expr.type]);

function aggregate(columns: Columns): fc.Arbitrary<Omit<Aggregate, 'name'>> {
  const long = valueOf(columns, 'long').filter(plausible);
  const predicate = valueOf(columns, 'bool').filter(plausible);
  const one = (fnName: string, type: KqlType, ...args: readonly fc.Arbitrary<Expr>[]) => fc.tuple(...args).map((values) => ({ fn: fnName, args: values, type }));
  return fc.oneof(
    one('count', 'long'), one('countif', 'long', predicate), one('sum', 'long', long), one('avg', 'real', long), one('max', 'long', long), one('sumif', 'long', long, predicate), one('dcount', 'long', valueOf(columns, 'string').filter(plausible)),
    one('percentile', 'long', long, fc.integer({ min: 1, max: 99 }).map((share) => literal('long', share))), one('make_list', 'dynamic', long), one('make_set', 'dynamic', long), one('stdev', 'real', long), one('take_any', 'long', long),
  );
}

function summarize(columns: Columns): fc.Arbitrary<Step> {
  const groups = fc.tuple(fc.boolean(), fc.boolean()).map(([byWho, byTime]): readonly NamedExpr[] => [
    ...(byWho && columns.get('who') === 'string' ? [{ name: 'who', expr: column(columns, 'who') }] : []), ...(byTime && columns.get('t') === 'datetime' ? [{ name: 'hour', expr: call('datetime', 'bin', column(columns, 't'), literal('timespan', '3600000000000')) }] : []),
  ]);
  return fc.tuple(groups, fc.uniqueArray(fc.tuple(fresh(columns), aggregate(columns)), { minLength: 1, maxLength: 3, selector: ([name]) => name })).map(([by, all]) => {
    const aggregates = all.map(([name, rest]): Aggregate => ({ name, ...rest }));
    return { operator: { op: 'summarize', aggregates, by }, columns: new Map<string, KqlType>([...typed(by), ...aggregates.map(({ name, type }) => [name, type] as const)]) };
  });
}

function parse(columns: Columns): fc.Arbitrary<Step> {
  const part = fc.tuple(fc.stringMatching(/^[a-z =:"\\]{1,6}$/), fresh(columns), fc.constantFrom<KqlType>('string', 'long', 'real', 'datetime', 'bool'));
  return fc.record({
    source: valueOf(columns, 'string').filter(plausible), mode: fc.constantFrom<'simple' | 'regex' | 'relaxed'>('simple', 'regex', 'relaxed'), flags: fc.constantFrom('', 'i', 'Us'), star: fc.boolean(), keepOnlyParsed: fc.boolean(),
    pieces: fc.uniqueArray(part, { minLength: 1, maxLength: 3, selector: ([, name]) => name }),
  }).map(({ source, mode, flags, star, keepOnlyParsed, pieces }) => {
    const parts: readonly ParsePart[] = [...(star ? [{ part: 'skip' } as const] : []), ...pieces.flatMap(([before, name, type]): readonly ParsePart[] => [{ part: 'text', text: before }, { part: 'column', name, type }])];
    return { operator: { op: 'parse', source, mode, flags: mode === 'regex' ? flags : '', parts, keepOnlyParsed }, columns: with_(columns, pieces.map(([, name, type]) => [name, type])) };
  });
}

function expand(columns: Columns): fc.Arbitrary<Step> {
  const one = fc.tuple(fresh(columns), valueOf(columns, 'dynamic').filter(plausible), fc.constantFrom<KqlType>('dynamic', 'long', 'string'));
  return fc.record({ all: fc.uniqueArray(one, { minLength: 1, maxLength: 2, selector: ([name]) => name }), bag: fc.constantFrom<'bag' | 'array'>('bag', 'array'), index: columns.has('at_index') ? fc.constant(false) : fc.boolean(), limit: fc.option(fc.integer({ min: 1, max: 50 })) }).map(({ all, bag, index, limit }) => ({
    operator: { op: 'mv-expand', columns: all.map(([name, expr, type]) => ({ name, expr, type })), bag, indexColumn: index ? 'at_index' : null, limit: limit === null ? null : literal('long', limit) },
    columns: with_(columns, [...all.map(([name, , type]) => [name, type] as const), ...(index ? [['at_index', 'long'] as const] : [])]),
  }));
}

const sortKeys = (columns: Columns): fc.Arbitrary<readonly SortKey[]> => fc.array(fc.record({ expr: valueOf(columns, 'long').filter((expr) => plausible(expr) && expr.k !== 'literal'), descending: fc.boolean(), nullsFirst: fc.boolean() }), { minLength: 1, maxLength: 2 });
const count = fc.integer({ min: 1, max: 100 }).map((value) => literal('long', value));

function names(columns: Columns): fc.Arbitrary<readonly string[]> { return fc.subarray([...columns.keys()], { minLength: 1, maxLength: Math.max(1, columns.size - 1) }); }

/** Any operator; a union of what can follow needs the same columns in each leg, so its legs only choose rows. */
function step(columns: Columns, leg: boolean): fc.Arbitrary<Step> {
  const same = (operator: fc.Arbitrary<Operator>): fc.Arbitrary<Step> => operator.map((one) => ({ operator: one, columns }));
  const where = same(valueOf(columns, 'bool').filter(plausible).map((predicate) => ({ op: 'where', predicate })));
  const choosing = [where, same(count.map((value) => ({ op: 'take', count: value }))), same(count.map((value) => ({ op: 'sample', count: value })))];
  if (leg) return fc.oneof(...choosing);
  return fc.oneof(
    ...choosing, named(columns).map((made) => ({ operator: { op: 'extend', columns: made } as const, columns: with_(columns, typed(made)) })), named(columns).map((made) => ({ operator: { op: 'project', columns: made } as const, columns: new Map(typed(made)) })),
    names(columns).map((gone) => ({ operator: { op: 'project-away', columns: gone } as const, columns: new Map([...columns].filter(([name]) => !gone.includes(name))) })),
    names(columns).map((kept) => ({ operator: { op: 'project-keep', columns: kept } as const, columns: new Map([...columns].filter(([name]) => kept.includes(name))) })),
    same(sortKeys(columns).map((by) => ({ op: 'sort', by }))), same(fc.tuple(count, sortKeys(columns)).map(([value, by]) => ({ op: 'top', count: value, by: by.slice(0, 1) }))),
    fc.constant<Step>({ operator: { op: 'count' }, columns: new Map([['Count', 'long']]) }), summarize(columns), parse(columns), expand(columns),
  );
}

function pipe(columns: Columns, length: number, leg = false): fc.Arbitrary<{ readonly operators: readonly Operator[]; readonly columns: Columns }> {
  if (length === 0 || columns.size === 0) return fc.constant({ operators: [], columns });
  return step(columns, leg).chain(({ operator, columns: after }) => pipe(after, length - 1, leg).map((rest) => ({ operators: [operator, ...rest.operators], columns: rest.columns })));
}

const start: Columns = new Map(rowColumns.map(({ name, type }) => [name, type]));
const legs: fc.Arbitrary<readonly SubQuery[]> = fc.array(fc.integer({ min: 0, max: 2 }).chain((length) => pipe(start, length, true)).map(({ operators }): SubQuery => ({ table: 'source', operators })), { minLength: 1, maxLength: 2 });

/** A table query, in one case of three with a union in front. */
const randomPlan: fc.Arbitrary<Plan> = fc.tuple(fc.option(fc.record({ kind: fc.constantFrom<'outer' | 'inner'>('outer', 'inner'), inputs: legs, source: fc.boolean() }), { freq: 2 }), fc.integer({ min: 1, max: 5 })).chain(([union, length]) => {
  const head: readonly Operator[] = union === null ? [] : [{ op: 'union', kind: union.kind, inputs: union.inputs, sourceColumn: union.source ? 'from_table' : null }];
  const columns = union?.source === true ? with_(start, [['from_table', 'string']]) : start;
  return pipe(columns, length).map(({ operators }): Plan => ({ version: planVersion, table: 'source', operators: [...head, ...operators], sink: null }));
});

const sinkName = fc.stringMatching(/^[a-z][a-z0-9.]{0,12}$/);
/** Sinks that take any record. */
const randomSink: fc.Arbitrary<Sink> = fc.oneof(
  fc.constant<Sink>({ sink: 'drop' }), fc.integer({ min: 1, max: 1000 }).map((share): Sink => ({ sink: 'sample', ratio: share / 1000 })), fc.tuple(fc.integer({ min: 1, max: 86_400_000 }), fc.subarray(['ServiceName', 'EventName', 'Body'], { minLength: 1 })).map(([ms, key]): Sink => ({ sink: 'dedup', windowNanos: String(BigInt(ms) * 1_000_000n), key })),
  fc.tuple(fc.constantFrom(['*'], ['email'], ['ipv4', 'email']), fc.constantFrom('mask' as const, 'hash' as const, 'remove' as const)).map(([detectors, mode]): Sink => ({ sink: 'redact', detectors, mode })),
  fc.tuple(sinkName, fc.boolean()).map(([recorder, tee]): Sink => ({ sink: 'record', recorder, tee })), sinkName.map((exporter): Sink => ({ sink: 'route', exporter })),
);

const kql = await languageForTests();

describe('a Plan made at random', () => {
  const lowered = (plan: Plan, mode: CompileMode): Plan => {
    const text = planToKql(plan);
    const { plan: again, diagnostics } = kql.compile(text, { mode, columns: mode === 'table' ? rowColumns : [] });
    if (again === null) throw new Error(`${text}\n${diagnostics.map(({ message, help, start, end }) => `‹${text.slice(start, end)}› ${message} ${help}`).join('\n')}`);
    return again;
  };
  it('reads back from its text: table queries', () => { fc.assert(fc.property(randomPlan, (plan) => { expect(lowered(plan, 'table')).toEqual(plan); }), { numRuns: 80 }); });
  it('reads back from its text: sinks', () => { fc.assert(fc.property(randomSink, (sink) => { const plan: Plan = { version: planVersion, table: 'Logs', operators: [], sink }; expect(lowered(plan, 'rule')).toEqual(plan); }), { numRuns: 60 }); });
});
