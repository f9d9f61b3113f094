// min, max, arg_min, arg_max, take_any: the value of one row, chosen by order.
import type { Value } from '../../otlp/index.ts';
import type { Fn } from '../expr/index.ts';
import { sortOrder } from '../values/index.ts';
import type { Accumulator, AccumulatorBuilder, AccumulatorTable } from './aggregate.ts';
import { when } from './conditional.ts';
import { objectBytes, sizeOf } from './memory.ts';

/** Keeps `value` of the row whose `by` is first in the wanted direction; ties keep the earliest row. Rows without `by` do not count, unless there are no others: then it is the first of them. */
function best(by: Fn, value: Fn, sign: number): () => Accumulator {
  return () => {
    let [leader, kept, size, empty]: [Value, Value, number, boolean] = [null, null, objectBytes, true];
    return {
      add: (frame) => {
        const key = by(frame);
        if (!empty && (key === null || (leader !== null && sortOrder(key, leader) * sign <= 0))) return;
        empty = false;
        leader = key;
        kept = value === by ? key : value(frame);
        size = objectBytes + sizeOf(leader) + (value === by ? 0 : sizeOf(kept));
      },
      value: () => kept,
      bytes: () => size,
    };
  };
}

const extreme = (sign: number): AccumulatorBuilder => (args) => best(args[0]!.run, args[0]!.run, sign);
const argument = (sign: number): AccumulatorBuilder => (args) => best(args[0]!.run, (args[1] ?? args[0]!).run, sign);

/** The first value that is there. */
const any: AccumulatorBuilder = (args) => () => {
  let [kept, size]: [Value, number] = [null, objectBytes];
  return { add: (frame) => { if (kept === null) { kept = args[0]!.run(frame); size = objectBytes + sizeOf(kept); } }, value: () => kept, bytes: () => size };
};

export const orderAccumulators: AccumulatorTable = {
  min: { args: 1, grows: true, build: extreme(-1) }, max: { args: 1, grows: true, build: extreme(1) },
  minif: { args: 2, grows: true, build: when(1, extreme(-1)) }, maxif: { args: 2, grows: true, build: when(1, extreme(1)) },
  arg_min: { args: 1, grows: true, build: argument(-1) }, arg_max: { args: 1, grows: true, build: argument(1) },
  take_any: { args: 1, grows: true, build: any }, take_anyif: { args: 2, grows: true, build: when(1, any) },
};
