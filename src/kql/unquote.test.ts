// String literals: by example in every form, against the printer for any text, and through the compiler.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kqlString } from './literals.ts';
import { unquote } from './unquote.ts';
import { languageForTests, outcome } from './kusto/kusto-for-tests.ts';

const examples: readonly (readonly [literal: string, text: string | null])[] = [
  ['"\\U0001f600"', '😀'], ['"\\u00e9"', 'é'], ['"\\ud83d\\ude00"', '😀'], ['"\\\\"', '\\'], ['"\\""', '"'], ["'\\''", "'"], ['"\\x41\\101\\t\\n\\r\\0"', 'AA\t\n\r\0'],
  ['@"a\\b""c"', 'a\\b"c'], ["@'it''s'", "it's"], ['h"secret"', 'secret'], ['h@"\\d"', '\\d'], ['```a\\b```', 'a\\b'], ['"a" \'b\' // c\n @"d"', 'abd'], ['""', ''],
  ['"\\q"', null], ['"\\U00110000"', null], ['"\\u12"', null], ['"open', null], ['name', null],
];

describe('unquote', () => {
  for (const [literal, text] of examples) it(literal, () => expect(unquote(literal)).toBe(text));
  it('reads back whatever kqlString writes', () => fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('"' as const, "'" as const), (text, quote) => { expect(unquote(kqlString(text, quote))).toBe(text); })));
});

describe('string literals in a query', async () => {
  const kql = await languageForTests();
  for (const [literal, text] of examples) if (text !== null) it(literal, () => expect(outcome(kql, `Body == ${literal}`, 'filter')).toEqual(['source', `where (== Body ${JSON.stringify(text)})`]));
  it('in dynamic, keys and values', () => expect(outcome(kql, 'Body == dynamic({"\\u00e9\\U0001f600": "\\U0001f600"})', 'filter')).toEqual(['source', 'where (== Body dynamic:{"é😀":"😀"})']));
});
