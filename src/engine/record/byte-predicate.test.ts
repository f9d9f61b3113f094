import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expr } from '../../kql/index.ts';
import { ManualClock } from '../../base/index.ts';
import { codec, encodeLogs, type RequestView, type Value } from '../../otlp/index.ts';
import { attr, call, col, lit, plan, where } from '../../testing/index.ts';
import { compileFilter } from '../index.ts';

// Pieces that bring out case folding, term boundaries, and letters beyond ASCII (the Kelvin sign folds to k).
const piece = fc.constantFrom('a', 'A', 'b', 'err', 'Err', 'error', '_', ' ', '-', '.', '1', 'k', '\u212a', 'é', 'É', 'İ', 'i', 'ß', '日', '\u{1f600}', '');
const text = fc.array(piece, { maxLength: 5 }).map((parts) => parts.join(''));
const operators = ['==', '!=', '=~', '!~', ...['contains', 'has', 'startswith', 'endswith', 'hasprefix', 'hassuffix'].flatMap((name) => [name, `!${name}`, `${name}_cs`, `!${name}_cs`])];
const value = fc.oneof(text, text, fc.constant(null), fc.integer({ min: 0, max: 12 }), fc.boolean(), fc.array(text, { maxLength: 2 }));
const subjects: readonly Expr[] = [col('EventName'), col('SeverityText'), col('ServiceName'), col('Body', 'dynamic'), attr('k'), { k: 'call', fn: 'tostring', type: 'string', args: [attr('k')] }, { k: 'call', fn: 'tostring', type: 'string', args: [col('Body', 'dynamic')] }];

function view(body: unknown, attribute: unknown, word: string): RequestView {
  const attributes: Readonly<Record<string, Value>> = attribute === null ? {} : { k: attribute as Value };
  const walked = codec.walk('logs', encodeLogs({ 'service.name': word }, '', [{ body: body as Value, attributes, eventName: word, severityText: word }]));
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
}

function both(predicate: Expr): readonly ((view: RequestView) => boolean)[] {
  return [true, false].map((useBytes) => {
    const filter = compileFilter(plan('Logs', [where(predicate)]), 'logs', new ManualClock(), useBytes);
    if (!filter.ok) throw new Error(filter.error.message);
    return (of: RequestView) => filter.value(of, 0);
  });
}

test('a predicate on bytes agrees with the decoded one, whatever the text', () => {
  fc.assert(fc.property(fc.constantFrom(...operators), fc.constantFrom(...subjects), text, value, text, (operator, subject, literal, odd, word) => {
    const [bytes, decoded] = both(call(operator, subject, lit(literal)));
    const record = view(odd, odd, word);
    expect(bytes!(record)).toBe(decoded!(record));
  }), { numRuns: 4000 });
});

test('so do lists and not, and negation inside three-valued logic', () => {
  fc.assert(fc.property(fc.constantFrom('in', '!in', 'in~', '!in~', 'has_any', 'has_all'), fc.constantFrom(...subjects), fc.array(text, { minLength: 1, maxLength: 3 }), value, text, fc.boolean(), (operator, subject, literals, odd, word, negated) => {
    const test = call(operator, subject, ...literals.map((literal) => lit(literal)));
    const [bytes, decoded] = both(negated ? call('not', test) : test);
    const record = view(odd, odd, word);
    expect(bytes!(record)).toBe(decoded!(record));
  }), { numRuns: 1500 });
});

test('so do regular expressions, with and without a part that is sure', () => {
  const part = fc.constantFrom('err', 'error', 'a', 'b', '.', '\\d', '[ab]', '[^]b]', '(err)?', '(a|b)', 'r+', 'o*', 'b{0,2}', '\\.', '$', '-', '_');
  const pattern = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  fc.assert(fc.property(fc.constantFrom('matches regex', '!matches regex'), fc.constantFrom(...subjects), pattern, value, fc.array(fc.constantFrom('err', 'error', 'a', 'b', '.', '1', ']', '-'), { maxLength: 6 }), (operator, subject, regex, odd, parts) => {
    const [bytes, decoded] = both(call(operator, subject, lit(regex)));
    const record = view(parts.join(''), odd, parts.join(''));
    expect(bytes!(record)).toBe(decoded!(record));
  }), { numRuns: 3000 });
});

test('so do comparisons with numbers, either way round', () => {
  const number = fc.constantFrom(0, 1, 9, 12, -1, 1.5, 2 ** 40);
  const sides: readonly Expr[] = [col('SeverityNumber', 'int'), attr('k'), { k: 'call', fn: 'todouble', type: 'real', args: [attr('k')] }, { k: 'call', fn: 'toint', type: 'int', args: [col('Body', 'dynamic')] }];
  fc.assert(fc.property(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.constantFrom(...sides), number, fc.boolean(), fc.oneof(value, fc.constantFrom<unknown>(2n ** 60n, 1.5, Number.NaN, '9')), fc.boolean(), (operator, side, bound, swapped, odd, negated) => {
    const compared = swapped ? call(operator, lit(bound), side) : call(operator, side, lit(bound));
    const [bytes, decoded] = both(negated ? call('not', compared) : compared);
    const record = view(odd, odd, 'x');
    expect(bytes!(record)).toBe(decoded!(record));
  }), { numRuns: 3000 });
});

const invalid = (bytes: number[]): RequestView => {
  const body = [0x0a, bytes.length, ...bytes];
  const record = [0x2a, body.length, ...body];
  const scope = [0x12, record.length, ...record];
  const resource = [0x12, scope.length, ...scope];
  const walked = codec.walk('logs', Uint8Array.from([0x0a, resource.length, ...resource]));
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
};

test('so they do on bytes that are no UTF-8', () => {
  fc.assert(fc.property(fc.constantFrom(...operators), text, fc.array(fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x61, 0x65, 0x72, 0xc3, 0xa9)), { maxLength: 12 }), (operator, literal, bytes) => {
    const [fast, decoded] = both(call(operator, col('Body', 'dynamic'), lit(literal)));
    const record = invalid(bytes);
    expect(fast!(record)).toBe(decoded!(record));
  }), { numRuns: 2000 });
});
