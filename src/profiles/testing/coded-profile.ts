// Small profiles out of plain numbers, for property tests: few functions, so that recursion, shared stacks and hits of filters are common.
import { ProfileBuilder } from '../build/index.ts';
import { none, type Profile } from '../model.ts';

export const codedPackages = ['checkout', 'express', 'pg'];
const threadNames = ['main', 'libuv', 'gc'];

export interface CodedSample {
  /** A call each: function 0 to 5 is the number modulo 6, its line the number divided by 6. */
  readonly calls: readonly number[];
  /** Nanoseconds. */
  readonly weight: number;
  /** 0 to 2. */
  readonly thread: number;
  /** Nanoseconds since the sample before. */
  readonly step: number;
  readonly counts: number;
}

/** Weights: 0 is time in nanoseconds, 1 samples. Function n is of package n modulo 3. */
export function codedProfile(samples: readonly CodedSample[], timed: boolean, counted: boolean): Profile {
  const builder = new ProfileBuilder();
  const time = builder.weight('time', 'nanoseconds');
  builder.weight('samples', 'count');
  for (const name of threadNames) builder.thread(name);
  let at = 0;
  for (const { calls, weight, thread, step, counts } of samples) {
    let stack = none;
    for (const call of calls) stack = builder.stack(stack, builder.frame(builder.function(`f${call % 6}`, `/x/node_modules/${codedPackages[call % 3]!}/${call % 6}.js`), Math.floor(call / 6)));
    at += step;
    builder.sample(stack, thread, timed ? at : undefined);
    builder.weigh(time, weight);
    if (counted) builder.counted(counts);
  }
  return builder.finish({ format: 'folded', name: 'coded', startNanos: 0 });
}
