// A sampled profile: `samples` (stacks as frame numbers, the first caller first) and `weights` beside it.
import { FloatColumn, IntColumn, type ProfileBuilder } from '../../build/index.ts';
import { none } from '../../model.ts';
import { JsonScanner } from '../json/index.ts';
import type { Unit } from '../units.ts';
import type { FrameRow, SpeedscopeSource } from './source.ts';

/** Weights of a unit of time are the time until the next sample, so they place the samples in time. */
export function readSamples(builder: ProfileBuilder, rowOf: FrameRow, source: SpeedscopeSource, { unit, factor }: Unit): void {
  const stacks = readStacks(builder, rowOf, source);
  const weights = readWeights(source);
  if (weights.count !== stacks.count) builder.note(`It has ${stacks.count.toLocaleString('en')} samples and ${weights.count.toLocaleString('en')} weights; what has no partner is left out.`);
  let time = source.start * factor;
  for (let row = 0; row < Math.min(stacks.count, weights.count); row++) {
    const weight = Number.isFinite(weights.at(row)) ? weights.at(row) * factor : 0;
    builder.sample(stacks.at(row), 0, unit === 'nanoseconds' ? time : NaN);
    builder.weigh(0, weight);
    time += Math.max(0, weight);
  }
}

function readStacks(builder: ProfileBuilder, rowOf: FrameRow, { bytes, startOf, tell }: SpeedscopeSource): IntColumn {
  const stacks = new IntColumn();
  const scanner = new JsonScanner(bytes, startOf('samples') ?? bytes.length);
  if (scanner.peek() < 0) return stacks;
  scanner.elements(() => {
    let stack = none;
    scanner.elements(() => {
      const row = rowOf(scanner.number());
      if (row !== null) stack = builder.stack(stack, row);
    });
    stacks.push(stack);
    tell(scanner.at);
  });
  return stacks;
}

function readWeights({ bytes, startOf }: SpeedscopeSource): FloatColumn {
  const weights = new FloatColumn();
  const scanner = new JsonScanner(bytes, startOf('weights') ?? bytes.length);
  if (scanner.peek() >= 0) scanner.elements(() => { weights.push(scanner.number()); });
  return weights;
}
