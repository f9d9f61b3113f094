// The one pass over samples: what each stack weighs in a selection. Everything after it works on stacks, of which there are far fewer.
import type { Profile } from '../model.ts';
import type { ProfileSelection } from './call-tree.ts';

/** By stack row + 1; index 0 holds the samples with an empty stack. */
export interface StackWeights { readonly weight: Float64Array; readonly samples: Float64Array }

export function weighStacks(profile: Profile, selection: ProfileSelection): StackWeights {
  const { stack, time, counts, count } = profile.samples;
  const { values, each } = profile.weights[selection.weight]!;
  const from = time === null ? null : selection.fromNanos;
  const to = time === null ? null : selection.toNanos;
  const hidden = hiddenThreads(profile, selection.threads);
  const weight = new Float64Array(profile.stacks.count + 1);
  const samples = new Float64Array(profile.stacks.count + 1);
  for (let row = 0; row < count; row++) {
    if (from !== null && time![row]! < from) continue;
    if (to !== null && time![row]! >= to) continue;
    if (hidden !== null && hidden[threadOf(profile, row)] === 1) continue;
    const at = stack[row]! + 1;
    weight[at]! += values === null ? each : values[row]!;
    samples[at]! += counts === null ? 1 : counts[row]!;
  }
  return { weight, samples };
}

const threadOf = ({ samples: { thread } }: Profile, row: number): number => (thread === null ? 0 : thread[row]!);

function hiddenThreads({ threads }: Profile, shown: readonly number[] | null): Uint8Array | null {
  if (shown === null) return null;
  const hidden = new Uint8Array(Math.max(1, threads.length)).fill(1);
  for (const row of shown) if (row < hidden.length) hidden[row] = 0;
  return hidden;
}
