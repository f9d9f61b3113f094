import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import type { Profile } from '../../model.ts';
import { functionOf, sampleLines } from '../testing/described.ts';
import { otlpFile, otlpJson } from '../testing/samples.ts';
import { readOtlpProfiles } from './read-otlp-profiles.ts';
import { isOtlpProfiles } from './sniff-otlp.ts';

const read = (bytes: Uint8Array) => readOtlpProfiles(bytes, 'otlp');
const profilesOf = (bytes: Uint8Array): readonly Profile[] => { const result = read(bytes); if (!result.ok) throw new Error(result.error.message); return result.value; };
const json = (value: unknown) => encodeUtf8(JSON.stringify(value));

test.each([['protobuf', otlpFile], ['JSON', () => json(otlpJson)]] as const)('%s: stacks of the dictionary, a sample per time, attributes as threads', (_, file) => {
  const [profile, ...more] = profilesOf(file());
  expect(more).toEqual([]);
  expect(sampleLines(profile!)).toEqual(['worker 100 main@5;inlined@8 10', 'worker 400 main@5;inlined@8 20', 'all threads 300 main@5;inlined@8;0xabcd 5']);
  expect(profile).toMatchObject({ name: 'otlp · shop · cpu', startUnixMs: 1_700_000_000_000, durationNanos: 1_000_000, weights: [{ name: 'cpu', unit: 'nanoseconds' }] });
  expect(profile!.threads[0]).toEqual({ name: 'worker', processId: null, threadId: 77 });
  expect(functionOf(profile!, 'main')).toMatchObject({ file: '/shop/main.go', line: 2 });
  expect(functionOf(profile!, '0xabcd')).toMatchObject({ file: '/usr/bin/app' });
});

test('an address above 2^53 stays exact', () => {
  const { dictionary } = otlpJson;
  const [, first, second] = dictionary.locationTable;
  expect(sampleLines(profilesOf(json({ ...otlpJson, dictionary: { ...dictionary, locationTable: [{}, first, { ...second, address: '18446744071578845200' }] } }))[0]!).at(-1)).toContain(`;0x${18446744071578845200n.toString(16)} 5`);
});

const withSamples = (samples: readonly object[]) => json({ ...otlpJson, resourceProfiles: [{ scopeProfiles: [{ profiles: [{ sampleType: { typeStrindex: 1, unitStrindex: 2 }, samples }] }] }] });

test('values alone are one sum, times alone count 1 each', () => {
  expect(sampleLines(profilesOf(withSamples([{ stackIndex: 1, values: [2, '3'] }]))[0]!)).toEqual(['all threads - main@5;inlined@8 5']);
  expect(sampleLines(profilesOf(withSamples([{ stackIndex: 1, timestampsUnixNano: ['5', '9'] }]))[0]!)).toEqual(['all threads 0 main@5;inlined@8 1', 'all threads 4 main@5;inlined@8 1']);
});

test('one document a line, as the collector writes files; profiles without samples are passed over', () => {
  const empty = { resourceProfiles: [{ scopeProfiles: [{ profiles: [{}] }] }] };
  expect(profilesOf(encodeUtf8([otlpJson, empty, otlpJson].map((one) => JSON.stringify(one)).join('\n'))).length).toBe(2);
});

test('rows that are not there are counted', () => {
  const [profile] = profilesOf(withSamples([{ stackIndex: 44, values: [1] }, { stackIndex: 1, values: [1], attributeIndices: [99] }]));
  expect(profile!.notes).toEqual(['Samples of a stack that is not there: 1', 'Attributes of samples that name no thread, left out: 1']);
});

test('a draft without a table of stacks is refused in words', () => {
  expect(read(json({ ...otlpJson, dictionary: { ...otlpJson.dictionary, stackTable: [] } }))).toMatchObject({ ok: false, error: { code: 'profile.unsupported', message: expect.stringContaining('before opentelemetry-proto 1.9') } });
});

test('a pprof file is not taken for OTLP', () => {
  expect([isOtlpProfiles(otlpFile()), isOtlpProfiles(Uint8Array.of(0x0a, 0x04, 0x08, 1, 0x10, 2))]).toEqual([true, false]);
});
