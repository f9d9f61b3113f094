// min, max, arg_min, arg_max, take_any. `arg_max(by, value)` gives the value of the row in which `by` is largest; the
// Plan has one aggregate per result column, and `arg_max(by)` alone is the largest `by` itself.
import type { Value } from '../../otlp/index.ts';
import type { Compiled, Fn, Frame } from '../expr/index.ts';
import { sortOrder } from '../values/index.ts';
import type { Accumulator, AccumulatorBuilder, AccumulatorTable } from './aggregate.ts';

/** Keeps `value` of the row whose `by` is first in the wanted direction; ties keep the earliest row. */
function best(by: Fn, value: Fn, sign: number, test: Fn | null): () => Accumulator {
  return () => {
    let [leader, kept]: [Value, Value] = [null, null];
    return {
      add: (frame: Frame) => {
        if (test !== null && test(frame) !== true) return;
        const key = by(frame);
        if (key === null || (leader !== null && sortOrder(key, leader) * sign <= 0)) return;
        leader = key;
        kept = value === by ? key : value(frame);
      },
      value: () => kept,
    };
  };
}

const extreme = (sign: number, testAt: number | null): AccumulatorBuilder => (args) => best(args[0]!.run, args[0]!.run, sign, testAt === null ? null : args[testAt]!.run);
const argument = (sign: number): AccumulatorBuilder => (args) => best(args[0]!.run, (args[1] ?? args[0]!).run, sign, null);

/** The first value that is there. */
const any: AccumulatorBuilder = ([arg]: readonly Compiled[]) => () => {
  let kept: Value = null;
  return { add: (frame) => { if (kept === null) kept = arg!.run(frame); }, value: () => kept };
};

export const orderAccumulators: AccumulatorTable = {
  min: { args: 1, build: extreme(-1, null) }, max: { args: 1, build: extreme(1, null) },
  minif: { args: 2, build: extreme(-1, 1) }, maxif: { args: 2, build: extreme(1, 1) },
  arg_min: { args: 1, build: argument(-1) }, arg_max: { args: 1, build: argument(1) },
  take_any: { args: 1, build: any }, any: { args: 1, build: any },
};
