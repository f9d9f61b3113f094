import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { ByteIndex } from './byte-index.ts';
import { eachLine } from './lines.ts';

test('equal pieces share a row, different pieces never do', () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b', 'ü') }), { maxLength: 500 }), (pieces) => {
    const bytes = encodeUtf8(pieces.join('\n'));
    const index = new ByteIndex(bytes);
    const rows = new Map<string, number>();
    let at = 0;
    for (const piece of pieces) {
      const length = encodeUtf8(piece).length;
      const row = index.row(at, at + length);
      if (!rows.has(piece)) rows.set(piece, rows.size);
      expect(row).toBe(rows.get(piece));
      at += length + 1;
    }
  }), { numRuns: 50 });
});

test('twenty thousand pieces are found again, but for the few that meet too many others', () => {
  const bytes = encodeUtf8(Array.from({ length: 20_000 }, (_, at) => String(100_000 + at)).join(''));
  const index = new ByteIndex(bytes);
  for (let at = 0; at < 20_000; at++) index.row(at * 6, at * 6 + 6);
  let found = 0;
  for (let at = 0; at < 20_000; at++) if (index.row(at * 6, at * 6 + 6) === at) found++;
  expect(found).toBeGreaterThan(19_900);
});

test('lines end at LF or CR LF, or at the end of the text; a byte order mark is no part of the first', () => {
  const lines = (text: string): string[] => {
    const found: string[] = [];
    const bytes = encodeUtf8(text);
    eachLine(bytes, (from, to, number) => { found.push(`${number}:${String.fromCharCode(...bytes.subarray(from, to))}`); });
    return found;
  };
  expect(lines('\uFEFFa\r\n\nb\rc')).toEqual(['1:a', '2:', '3:b\rc']);
  expect(lines('a\n')).toEqual(['1:a']);
  expect(lines('')).toEqual([]);
});
