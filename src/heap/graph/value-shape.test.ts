// Which names look like values. Secrets are made anew from a seed for each run of a property.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksLikeValue } from './value-shape.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const hex = `${digits}abcdef`;
const token = (alphabet: string, minLength: number) => fc.array(fc.constantFrom(...alphabet), { minLength, maxLength: minLength + 40 }).map((parts) => parts.join(''));

test('random tokens, long numbers, mail addresses and texts do, with whatever stands around them', () => {
  const key = fc.oneof(token(hex, 18), token(digits, 9), fc.uuid(), fc.array(fc.constantFrom('kQ4x', '7Bm9', 'zT', 'w3'), { minLength: 8, maxLength: 20 }).map((parts) => `${parts.join('')}a1b2c`), token(letters, 3).map((name) => `${name}@shop.example`), token(letters, 201), token(letters, 3).map((line) => `${line}\n${line}`));
  fc.assert(fc.property(key, fc.constantFrom('', 'session:', 'cart-', '<symbol '), (name, before) => { expect(looksLikeValue(before + name)).toBe(true); }), { numRuns: 500 });
});

test.each([
  'id', 'createdAt', 'sessionCache', 'getURLFromXMLHttpRequest', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', '<symbol kHandle>', '@scope/package', 'lodash@4.17.21', 'Symbol(Symbol.iterator)', 'internalBinding', 'system / UncompiledDataWithPreparseData',
  'Float64Array', 'V8StackTraceImpl', 'user42', '(object properties)', 'RSA-SHA512/256', 'node:internal/process/task_queues', '-----', '', 'KeepAliveTimeoutInMilliseconds2', 'RegExpPrototypeSymbolSearch', 'convertInt32ArrayToFloat64Array',
])('names of programs do not: %s', (name) => { expect(looksLikeValue(name)).toBe(false); });
