// percentile and percentilew, by nearest rank: the smallest value that at least `share` percent of the values (of the weights)
// do not exceed.
import { isNumeric } from '../values/index.ts';
import { CompileError, type Compiled } from '../expr/index.ts';
import { constantNumber, type AccumulatorBuilder, type AccumulatorTable } from './aggregate.ts';
import { Sample } from './sample.ts';

function shareOf(arg: Compiled | undefined): number {
  const share = constantNumber(arg, 'The share of a percentile');
  if (share >= 0 && share <= 100) return share;
  throw new CompileError(`${share} is no share of a percentile.`, 'It is a number of percent, from 0 to 100: percentile(x, 95).');
}

const percentile: AccumulatorBuilder = (args, limits) => {
  const run = args[0]!.run;
  const share = shareOf(args[1]);
  return () => {
    const sample = new Sample(limits.maxValues);
    return { add: (frame) => { const value = run(frame); if (isNumeric(value)) sample.add(value, 1); }, value: () => sample.nearestRank(share), bytes: () => sample.bytes };
  };
};

/** A value of weight w stands for w values; weights of zero, below, or of no number are left out. */
const weighted: AccumulatorBuilder = (args, limits) => {
  const [run, weigh] = [args[0]!.run, args[1]!.run];
  const share = shareOf(args[2]);
  return () => {
    const sample = new Sample(limits.maxValues);
    return {
      add: (frame) => {
        const [value, weight] = [run(frame), Number(weigh(frame) ?? 0)];
        if (isNumeric(value) && weight > 0) sample.add(value, weight);
      },
      value: () => sample.nearestRank(share),
      bytes: () => sample.bytes,
    };
  };
};

export const percentileAccumulators: AccumulatorTable = {
  percentile: { args: 2, grows: true, build: percentile }, percentilew: { args: 3, grows: true, build: weighted },
};
