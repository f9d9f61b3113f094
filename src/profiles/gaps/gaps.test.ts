// What is a gap and what is not; weights are the file's own whatever is marked, and gaps are told for what is looked at.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../base/index.ts';
import { toFolded, toSpeedscope } from '../export/index.ts';
import { readCpuProfile } from '../formats/cpuprofile/index.ts';
import { idleIn, withoutIdle } from '../idle/index.ts';
import { timeOrderBoxes } from '../layout/time-order-boxes.ts';
import { notSampled } from '../model.ts';
import { wholeProfile } from '../tree/call-tree.ts';
import { topFunctions } from '../tree/top-functions.ts';
import { findGaps, leastGapNanos, leastIntervals, median, notSampledIn, usualInterval } from './index.ts';

const names = ['(root)', 'busy', 'blink', '(idle)'];
/** Samples of one millisecond each, but for those that are told: by row, milliseconds until the next. It ends `after` the last sample. */
function profileOf(count: number, long: Readonly<Record<number, number>>, nodeOf: (row: number) => number, after = 1) {
  const nodes = names.map((functionName, id) => ({ id: id + 1, callFrame: { functionName, url: '', lineNumber: -1, columnNumber: -1, scriptId: '0' }, ...(id === 0 && { children: [2, 3, 4] }) }));
  const timeDeltas = Array.from({ length: count }, (_, row) => (row === 0 ? 0 : (long[row - 1] ?? 1) * 1000));
  const endTime = timeDeltas.reduce((sum, delta) => sum + delta, 0) + after * 1000;
  const result = readCpuProfile(encodeUtf8(JSON.stringify({ nodes, startTime: 0, endTime, samples: timeDeltas.map((_, row) => nodeOf(row) + 1), timeDeltas })), 'x');
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const millis = 1e6;
type Profile = ReturnType<typeof profileOf>;
const selfOf = (profile: Profile, selection = wholeProfile) => Object.fromEntries(topFunctions(profile, selection).map(({ function: row, self }) => [profile.strings[profile.functions.name[row]!]!, Math.round(self / millis)]));
/** One sample of "blink" at 40 ms, then nothing for half a second; 30 ms at sample 70 are only late. */
const stood = profileOf(100, { 40: 500, 70: 30 }, (row) => (row === 40 ? 2 : row >= 90 ? 3 : 1));

describe('a process that stood still between two samples', () => {
  it('keeps every weight as the file has it, on the screen and in exports', () => {
    expect(selfOf(stood)).toEqual({ busy: 118, blink: 500, '(idle)': 10 });
    const folded = [...toFolded(stood, wholeProfile)].join('');
    expect(folded).toContain(`blink ${500 * millis}\n`);
    expect(folded).toContain(`busy ${118 * millis}\n`);
    expect((JSON.parse([...toSpeedscope(stood, wholeProfile)].join('')) as { profiles: readonly { weights: readonly number[] }[] }).profiles[0]!.weights).toContainEqual(500 * millis);
  });
  it('has a gap that is told beside, of all of the time or a part, also when the sample before it is not in it', () => {
    expect(notSampledIn(stood, wholeProfile)).toEqual({ gaps: 1, nanos: expect.closeTo(499 * millis, -1) });
    expect(notSampledIn(stood, { ...wholeProfile, fromNanos: 100 * millis, toNanos: 300 * millis })).toEqual({ gaps: 1, nanos: expect.closeTo(200 * millis, -1) });
    expect(notSampledIn(stood, { ...wholeProfile, fromNanos: 0, toNanos: 20 * millis })).toEqual({ gaps: 0, nanos: 0 });
    expect(notSampledIn(stood, { ...wholeProfile, fromNanos: 560 * millis })).toEqual({ gaps: 0, nanos: 0 });
    expect(notSampledIn(stood, { ...wholeProfile, threads: [1] })).toEqual({ gaps: 0, nanos: 0 });
  });
  it('marks the function whose self time owes more than half to it', () => {
    const owed = (profile: Profile, selection = wholeProfile) => topFunctions(profile, selection).filter(({ notSampled: gap, self }) => gap > self / 2).map(({ function: row }) => profile.strings[profile.functions.name[row]!]);
    expect(owed(stood)).toEqual(['blink']);
    expect(owed(withoutIdle(stood))).toEqual(['blink']);
    expect(owed(stood, { ...wholeProfile, fromNanos: 45 * millis })).toEqual([]);
    expect(owed(stood, { ...wholeProfile, weight: 1 })).toEqual([]);
  });
  it('stands in the order of time, under its own name, also where only a part of the gap is looked at', () => {
    const gapsOf = (selection: typeof wholeProfile) => { const boxes = timeOrderBoxes(stood, selection); return [...boxes.function.keys()].filter((box) => boxes.function[box] === notSampled).map((box) => [boxes.start[box]! / millis, boxes.end[box]! / millis]); };
    const near = (pair: readonly number[]) => pair.map((at) => expect.closeTo(at, 3));
    expect(gapsOf(wholeProfile)).toEqual([near([41, 540])]);
    expect(gapsOf({ ...wholeProfile, fromNanos: 100 * millis, toNanos: 200 * millis })).toEqual([near([0, 100])]);
    expect(gapsOf({ ...wholeProfile, fromNanos: 500 * millis, toNanos: 560 * millis })).toEqual([near([0, 40])]);
    const boxes = timeOrderBoxes(stood, wholeProfile);
    for (let row = 0; row < boxes.rows; row++) for (let box = boxes.rowStart[row]! + 1; box < boxes.rowStart[row + 1]!; box++) expect(boxes.start[box]).toBeGreaterThanOrEqual(boxes.end[box - 1]!);
  });
  it('keeps its gap when idle samples are left out, and idle is told for the chosen time', () => {
    expect(notSampledIn(withoutIdle(stood), wholeProfile)).toEqual(notSampledIn(stood, wholeProfile));
    expect(idleIn(stood, wholeProfile).samples).toBe(10);
    expect(idleIn(stood, { ...wholeProfile, toNanos: 300 * millis })).toEqual({ weight: 0, samples: 0 });
  });
});

describe('no gap', () => {
  it.each([
    ['a long call, which both neighbours are in', profileOf(100, { 40: 500 }, () => 1)],
    ['late by less than a quarter of a second', profileOf(100, { 40: 249 }, (row) => (row === 40 ? 2 : 1))],
    ['a slow rate', profileOf(100, Object.fromEntries(Array.from({ length: 100 }, (_, row) => [row, row === 40 ? 400 : 10])), (row) => (row === 40 ? 2 : 1))],
    ['too few samples to know what is usual', profileOf(15, { 7: 900 }, (row) => (row === 7 ? 2 : 1))],
  ])('%s', (_, profile) => { expect(profile.gaps).toBeNull(); });
});

describe('the last sample', () => {
  it('weighs the usual interval, whatever gaps there are, and nothing past the end', () => {
    const last = (after: number) => profileOf(100, { 40: 900_000 }, () => 1, after).weights[0]!.values!.at(-1);
    expect([last(5), last(0.25), last(0)]).toEqual([millis, 0.25 * millis, 0]);
  });
});

it('takes nothing: what it marks is a part of what is there', () => {
  fc.assert(fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 900_000_000 }) }), { maxLength: 80 }), fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 80, maxLength: 80 }), (lengths, leaves) => {
    const nanos = Float64Array.from(lengths);
    const usual = median(nanos.subarray(0, -1));
    const gaps = findGaps(nanos, usual, (row) => leaves[row]!);
    expect([...nanos]).toEqual(lengths);
    const expected = lengths.flatMap((length, row) => (lengths.length >= 16 && row + 1 < lengths.length && length >= leastGapNanos && length >= usual * leastIntervals && leaves[row] !== leaves[row + 1] ? [row] : []));
    expect([...gaps?.sample ?? []]).toEqual(expected);
    gaps?.sample.forEach((row, at) => { expect(gaps.nanos[at]).toBe(lengths[row]! - usual); });
  }));
});

describe('the median', () => {
  it('is that of a whole sort', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 ** 40 }), fc.double({ min: 0, max: 1e300, noNaN: true })), { maxLength: 200 }), (values) => {
      expect(median(Float64Array.from(values))).toBe(Float64Array.from(values).sort()[values.length >> 1] ?? 0);
    }));
  });
  it('is of all rows: a pause at every fourth of them is usual nowhere', () => {
    expect(median(Float64Array.from({ length: 20_000 }, (_, row) => (row % 4 === 0 ? 900 : 1)))).toBe(1);
  });
  it('says how often was sampled, however long it stood still', () => {
    expect(usualInterval(stood)).toBe(millis);
    expect(usualInterval(profileOf(1, {}, () => 1))).toBeNull();
  });
});
