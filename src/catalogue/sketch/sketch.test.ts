import { encodeUtf8 } from '../../base/index.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halves, hashValue, inBoth, Sketch, sketchFromText, sketchToText } from './index.ts';

function sketchOf(from: number, to: number, prefix = 'value-'): Sketch {
  const sketch = new Sketch();
  for (let i = from; i < to; i++) addText(sketch, `${prefix}${i}`);
  return sketch;
}
function addText(sketch: Sketch, text: string): void {
  const bytes = encodeUtf8(text);
  hashValue(bytes, 0, bytes.length);
  sketch.add(halves.first, halves.second);
}

describe('a sketch of distinct values', () => {
  it('is exact up to 256', () => {
    const sketch = sketchOf(0, 256);
    addText(sketch, 'value-7');
    expect(sketch.distinct()).toBe(256);
    expect(sketch.size).toBeLessThanOrEqual(4096);
  });

  it.each([300, 1000, 5000, 20_000, 100_000])('errs by at most 0.05 at %i', (count) => {
    for (const prefix of ['a', 'order ', '/users/']) expect(Math.abs(sketchOf(0, count, prefix).distinct() / count - 1)).toBeLessThan(0.05);
  });

  it.each(['value-', 'u', 'https://shop.example/orders/'])('errs by at most 0.03 at a million of %s', (prefix) => {
    expect(Math.abs(sketchOf(0, 1_000_000, prefix).distinct() / 1_000_000 - 1)).toBeLessThan(0.03);
  });

  it('of 40 populations of 50,000 has a root mean square error of at most 2.2 %', () => {
    const errors = Array.from({ length: 40 }, (_, i) => sketchOf(0, 50_000, `p${i}-`).distinct() / 50_000 - 1);
    expect(Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)).toBeLessThan(0.022);
  });

  it('merged is what one would have held', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), (a, b, offset) => {
      const merged = sketchOf(0, a);
      merged.merge(sketchOf(offset, offset + b));
      const one = sketchOf(0, a);
      for (let i = offset; i < offset + b; i++) addText(one, `value-${i}`);
      expect(merged.distinct()).toBe(one.distinct());
    }), { numRuns: 60 });
  });

  it('goes through text and back', () => {
    for (const count of [0, 1, 200, 256, 257, 5000]) {
      const sketch = sketchOf(0, count);
      const text = sketchToText(sketch);
      expect(sketchFromText(text)!.distinct()).toBe(sketch.distinct());
      expect(text.length).toBeLessThanOrEqual(4200);
    }
  });

  it('is not read from what is not one', () => {
    fc.assert(fc.property(fc.string(), (text) => { const read = sketchFromText(text); expect(read === null || read instanceof Sketch).toBe(true); }));
    for (const text of ['', 'A', 'A===', 'Ag', 'AQ*', 'x'.repeat(100_000)]) expect(sketchFromText(text)).toBeNull();
  });

  it('tells how many two share', () => {
    expect(inBoth(sketchOf(0, 100), sketchOf(50, 150))).toBe(50);
    expect(inBoth(sketchOf(0, 10_000), sketchOf(5000, 15_000))).toBeGreaterThan(4000);
    expect(inBoth(sketchOf(0, 10_000), sketchOf(20_000, 30_000))).toBeLessThan(1000);
  });
});
