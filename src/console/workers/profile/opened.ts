// What the page is told of a profile that was read: everything but its samples.
import type { Profile } from '../../../profiles/index.ts';
import { copyOf } from './copy.ts';
import { packTexts } from './texts.ts';
import type { OpenedProfile, ProfileNamesTable, ProfileWeight } from './types.ts';

export function openedOf(profile: Profile): Omit<OpenedProfile, 'fileName' | 'fileBytes' | 'part' | 'parts'> {
  const { format, name, threads, weights, defaultWeight, samples, startUnixMs, durationNanos, notes, stacks, frames } = profile;
  const stackFunction = stacks.frame.map(frame => frames.function[frame] ?? -1);
  return {
    format, name, threads, defaultWeight, startUnixMs, notes, ...namesOf(profile), durationNanos: durationNanos ?? lastOf(samples.time),
    samples: samplesOf(profile), hasTimes: samples.time !== null, weights: weights.map(weight => weightOf(weight, samples.count)),
    stackParent: stacks.parent.slice(), stackFunction,
  };
}

export const namesOf = ({ functions, strings }: Profile): ProfileNamesTable => ({ functions: copyOf(functions), texts: packTexts(strings) });

export const samplesOf = ({ samples }: Profile): number => (samples.counts === null ? samples.count : sum(samples.counts));

const weightOf = ({ name, unit, unitText, values, each }: Profile['weights'][number], samples: number): ProfileWeight => ({ name, unit, unitText, total: values === null ? each * samples : sum(values) });

/** Where the format does not say how long it took, it is as long as its samples reach. */
function lastOf(times: Float64Array | null): number | null {
  let last = 0;
  for (const time of times ?? []) if (time > last) last = time;
  return last > 0 ? last : null;
}

function sum(values: Float64Array): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}
