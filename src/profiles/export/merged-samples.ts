// Samples of one stack and one thread as one row, with the sums of every weight: what formats without times hold.
import { FloatColumn, PairIndex } from '../build/index.ts';
import type { Profile } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';
import { eachSelectedSample, type SelectedStacks } from './selected-stacks.ts';

export interface MergedSamples {
  readonly count: number;
  /** Row of the selected stacks, or `none`. */
  readonly stackOf: (row: number) => number;
  readonly threadOf: (row: number) => number;
  /** How many samples of the source. */
  readonly samplesOf: (row: number) => number;
  readonly weightOf: (row: number, weight: number) => number;
}

export function mergeSamples(profile: Profile, selection: ProfileSelection, stacks: SelectedStacks): MergedSamples {
  const index = new PairIndex();
  const sums = [profile.samples.counts, ...profile.weights.map(({ values }) => values)].map((values, at) => ({ values, each: at === 0 ? 1 : profile.weights[at - 1]!.each, column: new FloatColumn() }));
  eachSelectedSample(profile, selection, stacks, (sample, stack, thread) => {
    const row = index.row(stack, thread);
    for (const { values, each, column } of sums) {
      if (row === column.count) column.push(0);
      column.set(row, column.at(row) + (values === null ? each : values[sample]!));
    }
  });
  return {
    count: index.count, stackOf: (row) => index.first(row), threadOf: (row) => index.second(row),
    samplesOf: (row) => sums[0]!.column.at(row), weightOf: (row, weight) => sums[weight + 1]!.column.at(row),
  };
}
