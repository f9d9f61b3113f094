// The scanner against JSON.parse, on whole and on cut values.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { FormatFault } from '../fault.ts';
import { JsonScanner } from './scanner.ts';

/** Everything read through the scanner's own methods. */
function walk(scanner: JsonScanner): unknown {
  if (scanner.isObject) {
    const members: [string, unknown][] = [];
    scanner.members((key) => { members.push([key, walk(scanner)]); });
    return Object.fromEntries(members);
  }
  if (scanner.isArray) {
    const elements: unknown[] = [];
    scanner.elements(() => { elements.push(walk(scanner)); });
    return elements;
  }
  const next = scanner.peek();
  if (next === 0x22) return scanner.string();
  return next === 0x2d || (next >= 0x30 && next <= 0x39) ? scanner.number() : scanner.value(1000);
}

test('walking gives what JSON.parse gives, with and without white space', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, indent) => {
    const text = JSON.stringify(value, null, indent);
    const scanner = new JsonScanner(encodeUtf8(`\uFEFF ${text}\n`));
    expect(walk(scanner)).toEqual(JSON.parse(text));
    expect(() => { scanner.finish(); }).not.toThrow();
  }), { numRuns: 300 });
});

test('skipping a value ends right behind it', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const bytes = encodeUtf8(JSON.stringify([value, 'next']));
    const scanner = new JsonScanner(bytes);
    scanner.elements(() => { scanner.skip(); });
    expect(scanner.at).toBe(bytes.length);
  }));
});

test('a list or object cut anywhere is a fault that says truncated', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (value, share) => {
    const whole = encodeUtf8(JSON.stringify({ list: [value], text: 'ü"\\' }));
    const scanner = new JsonScanner(whole.subarray(0, Math.floor(whole.length * share)));
    try {
      scanner.skip();
      expect.unreachable('a cut object was read to its end');
    } catch (failed) {
      expect(failed).toBeInstanceOf(FormatFault);
      expect((failed as FormatFault).kind).toBe('truncated');
    }
  }));
});

test.each([['1e400', Infinity], ['-0.5', -0.5], ['9007199254740993', 9007199254740992], ['"42"', 42], ['""', NaN], ['null', NaN], ['[1]', NaN], ['1234567890123456789', 1234567890123456800]] as const)('the number of %s is %d', (text, value) => {
  const scanner = new JsonScanner(encodeUtf8(text));
  expect(scanner.number()).toBe(value);
  expect(scanner.peek()).toBe(-1);
});

test('a hundred thousand brackets are passed without a stack as deep', () => {
  const scanner = new JsonScanner(encodeUtf8('['.repeat(100_000) + ']'.repeat(100_000)));
  scanner.skip();
  expect(scanner.at).toBe(200_000);
});

test.each([['{"a" 1}', 'a colon should be at byte 5, where "1" is'], ['{"a":1 "b":2}', 'a comma or } should be at byte 7'], ['{a:1}', 'a text'], ['{"a":}', 'a value should be at byte 5'], ['[1,]', 'a value should be at byte 3']])('%s', (text, message) => {
  expect(() => walk(new JsonScanner(encodeUtf8(text)))).toThrow(message === 'a text' ? 'a string should be at byte 1' : message);
});
