import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteQueue } from './byte-queue.ts';

it('behaves as a list, and its sums stay right', () => {
  const step = fc.oneof(fc.record({ do: fc.constant('push' as const), size: fc.nat(20) }), fc.record({ do: fc.constant('back' as const), size: fc.nat(20) }), fc.record({ do: fc.constant('shift' as const), size: fc.constant(0) }));
  fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    const queue = new ByteQueue();
    const list: { bytes: Uint8Array; records: number }[] = [];
    for (const { do: action, size } of steps) {
      const item = { bytes: new Uint8Array(size), records: size };
      if (action === 'push') { queue.push(item); list.push(item); }
      else if (action === 'back') { queue.putBack(item); list.unshift(item); }
      else expect(queue.shift()).toBe(list.shift());
      expect([queue.length, queue.bytes, queue.peek()]).toEqual([list.length, list.reduce((sum, one) => sum + one.records, 0), list[0]]);
    }
  }));
});

it('stays right past the size at which it compacts', () => {
  const queue = new ByteQueue();
  for (let i = 0; i < 5000; i++) queue.push({ bytes: new Uint8Array(1), records: i });
  for (let i = 0; i < 4000; i++) expect(queue.shift()?.records).toBe(i);
  expect([queue.length, queue.bytes]).toEqual([1000, 1000]);
});
