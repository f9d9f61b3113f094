// A profile without the samples in which nothing ran: a process that waits most of the time would be one wide box of waiting.
import type { Profile, SampleGaps } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';
import { weighStacks } from '../tree/weigh-stacks.ts';
import { idleStacks, isIdleSample } from './idle-stacks.ts';

/** The profile itself when nothing was idle. The samples that stay are no gapless order of time; their gaps stay with them. */
export function withoutIdle(profile: Profile): Profile {
  const { samples, weights } = profile;
  const rows = busyRows(profile);
  if (rows.length === samples.count) return profile;
  const { time, thread, counts } = samples;
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  return {
    ...profile, gaps: keptGaps(profile.gaps, rows),
    weights: weights.map((weight) => (weight.values === null ? weight : { ...weight, values: pick(weight.values) })),
    samples: { count: rows.length, stack: Int32Array.from(rows, (row) => samples.stack[row]!), time: time === null ? null : pick(time), thread: thread === null ? null : Uint16Array.from(rows, (row) => thread[row]!), counts: counts === null ? null : pick(counts) },
  };
}

function busyRows(profile: Profile): Int32Array {
  const { stack, count } = profile.samples;
  const idle = idleStacks(profile);
  const rows = new Int32Array(count);
  let kept = 0;
  for (let row = 0; row < count; row++) if (!isIdleSample(idle, stack[row]!)) rows[kept++] = row;
  return rows.subarray(0, kept);
}

/** Both lists ascend. */
function keptGaps(gaps: SampleGaps | null, rows: Int32Array): SampleGaps | null {
  if (gaps === null) return null;
  const [sample, nanos]: [number[], number[]] = [[], []];
  let at = 0;
  gaps.sample.forEach((row, gap) => {
    while (at < rows.length && rows[at]! < row) at++;
    if (rows[at] !== row) return;
    sample.push(at);
    nanos.push(gaps.nanos[gap]!);
  });
  return sample.length === 0 ? null : { weight: gaps.weight, sample: Int32Array.from(sample), nanos: Float64Array.from(nanos) };
}

/** Of the selection's threads and time; hidden packages and focus play no part. Samples as the source counted them. */
export function idleIn(profile: Profile, selection: ProfileSelection): { readonly weight: number; readonly samples: number } {
  const { weight, samples } = weighStacks(profile, selection);
  const found = { weight: 0, samples: 0 };
  idleStacks(profile).forEach((idle, stack) => {
    if (idle === 0) return;
    found.weight += weight[stack + 1]!;
    found.samples += samples[stack + 1]!;
  });
  return found;
}
