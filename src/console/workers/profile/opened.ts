// What the page is told of a profile that was read: everything but its samples.
import { idleIn, usualInterval, wholeProfile, type Profile } from '../../../profiles/index.ts';
import { copyOf } from './copy.ts';
import { packTexts } from './texts.ts';
import type { OpenedProfile, ProfileNamesTable } from './types.ts';

export function openedOf(profile: Profile): Omit<OpenedProfile, 'fileName' | 'fileBytes' | 'part' | 'parts'> {
  const { format, name, threads, weights, defaultWeight, samples, startUnixMs, durationNanos, notes, stacks, frames } = profile;
  const idle = weights.map((_, weight) => idleIn(profile, { ...wholeProfile, weight }));
  const stackFunction = stacks.frame.map(frame => frames.function[frame] ?? -1);
  return {
    format, name, threads, defaultWeight, startUnixMs, notes, ...namesOf(profile), durationNanos: durationNanos ?? lastOf(samples.time), intervalNanos: usualInterval(profile),
    samples: samples.counts === null ? samples.count : sum(samples.counts), idleSamples: idle[0]?.samples ?? 0, hasTimes: samples.time !== null,
    weights: weights.map((weight, row) => ({ name: weight.name, unit: weight.unit, unitText: weight.unitText, total: sumOf(weight, samples.count), idle: idle[row]?.weight ?? 0 })),
    stackParent: stacks.parent.slice(), stackFunction,
  };
}

export const namesOf = ({ functions, strings }: Profile): ProfileNamesTable => ({ functions: copyOf(functions), texts: packTexts(strings) });

const sumOf = ({ values, each }: Profile['weights'][number], samples: number): number => (values === null ? each * samples : sum(values));

function sum(values: Float64Array): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}

/** Where the format does not say how long it took, it is as long as its samples reach. */
function lastOf(times: Float64Array | null): number | null {
  let last = 0;
  for (const time of times ?? []) if (time > last) last = time;
  return last > 0 ? last : null;
}
