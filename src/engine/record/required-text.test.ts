import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import { codec, encodeLogs, type Value } from '../../otlp/index.ts';
import { attr, call, col, lit, plan, where } from '../../testing/index.ts';
import { compileFilter } from '../index.ts';
import { rawPieces, requiredText } from './required-text.ts';

// Values whose text is not their bytes: numbers, words, bags, escapes; and letters that fold to ASCII.
const word = fc.constantFrom('connection', 'Connection', 'refused', 'token', 'to\u212aen', 'wif\u0130', 'false', '12345678', '1e+21', '\n', '"', '\\', '{', ' ', ':', 'é', 'u0001abcdefgh', '\u0001', 'nested value', '\ufffd');
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(''));
const value: fc.Arbitrary<Value> = fc.oneof({ weight: 4, arbitrary: text }, fc.constantFrom<Value>(null, true, 12345678, 123456789012, 1e21, 0.00000012345678), fc.array(text, { maxLength: 2 }), fc.record({ 'nested value': text, n: fc.constant(1234567890) }),
  fc.uint8Array({ maxLength: 12 }), text.map((one) => new Uint8Array([...one].map((letter) => letter.charCodeAt(0) & 255))));
const operators = ['==', '=~', ...['contains', 'has', 'startswith', 'endswith', 'hasprefix', 'hassuffix'].flatMap((name) => [name, `${name}_cs`])];
const body = col('Body', 'dynamic');
const textOf = (expr: Expr): Expr => ({ k: 'call', fn: 'tostring', type: 'string', args: [expr] });
const subjects: readonly Expr[] = [body, textOf(body), attr('k'), textOf(attr('k')), col('EventName'), col('SeverityText')];

/** A part of the value's own text, so that many predicates are true. */
const asText = (of: Value): string => (typeof of === 'string' ? of : of instanceof Uint8Array ? '' : JSON.stringify(of));

test('no record without the required text passes the predicate', () => {
  let passed = 0;
  fc.assert(fc.property(fc.constantFrom(...operators), fc.constantFrom(...subjects), value, text, fc.nat(30), fc.nat(40), (operator, subject, odd, other, from, length) => {
    const own = asText(odd).slice(from % 8, (from % 8) + 8 + length);
    const predicate = call(operator, subject, lit(from % 3 === 0 ? other : own));
    const needed = requiredText([predicate], 'logs');
    if (needed === null) return;
    const walked = codec.walk('logs', encodeLogs({}, '', [{ body: odd, attributes: odd === null ? {} : { k: odd }, eventName: other, severityText: other }]));
    const filter = compileFilter(plan('Logs', [where(predicate)]), 'logs', new ManualClock());
    if (!walked.ok || !filter.ok || !filter.value(walked.value, 0)) return;
    passed++;
    expect(needed.find(walked.value.bytes, walked.value.recordStart(0), walked.value.recordEnd(0))).toBeGreaterThanOrEqual(0);
  }), { numRuns: 10_000 });
  expect(passed).toBeGreaterThan(100);
});

test('of several predicates the longest piece counts; those that need no text of the record need none', () => {
  const contains = (wanted: string): Expr => call('contains', body, lit(wanted));
  expect(requiredText([contains('xonnection'), contains('xonnection refused')], 'logs')?.length).toBe('xonnection refused'.length);
  expect(requiredText([call('!contains', body, lit('connection refused')), call('==', col('ServiceName'), lit('connection refused'))], 'logs')).toBeNull();
  expect(requiredText([call('or', contains('connection'), contains('refused'))], 'logs')).toBeNull();
});

test('numbers, words and punctuation of JSON are no pieces, nor is what might be the tail of an escape', () => {
  expect(rawPieces('12345.678e+9')).toEqual([]);
  expect(rawPieces('"true",false')).toEqual([]);
  expect(rawPieces('nshop.example:8080')).toEqual(['shop.example']);
});
