// The engine against the reference: random plans over random rows; random predicates over encoded records, read as bytes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expr } from '../../../kql/index.ts';
import { codec, encodeLogs, type RequestView, type Value } from '../../../otlp/index.ts';
import { attr, call, col, lit, plan, where } from '../../../testing/index.ts';
import { compileFilter, runTable } from '../../index.ts';
import { operators, rows, textOperators } from './arbitrary-plan.ts';
import { evaluate, type Plain, type PlainRow } from './evaluate.ts';
import { interpret } from './interpret.ts';

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

const pieces = fc.array(fc.constantFrom('a', 'A', 'err', 'Err', 'error', '_', ' ', '-', '1', '2', 'é', 'É', '日', '\u{1f600}'), { maxLength: 4 }).map((parts) => parts.join(''));
const subjects: readonly Expr[] = [col('EventName'), col('SeverityText'), attr('k')];
const literals = fc.oneof(pieces, fc.constantFrom('error', 'Err', ''));

const comparison: fc.Arbitrary<Expr> = fc.oneof(
  fc.tuple(fc.constantFrom(...textOperators, '==', '!=', '<', '>='), fc.constantFrom(...subjects), literals).map(([fn, subject, literal]) => call(fn, subject, lit(literal))),
  fc.tuple(fc.constantFrom('in', '!in'), fc.constantFrom(...subjects), fc.array(literals, { minLength: 1, maxLength: 3 })).map(([fn, subject, items]) => call(fn, subject, ...items.map((item) => lit(item)))),
  fc.tuple(fc.constantFrom('==', '!=', '<', '>', '>='), fc.integer({ min: -2, max: 2 })).map(([fn, bound]) => call(fn, attr('n'), lit(bound))),
  fc.constantFrom(call('isnull', attr('k')), call('isempty', attr('k')), call('isempty', col('EventName'))),
);
const { predicate } = fc.letrec<{ predicate: Expr }>((tie) => ({
  predicate: fc.oneof({ maxDepth: 3 }, comparison, fc.tuple(fc.constantFrom('and', 'or'), tie('predicate'), tie('predicate')).map(([fn, a, b]) => call(fn, a, b)), tie('predicate').map((one) => call('not', one))),
}));

interface Given { readonly event: string; readonly severity: string; readonly k: string | null; readonly n: number | null }
const given: fc.Arbitrary<Given> = fc.record({ event: pieces, severity: pieces, k: fc.option(pieces, { nil: null }), n: fc.option(fc.integer({ min: -2, max: 2 }), { nil: null }) });

function encoded(records: readonly Given[]): RequestView {
  const walked = codec.walk('logs', encodeLogs({}, '', records.map(({ event, severity, k, n }) => ({ eventName: event, severityText: severity, attributes: { ...(k === null ? {} : { k }), ...(n === null ? {} : { n }) } }))));
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
}

const asPlain = ({ event, severity, k, n }: Given): PlainRow => ({ EventName: event, SeverityText: severity, 'Attributes.k': k, 'Attributes.n': n === null ? null : BigInt(n) });

test('a predicate over encoded records keeps the records that the reference keeps', () => {
  fc.assert(fc.property(predicate, fc.array(given, { minLength: 1, maxLength: 6 }), (test, records) => {
    const filter = compileFilter(plan('Logs', [where(test)]), 'logs');
    if (!filter.ok) throw new Error(filter.error.message);
    const view = encoded(records);
    expect(records.map((_, i) => filter.value(view, i))).toEqual(records.map((record) => evaluate(test, asPlain(record)) === true));
  }), { numRuns: 3000 });
});
