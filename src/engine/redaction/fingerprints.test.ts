// Fingerprints join within a period and cost a bounded time.
import { expect, test } from 'vitest';
import { encodeUtf8, ManualClock } from '../../base/index.ts';
import { KeyRing } from '../../redaction/index.ts';
import { Fingerprints, FingerprintSet, fingerprintsPerSecond, mostPerCell } from './fingerprints.ts';

const key = encodeUtf8('key of the test');
const add = (fingerprints: Fingerprints, set: FingerprintSet, value: string): void => { const bytes = encodeUtf8(value); fingerprints.add(set, bytes, 0, bytes.length); };
const made = (ring = new KeyRing(key), clock = new ManualClock()) => ({ fingerprints: new Fingerprints(ring, () => clock.monotonicMs()), ring, clock });

test('equal values give one fingerprint, under one key the same everywhere', () => {
  const { fingerprints } = made();
  const [one, two] = [new FingerprintSet(), new FingerprintSet()];
  for (const value of ['a', 'b', 'a', 'a']) add(fingerprints, one, value);
  add(made().fingerprints, two, 'b');
  expect(one.values.size).toBe(2);
  expect(one.more).toBe(false);
  expect([...one.values]).toContain([...two.values][0]);
});

test('without a key there are none', () => {
  const set = new FingerprintSet();
  add(made(new KeyRing()).fingerprints, set, 'a');
  expect([set.values.size, set.more]).toEqual([0, false]);
});

test('a cell keeps so many and says that there were more', () => {
  const { fingerprints } = made();
  const set = new FingerprintSet();
  for (let i = 0; i < mostPerCell; i++) add(fingerprints, set, `v${i}`);
  expect([set.values.size, set.more]).toEqual([mostPerCell, false]);
  for (let i = 0; i < mostPerCell; i++) add(fingerprints, set, `v${i}`);
  expect(set.more).toBe(false);
  add(fingerprints, set, 'another');
  expect([set.values.size, set.more]).toEqual([mostPerCell, true]);
});

test('so many in a second; what is past that is counted, and the next second goes on', () => {
  const { fingerprints, clock } = made();
  const sets = Array.from({ length: fingerprintsPerSecond + 5 }, () => new FingerprintSet());
  sets.forEach((set, i) => { add(fingerprints, set, `v${i}`); });
  expect([fingerprints.missed, sets.filter(({ values }) => values.size === 1).length, sets.filter(({ more }) => more).length]).toEqual([5, fingerprintsPerSecond, 5]);
  clock.advanceMs(1000);
  const next = new FingerprintSet();
  add(fingerprints, next, 'later');
  expect(next.values.size).toBe(1);
});

test('values that found no time are said to be missing; the next second and a new period go on', () => {
  const { fingerprints, clock } = made();
  for (let i = 0; i < fingerprintsPerSecond; i++) add(fingerprints, new FingerprintSet(), `v${i}`);
  const set = new FingerprintSet();
  add(fingerprints, set, 'first');
  clock.advanceMs(1000);
  add(fingerprints, set, 'second');
  expect([set.values.size, set.more]).toEqual([1, true]);
  set.beginAgain();
  add(fingerprints, set, 'second');
  expect(set.values.size).toBe(1);
});
