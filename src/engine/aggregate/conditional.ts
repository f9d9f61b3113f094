// The `if` forms of aggregates: the same accumulator behind a predicate. Null is not true.
import type { Fn } from '../expr/index.ts';
import type { AccumulatorBuilder } from './aggregate.ts';

/** Wraps an aggregate so that it sees only rows where the argument at `at` is true; the wrapped one gets the other arguments. */
export const when = (at: number, build: AccumulatorBuilder): AccumulatorBuilder => (args, limits, type) => {
  const test: Fn = args[at]!.run;
  const create = build(args.filter((_, i) => i !== at), limits, type);
  return () => {
    const inner = create();
    return { add: (frame) => { if (test(frame) === true) inner.add(frame); }, value: () => inner.value(), bytes: () => inner.bytes() };
  };
};
