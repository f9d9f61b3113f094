// pprof by our own bytes and by those of the npm library.
import { Function as PprofFunction, Label, Line, Location, Mapping, Profile as PprofProfile, Sample, StringTable, ValueType } from 'pprof-format';
import { expect, test } from 'vitest';
import { functionOf, sampleLines, weightByPath } from '../testing/described.ts';
import { pprofFile } from '../testing/samples.ts';
import { readPprof } from './read-pprof.ts';
import { isPprof } from './sniff-pprof.ts';

const profileOf = (bytes: Uint8Array) => { const result = readPprof(bytes, 'a.pb'); if (!result.ok) throw new Error(result.error.message); return result.value; };

test('inlined lines are frames of their own, addresses without lines keep the binary, units become nanoseconds', () => {
  const profile = profileOf(pprofFile());
  expect(weightByPath(profile)).toEqual({ '0xabc;work@30;inlined@12': 40_000, '0xabc': 5000 });
  expect(weightByPath(profile, 0)).toEqual({ '0xabc;work@30;inlined@12': 3, '0xabc': 1 });
  expect(profile.weights.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['samples count', 'cpu nanoseconds']);
  expect(functionOf(profile, 'work')).toMatchObject({ file: '/shop/work.c', line: 28 });
  expect(functionOf(profile, '0xabc')).toMatchObject({ file: '/usr/bin/app' });
});

test('labels make threads, merged samples keep their counts, the last type is shown first', () => {
  const profile = profileOf(pprofFile());
  expect(sampleLines(profile).map((line) => line.split(' - ')[0])).toEqual(['worker', 'all threads']);
  expect(profile.threads).toEqual([{ name: 'worker', processId: null, threadId: 77 }, { name: 'all threads', processId: null, threadId: null }]);
  expect([...profile.samples.counts!]).toEqual([3, 1]);
  expect([profile.defaultWeight, profile.startUnixMs, profile.durationNanos]).toEqual([1, 1_700_000_000_000, 5e9]);
});

/** Written by the library: bigints as ids, a default type, a label of no thread. */
function byLibrary(): Uint8Array {
  const stringTable = new StringTable();
  const text = (value: string) => stringTable.dedup(value);
  const big = 0xffff_ffff_ffff_fff1n;
  return new PprofProfile({
    sampleType: [new ValueType({ type: text('objects'), unit: text('count') }), new ValueType({ type: text('space'), unit: text('kilobytes') })],
    sample: [
      new Sample({ locationId: [2, big], value: [4, 2], label: [new Label({ key: text('bytes'), num: 512 })] }),
      new Sample({ locationId: [big], value: [1, -1] }),
      new Sample({ locationId: [55], value: [7] }),
    ],
    mapping: [new Mapping({ id: 1, filename: text('/usr/lib/libz.so.1') })],
    location: [new Location({ id: big, line: [new Line({ functionId: big, line: 5 })] }), new Location({ id: 2, mappingId: 1, line: [new Line({ functionId: 3, line: 6 })] })],
    function: [new PprofFunction({ id: big, name: text('main'), filename: text('main.py') }), new PprofFunction({ id: 3, systemName: text('_Zinflate') })],
    defaultSampleType: text('objects'), stringTable,
  }).encode();
}

test('a file of the npm library: ids of 64 bits, sizes in bytes, system names, the default type', () => {
  const bytes = byLibrary();
  const profile = profileOf(bytes);
  expect(isPprof(bytes)).toBe(true);
  expect(weightByPath(profile)).toEqual({ 'main@5;_Zinflate@6': 4, 'main@5': 1, '': 7 });
  expect(weightByPath(profile, 1)).toEqual({ 'main@5;_Zinflate@6': 2048, 'main@5': -1024, '': 0 });
  expect(functionOf(profile, '_Zinflate')).toMatchObject({ file: '/usr/lib/libz.so.1' });
  expect(profile.notes).toEqual([
    'Labels of samples that name no thread, left out: 1', 'Places in stacks that name a location that is not there, left out: 1', 'Samples with another number of values than there are types: 1',
  ]);
});

test('addresses above 2^53 are told apart, and time 0 is the file\'s own', () => {
  const stringTable = new StringTable();
  const text = (value: string) => stringTable.dedup(value);
  const timeNanos = 1_700_000_000_123_456_789n;
  const profile = profileOf(new PprofProfile({
    timeNanos, sampleType: [new ValueType({ type: text('samples'), unit: text('count') })],
    sample: [1, 2].map((id) => new Sample({ locationId: [id], value: [id], label: [new Label({ key: text('end_timestamp_ns'), num: timeNanos + 30_000_000_001n * BigInt(id) })] })),
    location: [new Location({ id: 1, address: 0xffff_ffff_8100_0010n }), new Location({ id: 2, address: 0xffff_ffff_8100_0123n })], stringTable,
  }).encode());
  expect(weightByPath(profile)).toEqual({ '0xffffffff81000010': 1, '0xffffffff81000123': 2 });
  expect([...profile.samples.time!]).toEqual([30_000_000_001, 60_000_000_002]);
  expect(profile.startUnixMs).toBeCloseTo(1_700_000_000_123.456, 3);
});

test('locations that inline thousands of functions stay within bounds', () => {
  const stringTable = new StringTable();
  const name = stringTable.dedup('f');
  const line = Array.from({ length: 5000 }, () => new Line({ functionId: 1, line: 1 }));
  const bytes = new PprofProfile({
    sampleType: [new ValueType({ type: name, unit: name })], sample: [new Sample({ locationId: Array.from({ length: 500 }, () => 1), value: [1] })],
    location: [new Location({ id: 1, line })], function: [new PprofFunction({ id: 1, name })], stringTable,
  }).encode();
  const profile = profileOf(bytes);
  expect(profile.stacks.count).toBe(500 * 128);
  expect(profile.notes).toEqual(['Functions inlined more than 128 deep, left out: 4,872']);
});
