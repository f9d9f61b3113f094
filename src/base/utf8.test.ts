import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, decodeUtf8Slowly, encodeUtf8, encodeUtf8Slowly } from './utf8.ts';

const platform = new TextDecoder('utf-8', { ignoreBOM: true });
/** Bytes that are nearly UTF-8: leads, continuations and the edges of every range turn up often. */
const nearlyUtf8 = fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff)), { maxLength: 80 }).map((list) => Uint8Array.from(list));

test('both decoding paths agree with the platform on any bytes', () => {
  fc.assert(fc.property(nearlyUtf8, (bytes) => {
    const want = platform.decode(bytes);
    expect(decodeUtf8(bytes)).toBe(want);
    expect(decodeUtf8Slowly(bytes, 0, bytes.length)).toBe(want);
  }), { numRuns: 2000 });
});

test('both encoding paths agree with the platform on any UTF-16, lone surrogates included', () => {
  const units = fc.array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7fe, max: 0xe001 }), fc.nat(0x7f)), { maxLength: 100 }).map((list) => String.fromCharCode(...list));
  fc.assert(fc.property(units, (text) => {
    const want = new TextEncoder().encode(text);
    expect([...encodeUtf8(text)]).toEqual([...want]);
    expect([...encodeUtf8Slowly(text)]).toEqual([...want]);
  }), { numRuns: 1000 });
});

test('decodes only the range it was given', () => {
  expect(decodeUtf8(encodeUtf8('abc\u00e9d'), 1, 5)).toBe('bc\u00e9');
});
