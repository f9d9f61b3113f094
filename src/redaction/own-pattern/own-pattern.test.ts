import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clearShortfall, shortfall } from '../../base/index.ts';
import { checkOwnPattern, createScanner, type Scanner } from '../index.ts';
import { requiredLiterals } from './required-literals.ts';

function scanner(pattern: string, more: { near?: string[]; confidence?: number } = {}): Scanner {
  const made = createScanner(['staff-id'], { patterns: [{ name: 'staff-id', pattern, ...more }] });
  if (!made.ok) throw new Error(`${made.error.message} ${made.error.help ?? ''}`);
  return made.value;
}
const found = (one: Scanner, text: string): string[] => one.scanText(text).map(({ start, end }) => text.slice(start, end));

test('finds by pattern, with and without a piece that must be there', () => {
  expect(found(scanner('EMP-[0-9]{4}'), 'é EMP-1234, EMP-12 and EMP-9876')).toEqual(['EMP-1234', 'EMP-9876']);
  expect(found(scanner('\\b[A-Z]{2}[0-9]{3}\\b'), 'AB123 xAB123 ü AB999')).toEqual(['AB123', 'AB999']);
  expect(scanner('EMP-[0-9]{4}', { confidence: 0.4 }).scanText('EMP-1234')[0]).toMatchObject({ detector: 'staff-id', confidence: 0.4 });
});

test('near: only within 64 bytes behind a word, in any case', () => {
  const one = scanner('[0-9]{6}', { near: ['badge'] });
  expect(found(one, 'Badge no. 123456')).toEqual(['123456']);
  expect(found(one, '123456 badge')).toEqual([]);
  expect(found(one, `badge ${'.'.repeat(80)} 123456`)).toEqual([]);
});

test('what is wrapped is looked into as well', () => {
  const wrapped = Buffer.from('the id EMP-1234 of a person').toString('base64');
  expect(found(scanner('EMP-[0-9]{4}'), `x ${wrapped}`)).toEqual([wrapped]);
});

test.each([['a(b', 'pattern-syntax'], ['(?=x)y', 'pattern-syntax'], ['((x{100}){100}){100}', 'pattern-too-large'], ['x*', 'pattern-empty']])('refuses %s', (pattern, code) => {
  const checked = checkOwnPattern({ name: 'staff-id', pattern });
  expect(checked.ok ? '' : checked.error.code).toBe(code);
});

test('a name that a detector has is refused', () => {
  const made = createScanner(['*'], { patterns: [{ name: 'email', pattern: 'EMP-[0-9]{4}' }] });
  expect(made.ok ? '' : made.error.code).toBe('pattern-name');
});

test('too much work fails closed: all of the text is a finding, and it is said', () => {
  clearShortfall();
  const text = 'ab '.repeat(2_000_000);
  const one = scanner('(?:[a-z]{1,30} ){1,30}ZZ[0-9]{2,9}|Q[0-9]{3}$');
  expect(one.scanText(text)).toMatchObject([{ start: 0, end: text.length, detector: 'staff-id' }]);
  expect(shortfall()).toContain('staff-id');
  clearShortfall();
});

test.each([
  ['EMP-[0-9]+', ['EMP-']], ['(?:foo|barz)x+', ['foo', 'barz']], ['ab?cd', ['cd']], ['a{2}bcd', ['bcd']], ['[abc]de\\.f', ['de.f']], ['x|foo', null], ['(foo)?', null], ['(?i)PIN=\\d', ['PIN=']], ['\\d+', null], ['foo{0,2}', ['fo']],
])('what %s must hold', (pattern, pieces) => { expect(requiredLiterals(pattern)?.literals ?? null).toEqual(pieces); });

test('a piece that is asked for is in whatever the pattern matches', () => {
  const atom = fc.constantFrom('ab', 'c', '[xy]', '\\d', '(?:de|fgh)', '(ij)?', 'k+', 'l{0,2}', 'mn{2}', '.', '\\.');
  const text = fc.array(fc.constantFrom('ab', 'c', 'x', '1', 'de', 'fgh', 'ij', 'k', 'l', 'mnn', '.'), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(fc.property(fc.array(atom, { minLength: 1, maxLength: 5 }), text, (parts, subject) => {
    const pattern = parts.join('');
    const required = requiredLiterals(pattern);
    const match = new RegExp(pattern).exec(subject);
    if (required !== null && match !== null) expect(required.literals.some((piece) => match[0].includes(piece))).toBe(true);
  }), { numRuns: 1000 });
});
