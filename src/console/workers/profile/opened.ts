// What the page is told of a profile that was read: everything but its samples.
import type { Profile } from '../../../profiles/index.ts';
import { copyOf } from './copy.ts';
import { countOf, idlePart, sumOf } from './idle.ts';
import { packTexts } from './texts.ts';
import type { OpenedProfile, ProfileNamesTable, ProfileWeight } from './types.ts';

export function openedOf(profile: Profile): Omit<OpenedProfile, 'fileName' | 'fileBytes' | 'part' | 'parts'> {
  const { format, name, threads, weights, defaultWeight, samples, startUnixMs, durationNanos, notes, stacks, frames } = profile;
  const idle = idlePart(profile);
  const stackFunction = stacks.frame.map(frame => frames.function[frame] ?? -1);
  return {
    format, name, threads, defaultWeight, startUnixMs, notes, ...namesOf(profile), durationNanos: durationNanos ?? lastOf(samples.time),
    samples: countOf(profile), hasTimes: samples.time !== null, weights: weights.map((weight, row) => weightOf(weight, samples.count, idle.weights[row] ?? 0)),
    stackParent: stacks.parent.slice(), stackFunction,
  };
}

export const namesOf = ({ functions, strings }: Profile): ProfileNamesTable => ({ functions: copyOf(functions), texts: packTexts(strings) });

const weightOf = (weight: Profile['weights'][number], samples: number, idle: number): ProfileWeight => ({ name: weight.name, unit: weight.unit, unitText: weight.unitText, total: sumOf(weight, samples), idle });

/** Where the format does not say how long it took, it is as long as its samples reach. */
function lastOf(times: Float64Array | null): number | null {
  let last = 0;
  for (const time of times ?? []) if (time > last) last = time;
  return last > 0 ? last : null;
}
