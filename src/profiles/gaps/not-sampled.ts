// How much of a selection's time nobody sampled, and the profile with that time given back to the samples before it.
import type { Profile } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';

export interface NotSampled { readonly gaps: number; readonly nanos: number }

/** Gaps after the samples of the selection's threads and time. */
export function notSampledIn({ gaps, samples }: Profile, { threads, fromNanos, toNanos }: Pick<ProfileSelection, 'threads' | 'fromNanos' | 'toNanos'>): NotSampled {
  const found = { gaps: 0, nanos: 0 };
  gaps?.sample.forEach((row, at) => {
    const time = samples.time?.[row] ?? 0;
    if (time < (fromNanos ?? -Infinity) || time >= (toNanos ?? Infinity)) return;
    if (threads !== null && !threads.includes(samples.thread?.[row] ?? 0)) return;
    found.gaps++;
    found.nanos += gaps.nanos[at]!;
  });
  return found;
}

/** Each sample weighs the whole time until the next one, as the file has it: what exporters write. */
export function withGaps(profile: Profile): Profile {
  const { gaps, weights } = profile;
  const values = gaps === null ? undefined : weights[gaps.weight]?.values?.slice();
  if (gaps === null || values === undefined) return profile;
  gaps.sample.forEach((row, at) => { values[row]! += gaps.nanos[at]!; });
  return { ...profile, gaps: null, weights: weights.map((weight, row) => (row === gaps.weight ? { ...weight, values } : weight)) };
}
