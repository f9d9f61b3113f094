import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, hexOf, luminance, mix, packRgb, readableOn } from './colours.ts';

const channel = fc.nat(255);
const some = fc.tuple(channel, channel, channel).map(([red, green, blue]) => packRgb(red, green, blue));
const black = packRgb(0, 0, 0);
const white = packRgb(255, 255, 255);

describe('colours', () => {
  it('are written as they were packed', () => {
    expect(hexOf(packRgb(0x10, 0x78, 0x79))).toBe('#107879');
    expect(packRgb(0x10, 0x78, 0x79)).toBe(0xff797810);
  });
  it('have the contrast that WCAG says', () => {
    expect(contrast(black, white)).toBeCloseTo(21, 5);
    expect(luminance(packRgb(255, 0, 0))).toBeCloseTo(0.2126, 4);
    fc.assert(fc.property(some, some, (a, b) => { expect(contrast(a, b)).toBeCloseTo(contrast(b, a), 9); }));
  });
  it('mix from the one to the other', () => {
    fc.assert(fc.property(some, some, (a, b) => { expect(mix(a, b, 1)).toBe(a); expect(mix(a, b, 0)).toBe(b); }));
    expect(mix(white, black, 0.4)).toBe(packRgb(102, 102, 102));
  });
  it('give a text that is readable, the first of several, else the best', () => {
    expect(readableOn(black, [white, packRgb(200, 200, 200)])).toBe(white);
    expect(readableOn(packRgb(253, 196, 79), [white, black])).toBe(black);
    expect(readableOn(packRgb(128, 128, 128), [packRgb(120, 120, 120), packRgb(160, 160, 160)])).toBe(packRgb(160, 160, 160));
  });
});
