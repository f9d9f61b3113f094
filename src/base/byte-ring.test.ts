import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedQueue, ByteRing } from './byte-ring.ts';

test('a bounded queue holds the newest that fit, and counts the rest', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.nat(12), fc.constant('shift' as const)), { maxLength: 300 }), fc.nat(40), fc.integer({ min: 1, max: 20 }), (steps, maxBytes, maxItems) => {
    const pushedOut: number[] = [];
    const queue = new BoundedQueue<number>({ maxBytes, maxItems, sizeOf: (n) => n, onEvict: (n) => pushedOut.push(n) });
    const model: number[] = [];
    let evicted = 0;
    for (const step of steps) {
      if (step === 'shift') { expect(queue.shift()).toBe(model.shift()); continue; }
      queue.push(step);
      if (step > maxBytes) { evicted++; continue; }
      model.push(step);
      while (model.length > maxItems || model.reduce((a, b) => a + b, 0) > maxBytes) { model.shift(); evicted++; }
    }
    expect([...queue]).toEqual(model);
    expect(queue.length).toBe(model.length);
    expect(queue.bytes).toBe(model.reduce((a, b) => a + b, 0));
    expect(queue.evicted).toBe(evicted);
    expect(pushedOut.length).toBe(evicted);
  }));
});

test('a byte ring gives back whole slices, newest kept, none overlapping, all accounted for', () => {
  fc.assert(fc.property(fc.array(fc.nat(20), { maxLength: 200 }), fc.integer({ min: 1, max: 64 }), (sizes, maxBytes) => {
    const ring = new ByteRing(maxBytes);
    let stored = 0;
    sizes.forEach((size, i) => { if (ring.push(new Uint8Array(size).fill(i % 251), 0, size, i)) stored++; });
    const slices = [...ring];
    expect(slices.length).toBe(ring.length);
    expect(ring.length + ring.evicted).toBe(sizes.length);
    expect(slices.reduce((sum, slice) => sum + slice.bytes.length, 0)).toBe(ring.bytes);
    expect(ring.bytes).toBeLessThanOrEqual(maxBytes);
    if (stored > 0) expect(slices.length).toBeGreaterThan(0);
    let previous = -1;
    for (const { bytes, tag } of slices) {
      expect(tag).toBeGreaterThan(previous);
      previous = tag;
      expect([...bytes]).toEqual(Array.from({ length: sizes[tag]! }, () => tag % 251));
    }
  }));
});
