import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob, foldKey, globCovers } from './glob.ts';

const pieces = fc.array(fc.constantFrom('*', 'a', 'b', '.', 'A'), { maxLength: 8 }).map((parts) => parts.join(''));
const texts = fc.array(fc.constantFrom('a', 'b', '.', 'B'), { maxLength: 12 }).map((parts) => parts.join(''));

test('a glob is what a regular expression of it is', () => {
  fc.assert(fc.property(pieces, texts, (glob, text) => {
    const same = new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i').test(text);
    expect(compileGlob(glob)(foldKey(text))).toBe(same);
  }), { numRuns: 2000 });
});

test('one glob covers another only when it matches all that the other matches', () => {
  fc.assert(fc.property(pieces, pieces, fc.array(texts, { minLength: 20, maxLength: 20 }), (wide, narrow, some) => {
    if (!globCovers(wide, narrow)) return;
    for (const text of some) if (compileGlob(narrow)(foldKey(text))) expect([wide, narrow, text, compileGlob(wide)(foldKey(text))]).toEqual([wide, narrow, text, true]);
  }), { numRuns: 1000 });
  expect(globCovers('http.*', 'http.request.*')).toBe(true);
  expect(globCovers('*', 'x')).toBe(true);
  expect(globCovers('http.request.*', 'http.*')).toBe(false);
});

test('a glob of many stars ends on a long key that nearly matches', () => {
  const glob = compileGlob(`${'a*'.repeat(99)}b`);
  expect(glob(foldKey('a'.repeat(5_000_000)))).toBe(false);
});
