import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRange } from './range.ts';

it.each([
  [undefined, null], ['', null], ['bytes=', null], ['bytes=-', null], ['bytes=5-2', null], ['bytes=0-1,4-5', null], ['items=0-1', null], ['bytes=a-b', null],
  ['bytes=0-', { start: 0, end: 10 }], ['bytes=2-3', { start: 2, end: 4 }], ['bytes=2-99', { start: 2, end: 10 }], ['bytes=-3', { start: 7, end: 10 }], ['bytes=-99', { start: 0, end: 10 }],
  ['bytes=10-', 'unsatisfiable'], ['bytes=-0', 'unsatisfiable'],
] as const)('%s of ten bytes', (header, range) => { expect(readRange(header, 10)).toEqual(range); });

it('never leaves the file', () => {
  fc.assert(fc.property(fc.nat(100), fc.option(fc.nat(200)), fc.option(fc.nat(200)), (bytes, first, last) => {
    const range = readRange(`bytes=${first ?? ''}-${last ?? ''}`, bytes);
    if (range !== null && range !== 'unsatisfiable') expect(0 <= range.start && range.start < range.end && range.end <= bytes).toBe(true);
  }));
});
