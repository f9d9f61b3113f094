// binary_all_and, binary_all_or, binary_all_xor over longs; null when no row had one.
import { asLong, isNumeric } from '../values/index.ts';
import type { AccumulatorBuilder, AccumulatorTable } from './aggregate.ts';
import { objectBytes } from './memory.ts';

const folding = (combine: (a: bigint, b: bigint) => bigint): AccumulatorBuilder => (args) => {
  const run = args[0]!.run;
  return () => {
    let bits: bigint | null = null;
    return {
      add: (frame) => {
        const value = run(frame);
        if (!isNumeric(value) || (typeof value === 'number' && !Number.isInteger(value))) return;
        bits = bits === null ? BigInt(value) : combine(bits, BigInt(value));
      },
      value: () => (bits === null ? null : asLong(bits)),
      bytes: () => objectBytes,
    };
  };
};

export const bitAccumulators: AccumulatorTable = {
  binary_all_and: { args: 1, build: folding((a, b) => a & b) },
  binary_all_or: { args: 1, build: folding((a, b) => a | b) },
  binary_all_xor: { args: 1, build: folding((a, b) => a ^ b) },
};
