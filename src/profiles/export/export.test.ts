// What is exported is read back by our importers and, for pprof, by the npm library; sums by stack stay.
import fc from 'fast-check';
import { Profile as PprofProfile } from 'pprof-format';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../base/index.ts';
import { pathOf, weightByPath } from '../formats/testing/described.ts';
import { sampleFiles } from '../formats/testing/samples.ts';
import { none, type Profile } from '../model.ts';
import { readProfile } from '../read.ts';
import { codedProfile, type CodedSample } from '../testing/coded-profile.ts';
import { callTree } from '../tree/build-call-tree.ts';
import { wholeProfile, type ProfileSelection } from '../tree/call-tree.ts';
import { toFolded, toPprof, toSpeedscope } from './index.ts';

const coded: fc.Arbitrary<CodedSample> = fc.record({
  calls: fc.array(fc.nat(40), { maxLength: 7 }), weight: fc.nat(1_000_000), thread: fc.nat(2), step: fc.nat(1000), counts: fc.integer({ min: 1, max: 9 }),
});
const profiles = fc.tuple(fc.array(coded, { minLength: 1, maxLength: 30 }), fc.boolean(), fc.boolean()).map(([samples, timed, counted]) => codedProfile(samples, timed, counted));
const selections: fc.Arbitrary<ProfileSelection> = fc.record({
  weight: fc.nat(1), threads: fc.option(fc.subarray([0, 1, 2])), fromNanos: fc.option(fc.nat(3000)), toNanos: fc.option(fc.nat(20_000)),
  collapseRecursion: fc.boolean(), hiddenPackages: fc.subarray(['checkout', 'express']), focusFunction: fc.option(fc.constant(0)),
});

const text = (chunks: Iterable<string>): Uint8Array => encodeUtf8([...chunks].join(''));
const readBack = (bytes: Uint8Array, fileName: string): readonly Profile[] => {
  const result = readProfile(bytes, { fileName, gunzip: () => { throw new Error('not gzip'); } });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const byFunction = (sums: Record<string, number>): Record<string, number> => summed(Object.entries(sums).map(([path, sum]) => [path.replaceAll(/@\d+/g, ''), sum]));

function summed(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [path, value] of pairs) if (value !== 0) sums[path] = (sums[path] ?? 0) + value;
  return sums;
}

/** What tree/ says of a selection, as sums by path: the exporters must agree. */
function treeSums(profile: Profile, selection: ProfileSelection): Record<string, number> {
  const tree = callTree(profile, selection);
  const path = (node: number): string => (node === 0 ? '' : [path(tree.parent[node]!), profile.strings[profile.functions.name[tree.function[node]!]!]!].filter(Boolean).join(';'));
  return summed(Array.from(tree.self, (self, node) => [path(node), self] as const));
}

describe('pprof', () => {
  test('read back, the whole profile is the same: stacks with lines, every weight, threads, counts', () => {
    fc.assert(fc.property(profiles, (profile) => {
      const [back] = readBack(toPprof(profile, wholeProfile), 'a.pb');
      for (const weight of [0, 1]) expect(summed(Object.entries(weightByPath(back!, weight)))).toEqual(summed(Object.entries(weightByPath(profile, weight))));
      expect(back!.weights.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['time nanoseconds', 'samples count']);
      expect(back!.defaultWeight).toBe(0);
      const used = new Set(profile.samples.thread ?? [0]);
      expect(new Set(back!.threads.map(({ name }) => name))).toEqual(new Set([...used].map((row) => profile.threads[row]!.name)));
    }), { numRuns: 60 });
  });

  test('a selection is what the call tree of the selection says', () => {
    fc.assert(fc.property(profiles, selections, (profile, selection) => {
      const bytes = toPprof(profile, selection);
      const result = readProfile(bytes, { fileName: 'a.pb', gunzip: (zipped) => zipped });
      expect(result.ok ? byFunction(weightByPath(result.value[0]!, selection.weight)) : {}).toEqual(treeSums(profile, selection));
    }), { numRuns: 120 });
  });

  test('the npm library reads it', () => {
    const profile = codedProfile([{ calls: [0, 7], weight: 5, thread: 0, step: 1, counts: 2 }, { calls: [], weight: 3, thread: 1, step: 1, counts: 1 }], true, true);
    const read = PprofProfile.decode(toPprof(profile, wholeProfile));
    const word = (row: number | bigint): string => read.stringTable.strings[Number(row)]!;
    expect(read.stringTable.strings[0]).toBe('');
    expect(read.sampleType.map(({ type, unit }) => `${word(type)}/${word(unit)}`)).toEqual(['time/nanoseconds', 'samples/count']);
    expect(word(read.defaultSampleType)).toBe('time');
    const names = read.sample.map(({ locationId }) => locationId.map((id) => {
      const line = read.location.find((location) => location.id === id)!.line[0]!;
      return `${word(read.function.find((one) => one.id === line.functionId)!.name)}@${line.line}`;
    }));
    expect(names).toEqual([['f1@1', 'f0@0'], []]);
    expect(read.sample.map(({ value }) => value.map(Number))).toEqual([[5, 1], [3, 1]]);
    expect(read.sample[1]!.label.map(({ key, str }) => `${word(key)}=${word(str)}`)).toEqual(['thread=libuv']);
  });
});

test('folded stacks are what the call tree of the selection says', () => {
  fc.assert(fc.property(profiles, selections, (profile, selection) => {
    const { '': _, ...expected } = treeSums(profile, selection);
    const folded = text(toFolded(profile, selection));
    expect(folded.length === 0 ? {} : weightByPath(readBack(folded, 'a.folded')[0]!)).toEqual(expected);
  }), { numRuns: 120 });
});

test('names that would break a folded line are mended; kernel functions keep their mark', () => {
  const [profile] = readBack(encodeUtf8('a\tb;sys_read_[k] 2\n'), 'a.folded');
  const [line] = [...toFolded({ ...profile!, strings: profile!.strings.map((one) => (one === 'a\tb' ? 'a;b\nc' : one)) }, wholeProfile)];
  expect(line).toBe('a:b c;sys_read_[k] 2\n');
});

test('speedscope is what the call tree of the selection says, a profile a thread', () => {
  fc.assert(fc.property(profiles, selections, (profile, selection) => {
    const bytes = text(toSpeedscope(profile, selection));
    const result = readProfile(bytes, { fileName: 'a.json', gunzip: (zipped) => zipped });
    const back = result.ok ? result.value : [];
    expect(summed(back.flatMap((one) => Object.entries(weightByPath(one))))).toEqual(treeSums(profile, selection));
    expect(new Set(back.map((one) => one.threads[0]!.name)).size).toBe(back.length);
  }), { numRuns: 120 });
});

test('speedscope keeps the order of time', () => {
  const samples = [0, 1, 1, 0].map((call, at) => ({ calls: [call], weight: at + 1, thread: 0, step: 10, counts: 1 }));
  const [back] = readBack(text(toSpeedscope(codedProfile(samples, true, false), wholeProfile)), 'a.json');
  expect(Array.from(back!.samples.stack, (stack, row) => `${pathOf(back!, stack)} ${back!.samples.time![row]} ${back!.weights[0]!.values![row]}`)).toEqual(['f0 0 1', 'f1 1 5', 'f0 6 4']);
});

test.each(Object.entries(sampleFiles))('%s exports to every format', (name, file) => {
  for (const profile of readBack(file(), name)) {
    const selection = { ...wholeProfile, weight: profile.defaultWeight };
    const expected = treeSums(profile, selection);
    const pprof = readBack(toPprof(profile, selection), 'a.pb')[0]!;
    expect(byFunction(weightByPath(pprof))).toEqual(Object.fromEntries(Object.entries(expected).map(([path, sum]) => [path, Math.round(sum)])));
    expect(pprof.functions.file.some((row) => row !== none)).toBe(profile.functions.file.some((row) => row !== none));
    expect(readBack(text(toSpeedscope(profile, selection)), 'a.json').length).toBe(new Set(profile.samples.thread ?? [0]).size);
  }
});
