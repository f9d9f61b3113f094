import { expect, test } from 'vitest';
import { clearShortfall, shortfall } from '../base/index.ts';
import { decodeAnyValue } from './any-value.ts';

/** A field of wire type "length-delimited". */
function field(number: number, inside: Uint8Array): Uint8Array {
  const head = [(number << 3) | 2];
  for (let length = inside.length; ; length >>>= 7) { if (length < 128) { head.push(length); break; } head.push((length & 127) | 128); }
  return Uint8Array.from([...head, ...inside]);
}

/** An AnyValue that holds a text within arrays. */
function arrays(levels: number): Uint8Array {
  let value = field(1, Uint8Array.of(65));
  for (let i = 0; i < levels; i++) value = field(5, field(1, value));
  return value;
}

test('what nests too deeply to be decoded is null, and said', () => {
  clearShortfall();
  expect(JSON.stringify(decodeAnyValue(arrays(50), 0, arrays(50).length))).toContain('A');
  expect(shortfall()).toBeNull();
  expect(JSON.stringify(decodeAnyValue(arrays(51), 0, arrays(51).length))).not.toContain('A');
  expect(shortfall()).toContain('100 messages');
});
