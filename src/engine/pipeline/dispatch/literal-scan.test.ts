import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { LiteralScan } from './literal-scan.ts';

const letters = fc.constantFrom('a', 'b', 'ab', 'ba', 'x', '-', '1');
const wanted = fc.array(letters, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
const text = fc.array(fc.oneof(letters, fc.constantFrom('A', 'B', 'X', 'é', ' ')), { maxLength: 20 }).map((parts) => parts.join(''));

test('finds just the texts that are there, in either case, and tells letters beyond ASCII', () => {
  fc.assert(fc.property(fc.array(wanted, { minLength: 1, maxLength: 12 }), text, (all, where) => {
    const scan = new LiteralScan(all.map((one, value) => ({ text: encodeUtf8(one), value })));
    const found = new Set<number>();
    const bytes = encodeUtf8(`xx${where}ab`);
    const beyond = scan.scan(bytes, 2, bytes.length - 2, (values) => values.forEach((value) => found.add(value)));
    expect([...found].sort((a, b) => a - b)).toEqual(all.flatMap((one, value) => (where.toLowerCase().includes(one) ? [value] : [])));
    expect(beyond).toBe(where.includes('é'));
  }), { numRuns: 1000 });
});

test('of a long text the end counts', () => {
  const scan = new LiteralScan([{ text: encodeUtf8(`${'long '.repeat(20)}and one`), value: 0 }, { text: encodeUtf8(`${'long '.repeat(20)}and two`), value: 1 }]);
  const found: number[] = [];
  const bytes = encodeUtf8(`${'long '.repeat(20)}and two`);
  scan.scan(bytes, 0, bytes.length, (values) => found.push(...values));
  expect(found).toEqual([1]);
});
