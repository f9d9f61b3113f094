// What a sample may stand for, and what is a gap: nothing is lost, nothing is invented, and no single sample leads.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../base/index.ts';
import { readCpuProfile } from '../formats/cpuprofile/index.ts';
import { timeOrderBoxes } from '../layout/time-order-boxes.ts';
import { notSampled } from '../model.ts';
import { wholeProfile } from '../tree/call-tree.ts';
import { topFunctions } from '../tree/top-functions.ts';
import { toSpeedscope } from '../export/index.ts';
import { idleIn, withoutIdle } from '../idle/index.ts';
import { mostIntervals, notSampledIn, takeGaps, withGaps } from './index.ts';

const names = ['(root)', 'busy', 'blink', '(idle)'];
/** Samples of one millisecond each, but for those that are told: by row, milliseconds until the next. */
function profileOf(count: number, long: Readonly<Record<number, number>>, nodeOf: (row: number) => number) {
  const nodes = names.map((functionName, id) => ({ id: id + 1, callFrame: { functionName, url: '', lineNumber: -1, columnNumber: -1, scriptId: '0' }, ...(id === 0 && { children: [2, 3, 4] }) }));
  const timeDeltas = Array.from({ length: count }, (_, row) => (row === 0 ? 0 : (long[row - 1] ?? 1) * 1000));
  const result = readCpuProfile(encodeUtf8(JSON.stringify({ nodes, startTime: 0, endTime: 1e6, samples: timeDeltas.map((_, row) => nodeOf(row) + 1), timeDeltas })), 'x');
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const millis = 1e6;
const stood = profileOf(100, { 40: 500, 70: 30 }, (row) => (row === 40 ? 2 : row >= 90 ? 3 : 1));

describe('a process that stood still between two samples', () => {
  it('does not make the function before it the heaviest', () => {
    const top = topFunctions(stood, wholeProfile).map(({ function: row, self }) => [stood.strings[stood.functions.name[row]!], Math.round(self / millis)]);
    // 88 samples of a millisecond and one that stands for ten; the last sample of all stands for the average, ten at most.
    expect(Object.fromEntries(top)).toMatchObject({ busy: 88 + mostIntervals, blink: mostIntervals });
  });
  it('has a gap that is counted, in all of the time or a part', () => {
    expect(notSampledIn(stood, wholeProfile)).toEqual({ gaps: 2, nanos: expect.closeTo((490 + 20) * millis, -1) });
    expect(notSampledIn(stood, { ...wholeProfile, fromNanos: 100 * millis })).toMatchObject({ gaps: 1 });
    expect(notSampledIn(stood, { ...wholeProfile, threads: [1] })).toEqual({ gaps: 0, nanos: 0 });
  });
  it('stands in the order of time, under its own name', () => {
    const boxes = timeOrderBoxes(stood, wholeProfile);
    const gaps = [...boxes.function.keys()].filter((box) => boxes.function[box] === notSampled).map((box) => [boxes.start[box]! / millis, boxes.end[box]! / millis]);
    expect(gaps).toEqual([[50, 540], [579, 599]].map((pair) => pair.map((at) => expect.closeTo(at, 3))));
    for (let row = 0; row < boxes.rows; row++) for (let box = boxes.rowStart[row]! + 1; box < boxes.rowStart[row + 1]!; box++) expect(boxes.start[box]).toBeGreaterThanOrEqual(boxes.end[box - 1]!);
  });
  it('is written as the file had it', () => {
    const text = [...toSpeedscope(stood, wholeProfile)].join('');
    expect((JSON.parse(text) as { profiles: readonly { weights: readonly number[] }[] }).profiles[0]!.weights).toContainEqual(500 * millis);
  });
  it('keeps its gaps when idle samples are left out, and idle is told for the chosen time', () => {
    expect(notSampledIn(withoutIdle(stood), wholeProfile)).toEqual(notSampledIn(stood, wholeProfile));
    expect(idleIn(stood, wholeProfile).samples).toBe(10);
    expect(idleIn(stood, { ...wholeProfile, toNanos: 300 * millis })).toEqual({ weight: 0, samples: 0 });
  });
});

it('takes nothing of what is usual, and everything adds up', () => {
  fc.assert(fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 100_000 }) }), { maxLength: 80 }), (lengths) => {
    const weight = Float64Array.from(lengths);
    const gaps = takeGaps(weight);
    const given = weight.slice();
    gaps?.sample.forEach((row, at) => { given[row]! += gaps.nanos[at]!; });
    expect([...given]).toEqual(lengths);
    if (lengths.length < 16) expect(gaps).toBeNull();
    const median = lengths.toSorted((a, b) => a - b)[lengths.length >> 1] ?? 0;
    if (lengths.length >= 16 && median > 0) expect(Math.max(...weight)).toBeLessThanOrEqual(median * mostIntervals);
  }));
});

it('gives a profile without gaps back as it is', () => {
  const even = profileOf(60, {}, () => 1);
  expect(even.gaps).toBeNull();
  expect(withGaps(even)).toBe(even);
});
