import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TimerHeap, type Timed } from './timer-heap.ts';

it('gives the soonest first, however timers are set, moved and ended', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.option(fc.bigInt({ min: 0n, max: 20n }))), { maxLength: 200 }), (steps) => {
    const heap = new TimerHeap<Timed>();
    const items = Array.from({ length: 10 }, (): Timed => ({ dueUnixNano: null, heapPlace: -1 }));
    for (const [at, due] of steps) {
      heap.set(items[at]!, due);
      const running = items.flatMap(({ dueUnixNano }) => (dueUnixNano === null ? [] : [dueUnixNano])).sort((a, b) => Number(a - b));
      expect(heap.size).toBe(running.length);
      expect(heap.first?.dueUnixNano).toBe(running[0]);
    }
    const drained: bigint[] = [];
    for (let next = heap.first; next !== undefined; next = heap.first) { drained.push(next.dueUnixNano!); heap.set(next, null); }
    expect(drained).toEqual(drained.toSorted((a, b) => Number(a - b)));
    expect(items.every(({ heapPlace }) => heapPlace === -1)).toBe(true);
  }));
});
