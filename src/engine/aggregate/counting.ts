// count and sum. A count counts rows, null or not; a sum leaves nulls out and is 0 over nothing.
import type { KqlType } from '../../kql/index.ts';
import type { Compiled, Fn } from '../expr/index.ts';
import { addLong, asTimespan, isNumeric, type Numeric } from '../values/index.ts';
import type { Accumulator, AccumulatorBuilder, AccumulatorTable } from './aggregate.ts';
import { when } from './conditional.ts';
import { objectBytes } from './memory.ts';

const count: AccumulatorBuilder = () => () => {
  let rows = 0;
  return { add: () => { rows++; }, value: () => rows, bytes: () => objectBytes };
};

const isReal = (type: KqlType): boolean => type === 'real' || type === 'decimal';

/** Longs add exactly (and wrap at 64 bits), reals as floating point, timespans as spans. */
const sum: AccumulatorBuilder = (args: readonly Compiled[], _, type) => {
  const run = args[0]!.run;
  if (type === 'timespan') return spanSum(run);
  const real = isReal(type);
  return () => {
    let total: Numeric = 0;
    return {
      add: (frame) => { const value = run(frame); if (isNumeric(value)) total = real ? Number(total) + Number(value) : addLong(total, value); },
      value: () => total,
      bytes: () => objectBytes,
    };
  };
};

const spanSum = (run: Fn) => (): Accumulator => {
  let total = 0n;
  return { add: (frame) => { const value = run(frame); if (typeof value === 'bigint') total += value; }, value: () => asTimespan(total), bytes: () => objectBytes };
};

export const countAccumulators: AccumulatorTable = {
  count: { args: 0, build: count }, countif: { args: 1, build: when(0, count) },
  sum: { args: 1, build: sum }, sumif: { args: 2, build: when(1, sum) },
};
