// The engine against the reference: random predicates over encoded records, which the engine reads as bytes where it can.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expr } from '../../../kql/index.ts';
import { codec, encodeLogs, type RequestView } from '../../../otlp/index.ts';
import { attr, call, col, lit, plan, where } from '../../../testing/index.ts';
import { compileFilter } from '../../index.ts';
import { evaluate, textOperators, type PlainRow } from './evaluate.ts';

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
