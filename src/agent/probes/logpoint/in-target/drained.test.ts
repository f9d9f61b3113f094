import { expect, it } from 'vitest';
import fc from 'fast-check';
import { readDrained } from './drained.ts';

const hit = { at: 1_700_000_000_000, values: { user: 'ann' }, measure: 3.5, trace: ['a'.repeat(32), 'b'.repeat(16)], stack: [['move', 'file:///hanoi.js', 3, 5]], cut: true };
const drained = { key: 'k1', hits: [hit], lost: 0, passes: 2, spentMs: 0.25, faults: 1, fault: 'not a number' };
const read = (told: unknown): unknown => readDrained(JSON.stringify(told));

it('takes what the hook gives, as it is', () => {
  expect(read([drained, { ...drained, hits: [{ at: 1, values: {} }], fault: null }])).toEqual([drained, { ...drained, hits: [{ at: 1, values: {} }], fault: null }]);
  expect(read([])).toEqual([]);
});

it.each(Object.entries({
  'a count that is none': [{ ...drained, lost: null }], 'a count below zero': [{ ...drained, passes: -1 }], 'half a pass': [{ ...drained, passes: 0.5 }], 'time that is none': [{ ...drained, spentMs: 'x' }], 'faults as text': [{ ...drained, faults: '1' }],
  'a fault that is no text': [{ ...drained, fault: {} }], 'no hits': [{ ...drained, hits: null }], 'a hit without values': [{ ...drained, hits: [{ at: 1 }] }], 'a time in between': [{ ...drained, hits: [{ ...hit, at: 1.5 }] }], 'a time beyond all dates': [{ ...drained, hits: [{ ...hit, at: 9e15 }] }],
  'a measure that is none': [{ ...drained, hits: [{ ...hit, measure: null }] }], 'a span that is none': [{ ...drained, hits: [{ ...hit, trace: ['x', 'y'] }] }], 'a frame that is none': [{ ...drained, hits: [{ ...hit, stack: [['move']] }] }], 'no list': drained, 'nobody': [null],
}))('refuses %s', (_, told) => { expect(read(told)).toBeNull(); });

it('refuses numbers beyond all numbers, and what is no JSON', () => {
  expect(readDrained(JSON.stringify([drained]).replace('0.25', '1e999'))).toBeNull();
  expect([readDrained('[{'), readDrained(undefined), readDrained({})]).toEqual([null, null, null]);
});

it('never throws, and what it takes can be counted', () => {
  const some = fc.record({ key: fc.string(), hits: fc.array(fc.record({ at: fc.anything(), values: fc.object() })), lost: fc.anything(), passes: fc.anything(), spentMs: fc.anything(), faults: fc.nat(), fault: fc.constant(null) });
  fc.assert(fc.property(fc.array(some, { maxLength: 3 }), (told) => {
    for (const { lost, passes, spentMs, hits } of readDrained(JSON.stringify(told, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))) ?? []) {
      expect([lost, passes, spentMs].every((number) => Number.isFinite(number))).toBe(true);
      for (const { at } of hits) expect(typeof BigInt(at)).toBe('bigint');
    }
  }));
});
