// The masked context shows where, and nothing of what.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bullets } from '../../redaction/index.ts';
import { maskedContext, type Range } from './context.ts';

const around = (text: string, target: string, ...others: readonly string[]): string => {
  const bytes = Buffer.from(text);
  const rangeOf = (part: string): Range => { const start = bytes.indexOf(part); return { start, end: start + Buffer.byteLength(part) }; };
  return maskedContext(bytes, 0, bytes.length, rangeOf(target), others.map(rangeOf));
};

test.each([
  ['user SECRET logged in', 'SECRET', [], `user ${bullets} logged in`],
  ['a SECRET b', 'SECRET', ['SECRET b'], `a ${bullets}`],
  ['SECRET', 'SECRET', [], bullets],
  ['{"password":"SECRET","n":1}', 'SECRET', [], `{"password":"${bullets}","n":1}`],
  ['pin: 1234567 order 99887766 SECRET ok', 'SECRET', [], `pin: ${bullets} order ${bullets} ${bullets} ok`],
  ['token=other SECRET', 'SECRET', [], `token=${bullets} ${bullets}`],
  ['OTHER and SECRET here', 'SECRET', ['OTHER'], `${bullets} and ${bullets} here`],
  ['twice SECRET and SECRET again', 'SECRET', [], `twice ${bullets} and ${bullets} again`],
  ['preSECRETpost', 'SECRET', [], bullets],
  ['zażółć gęślą jaźń SECRET zażółć', 'SECRET', [], `zażółć gęślą jaźń ${bullets} zażółć`],
  ['line\nSECRET\r\nnext', 'SECRET', [], `line ${bullets} next`],
  ['SECRET Zm9vYmFyYmF6cXV4cXV1eA== end', 'SECRET', [], `${bullets} ${bullets} end`],
])('%s', (text, target, others, expected) => { expect(around(text, target, ...others)).toBe(expected); });

test('is short on both sides, and cuts no character in two', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.string({ unit: 'grapheme', maxLength: 600 }), (before, after) => {
    const made = around(`${before} <SECRET> ${after}`, 'SECRET');
    expect(made.isWellFormed()).toBe(true);
    expect([...made].length).toBeLessThanOrEqual(2 * 24 + 4);
    expect(made).not.toMatch(/\d{4}|SECRET/);
  }));
});

test('a text of megabytes costs no more than what is around the mask', () => {
  const bytes = Buffer.from(`${'key=a '.repeat(400_000)}SECRET${' b=c'.repeat(400_000)}`);
  const start = bytes.indexOf('SECRET');
  expect(maskedContext(bytes, 0, bytes.length, { start, end: start + 6 }, [])).toContain(bullets);
});
