import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { functionOf, weightByPath } from '../testing/described.ts';
import { heapTree } from '../testing/samples.ts';
import { readHeapProfile } from './read-heapprofile.ts';

const read = (value: unknown) => readHeapProfile(encodeUtf8(JSON.stringify(value)), 'a.heapprofile');
const profileOf = (value: unknown) => { const result = read(value); if (!result.ok) throw new Error(result.error.message); return result.value; };

test('bytes by call site, samples counted, no frame for the root, lines from 1', () => {
  const profile = profileOf(heapTree);
  expect(weightByPath(profile)).toEqual({ main: 64, 'main;(anonymous)': 1000 });
  expect(profile.weights).toMatchObject([{ name: 'space', unit: 'bytes' }]);
  expect([...profile.samples.counts!]).toEqual([1, 2]);
  expect(functionOf(profile, 'main')).toMatchObject({ file: 'file:///shop/app/main.js', line: 10, column: 5 });
});

test('without a list of samples nothing is counted', () => {
  expect(profileOf({ head: heapTree.head }).samples.counts).toBe(null);
});

test('ten thousand calls deep', () => {
  const text = `{"head":${'{"callFrame":{"functionName":"f"},"selfSize":0,"id":1,"children":['.repeat(9999)}{"callFrame":{"functionName":"f"},"selfSize":8,"id":1}${']}'.repeat(9999)}}`;
  const result = readHeapProfile(encodeUtf8(text), 'deep');
  expect(result.ok && result.value.stacks.count).toBe(10_000);
});

test.each([[{ head: { functionName: 'x' } }, 'malformed'], [{ head: { ...heapTree.head, children: [] } }, 'empty']])('%j is refused', (value, kind) => {
  expect(read(value)).toMatchObject({ ok: false, error: { code: `profile.${kind}` } });
});
