// A profile without the samples in which nothing ran: a process that waits most of the time would be one wide box of waiting.
import type { Profile, WeightColumn } from '../../../profiles/index.ts';

/** How V8, samplers and kernels call the time in which nothing runs; the heat map knows the same. */
const idleNames = new Set(['(idle)', '[idle]', '<idle>', 'idle', 'swapper', 'do_idle', 'cpu_idle']);

export interface IdlePart {
  /** Itself when there is nothing to leave out. Its samples are no longer a gapless time order. */
  readonly busy: Profile;
  readonly samples: number;
  /** By row of the weights. */
  readonly weights: readonly number[];
}

const known = new WeakMap<Profile, IdlePart>();

/** Made once for a profile. */
export function idlePart(profile: Profile): IdlePart {
  const made = known.get(profile) ?? splitIdle(profile);
  known.set(profile, made);
  return made;
}

function splitIdle(profile: Profile): IdlePart {
  const { samples, weights } = profile;
  const isIdle = idleLeaves(profile);
  const kept = new Int32Array(samples.count);
  let count = 0;
  for (let row = 0; row < samples.count; row++) if (isIdle[samples.stack[row]!] !== 1) kept[count++] = row;
  if (count === samples.count) return { busy: profile, samples: 0, weights: weights.map(() => 0) };
  const rows = kept.subarray(0, count);
  const { time, thread, counts } = samples;
  const pick = (column: Float64Array) => Float64Array.from(rows, row => column[row]!);
  const busy: Profile = {
    ...profile, weights: weights.map(weight => (weight.values === null ? weight : { ...weight, values: pick(weight.values) })),
    samples: { count, stack: Int32Array.from(rows, row => samples.stack[row]!), time: time === null ? null : pick(time), thread: thread === null ? null : Uint16Array.from(rows, row => thread[row]!), counts: counts === null ? null : pick(counts) },
  };
  return { busy, samples: countOf(profile) - countOf(busy), weights: weights.map((weight, at) => sumOf(weight, samples.count) - sumOf(busy.weights[at]!, count)) };
}

/** By stack: 1 where its leaf is no work. */
function idleLeaves({ stacks, frames, functions, strings }: Profile): Uint8Array {
  const idle = Uint8Array.from(functions.name, name => (idleNames.has(strings[name] ?? '') ? 1 : 0));
  return Uint8Array.from(stacks.frame, frame => idle[frames.function[frame]!]!);
}

/** Samples as the source counted them, merged ones as many. */
export const countOf = ({ samples: { count, counts } }: Profile): number => (counts === null ? count : sum(counts));
export const sumOf = ({ values, each }: WeightColumn, samples: number): number => (values === null ? each * samples : sum(values));

function sum(values: Float64Array): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}
