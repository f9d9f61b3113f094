// parse on single strings: what the golden corpus does not show, and that no text or pattern makes it throw or go astray.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KqlType, ParsePart } from '../../kql/index.ts';
import { CompileError } from '../expr/index.ts';
import { compileParse } from './index.ts';

const text = (of: string): ParsePart => ({ part: 'text', text: of });
const column = (name: string, type: KqlType = 'string'): ParsePart => ({ part: 'column', name, type });
const skip: ParsePart = { part: 'skip' };

describe('simple', () => {
  const cases: readonly (readonly [string, readonly ParsePart[], string, readonly unknown[] | null])[] = [
    ['one column is the whole text', [column('a')], 'anything', ['anything']],
    ['of nothing', [column('a')], '', ['']],
    ['the pattern starts where the text starts', [text('b'), column('a')], 'ab', null],
    ['and ends where it ends', [column('a'), text('b')], 'abc', null],
    ['a last text is the last of its kind', [column('a'), text(',')], 'x,y,', ['x,y']],
    ['a text in between is the first of its kind', [column('a'), text(','), column('b')], 'x,y,z', ['x', 'y,z']],
    ['empty texts say nothing', [text(''), column('a'), text(''), text(';')], 'x;', ['x']],
    ['a number is read as far as it goes', [text('n='), column('n', 'long'), skip], 'n=-12ms', [-12]],
    ['two typed columns side by side', [column('n', 'long'), column('t', 'string')], '12ms', [12, 'ms']],
    ['a real is no long', [column('n', 'long'), text(';')], '1.5;', null],
    ['a gap in front of a text', [skip, text('id='), column('id', 'long')], 'x id=7', [7]],
    ['gaps beside gaps', [skip, skip, text('='), column('v'), skip], 'k=v', ['v']],
  ];
  test.each(cases)('%s', (_, parts, of, wanted) => { expect(compileParse(parts, 'simple')(of)).toEqual(wanted); });
});

test('relaxed keeps what fits', () => {
  const parse = compileParse([column('a', 'long'), text('|'), column('b', 'bool'), text('|'), column('c')], 'relaxed');
  expect(parse('x|true|y')).toEqual([null, true, 'y']);
  expect(parse('7|maybe|y')).toEqual([7, null, 'y']);
  expect(parse('7|true')).toBeNull();
});

test('groups in a regex of the person do not move the columns', () => {
  expect(compileParse([text('(a|b)+'), column('x', 'long'), text('(;)')], 'regex')('abab42;')).toEqual([42]);
});

test.each<readonly [string, readonly ParsePart[], 'simple' | 'regex', string]>([
  ['twice the same column', [column('a'), text(','), column('a')], 'simple', 'twice'],
  ['two columns that nothing divides', [column('a'), column('b')], 'simple', 'ends'],
  ['a gap that nothing ends', [skip, column('a')], 'simple', 'followed by a text'],
  ['a quotation without end', [text(String.raw`\Qa`), column('a')], 'regex', 'quotation'],
  ['a bracket that reaches over a column', [text('(a'), column('a'), text('b)')], 'regex', 'RE2'],
  ['a regex too large', [text('(x{1000}){1000}'), column('a')], 'regex', 'too large'],
])('%s is refused', (_, parts, mode, words) => {
  expect(() => compileParse(parts, mode)).toThrow(CompileError);
  expect(() => compileParse(parts, mode)).toThrow(words);
});

test('unknown flags are refused', () => { expect(() => compileParse([column('a')], 'regex', 'x')).toThrow('flags'); });

test('what texts and columns make is taken apart again', () => {
  const word = fc.stringMatching(/^[a-z ]{0,6}$/);
  const delimiter = fc.constantFrom('|', '; ', '=>', '#');
  fc.assert(fc.property(fc.array(fc.tuple(word, delimiter), { minLength: 1, maxLength: 5 }), word, (pairs, last) => {
    const parts = [...pairs.flatMap(([, between], i) => [column(`c${i}`), text(between)]), column('last')];
    const whole = pairs.map(([value, between]) => value + between).join('') + last;
    const wanted = [...pairs.map(([value]) => value), last];
    for (const mode of ['simple', 'relaxed'] as const) expect(compileParse(parts, mode)(whole)).toEqual(wanted);
  }));
});

test('no text makes it throw', () => {
  const part = fc.oneof(fc.string({ maxLength: 3 }).map(text), fc.constant(skip), fc.constantFrom<KqlType>('string', 'long', 'real', 'datetime', 'timespan', 'bool', 'guid', 'dynamic').map((type, ) => column('c', type)));
  fc.assert(fc.property(fc.array(part, { maxLength: 5 }), fc.string(), fc.constantFrom('simple' as const, 'relaxed' as const, 'regex' as const), (given, of, mode) => {
    const parts = given.map((one, i) => (one.part === 'column' ? { ...one, name: `c${i}` } : one));
    try {
      const values = compileParse(parts, mode)(of);
      if (values !== null) expect(values).toHaveLength(parts.filter((one) => one.part === 'column').length);
    } catch (error) { expect(error).toBeInstanceOf(CompileError); }
  }), { numRuns: 5000 });
});
