import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteMatch } from './byte-match.ts';
import { ByteSearch } from './byte-search.ts';
import { dottedI, kelvin, unambiguousPart } from './folding.ts';

const byte = fc.oneof(fc.constantFrom(97, 98, 65, 66), fc.integer({ min: 0, max: 255 }));
const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

test('finds the first place where the bytes lie, within the range and nowhere else', () => {
  fc.assert(fc.property(fc.uint8Array({ max: 3, minLength: 1, maxLength: 6 }), fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }), fc.nat(20), fc.nat(20), (wanted, text, skipped, cut) => {
    const bytes = Uint8Array.from(text);
    const [start, end] = [Math.min(skipped, bytes.length), Math.max(Math.min(skipped, bytes.length), bytes.length - cut)];
    const expected = latin1(bytes.subarray(0, end)).indexOf(latin1(wanted), start);
    expect(new ByteSearch(wanted, true).find(bytes, start, end)).toBe(expected);
  }), { numRuns: 3000 });
});

test('folds the letters of ASCII and no other byte', () => {
  fc.assert(fc.property(fc.array(byte, { minLength: 1, maxLength: 4 }), fc.array(byte, { maxLength: 80 }), (wanted, text) => {
    const lower = lowerAscii(latin1(Uint8Array.from(wanted)));
    const expected = lowerAscii(latin1(Uint8Array.from(text))).indexOf(lower);
    expect(new ByteSearch(Uint8Array.from(lower, (letter) => letter.charCodeAt(0)), false).find(Uint8Array.from(text), 0, text.length)).toBe(expected);
  }), { numRuns: 3000 });
});

test('finds texts longer than the longest skip', () => {
  const wanted = new Uint8Array(700).fill(1);
  wanted[0] = 2;
  const bytes = new Uint8Array(3000).fill(1);
  bytes[1801] = 2;
  expect(new ByteSearch(wanted, true).find(bytes, 0, bytes.length)).toBe(1801);
});

test('next finds every place in turn, overlapping ones too', () => {
  fc.assert(fc.property(fc.uint8Array({ max: 1, minLength: 1, maxLength: 7 }), fc.uint8Array({ max: 1, maxLength: 90 }), fc.nat(9), (wanted, bytes, start) => {
    const [text, part] = [latin1(bytes), latin1(wanted)];
    const expected: number[] = [];
    for (let at = text.indexOf(part, start); at >= 0; at = text.indexOf(part, at + 1)) expected.push(at);
    const search = new ByteSearch(wanted, true);
    const found: number[] = [];
    for (let at = search.find(bytes, start, bytes.length); at >= 0; at = search.next(bytes, at, bytes.length)) found.push(at);
    expect(found).toEqual(expected);
  }), { numRuns: 3000 });
});

/** How often a byte of the text is looked at. */
function looksAt(text: string, search: (bytes: Uint8Array, end: number) => void): number {
  let looks = 0;
  const bytes = new Proxy(Uint8Array.from(text, (letter) => letter.charCodeAt(0)), { get: (target, place) => { looks++; return Reflect.get(target, place) as unknown; } });
  search(bytes, text.length);
  return looks;
}

test.each([
  ['nearly found everywhere', 'contains_cs', (n: number) => `b${'a'.repeat(n)}`], ['nearly found, in the middle', 'contains', (n: number) => `${'a'.repeat(n / 2)}b${'a'.repeat(n / 2)}`],
  ['found everywhere, and never a term', 'has', (n: number) => 'a'.repeat(n)],
] as const)('a text in which a long one is %s is looked at a few times, however long that is', (_, operator, wanted) => {
  for (const length of [100, 4000]) {
    const match = byteMatch(operator, wanted(length))!;
    expect(looksAt('a'.repeat(10_000), (bytes, end) => { expect(match(bytes, 0, end)).toBe(0); })).toBeLessThan(10 * 10_000);
  }
});

test('no letter beyond ASCII folds to letters of it but the two that are known', () => {
  const folding: string[] = [];
  for (let code = 128; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const letter = String.fromCodePoint(code);
    // eslint-disable-next-line no-control-regex -- ASCII is meant
    if (/[\0-\x7f]/.test(letter.toLowerCase())) folding.push(letter);
  }
  expect(folding).toEqual([dottedI, kelvin]);
  expect(dottedI.toLowerCase()).toBe('i\u0307');
});

test('what is left of a text holds neither a k nor an i at its end', () => {
  const part = (text: string): string => latin1(unambiguousPart(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
  expect(['token', 'timeout', 'kafka-broker', 'wifi', 'kk', 'ki', ''].map(part)).toEqual(['to', 'timeout', 'a-bro', 'wif', '', '', '']);
});
