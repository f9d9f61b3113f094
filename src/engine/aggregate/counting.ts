// count, sum, avg, stdev, variance, dcount, percentile and their `if` forms. Nulls are left out of all but count.
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import type { Compiled, Fn } from '../expr/index.ts';
import { addLong, groupKey, isNumeric, type Numeric } from '../values/index.ts';
import { constantNumber, type Accumulator, type AccumulatorBuilder, type AccumulatorTable } from './aggregate.ts';
import { DistinctCounter } from './distinct.ts';
import { Sample } from './sample.ts';

const always: Fn = () => true;

/** The `if` forms take their predicate as the last argument. */
const conditional = (build: (args: readonly Compiled[], test: Fn, ...rest: [Parameters<AccumulatorBuilder>[1], KqlType]) => () => Accumulator, at: number | null): AccumulatorBuilder =>
  (args, limits, type) => build(args, at === null ? always : args[at]!.run, limits, type);

const count = (_: readonly Compiled[], test: Fn) => (): Accumulator => {
  let rows = 0;
  return { add: (frame) => { if (test(frame) === true) rows++; }, value: () => rows };
};

const asReal = (type: KqlType): boolean => type === 'real' || type === 'decimal';

function sum(args: readonly Compiled[], test: Fn, _: unknown, type: KqlType): () => Accumulator {
  const run = args[0]!.run;
  if (type === 'timespan') return spanSum(run, test);
  return () => {
    let total: Numeric = 0;
    return {
      add: (frame) => {
        if (test(frame) !== true) return;
        const value = run(frame);
        if (isNumeric(value)) total = asReal(type) ? Number(total) + Number(value) : addLong(total, value);
      },
      value: () => total,
    };
  };
}

const spanSum = (run: Fn, test: Fn) => (): Accumulator => {
  let total = 0n;
  return { add: (frame) => { const value = test(frame) === true ? run(frame) : null; if (typeof value === 'bigint') total += value; }, value: () => total };
};

/** Mean and variance in one pass (Welford). Times keep their type. */
function moments(finish: (rows: number, mean: number, squares: number) => number | null): (args: readonly Compiled[], test: Fn, _: unknown, type: KqlType) => () => Accumulator {
  return (args, test, _, type) => {
    const run = args[0]!.run;
    return () => {
      let [rows, mean, squares] = [0, 0, 0];
      return {
        add: (frame) => {
          const value = test(frame) === true ? run(frame) : null;
          if (!isNumeric(value)) return;
          const number = Number(value);
          const delta = number - mean;
          mean += delta / ++rows;
          squares += delta * (number - mean);
        },
        value: () => {
          const result = finish(rows, mean, squares);
          return result !== null && (type === 'timespan' || type === 'datetime') && Number.isFinite(result) ? BigInt(Math.round(result)) : result;
        },
      };
    };
  };
}

const average = moments((rows, mean) => (rows === 0 ? null : mean));
const variance = moments((rows, _, squares) => (rows < 2 ? (rows === 0 ? null : 0) : squares / (rows - 1)));
const deviation = moments((rows, _, squares) => (rows < 2 ? (rows === 0 ? null : 0) : Math.sqrt(squares / (rows - 1))));
const variancep = moments((rows, _, squares) => (rows === 0 ? null : squares / rows));
const deviationp = moments((rows, _, squares) => (rows === 0 ? null : Math.sqrt(squares / rows)));

const distinct = (args: readonly Compiled[], test: Fn, limits: { readonly maxDistinct: number }) => {
  const run = args[0]!.run;
  return (): Accumulator => {
    const counter = new DistinctCounter(limits.maxDistinct);
    return { add: (frame) => { const value = test(frame) === true ? run(frame) : null; if (value !== null) counter.add(groupKey(value)); }, value: () => counter.count() };
  };
};

/** Nearest rank: the smallest value that at least `share` percent of the values do not exceed. */
const percentile: AccumulatorBuilder = (args, limits) => {
  const run = args[0]!.run;
  const share = constantNumber(args[1], 'The share of a percentile');
  return () => {
    const sample = new Sample(limits.maxValues);
    return { add: (frame) => { const value: Value = run(frame); if (isNumeric(value)) sample.add(value); }, value: () => sample.nearestRank(share) };
  };
};

export const countAccumulators: AccumulatorTable = {
  count: { args: 0, build: conditional(count, null) }, countif: { args: 1, build: conditional(count, 0) },
  sum: { args: 1, build: conditional(sum, null) }, sumif: { args: 2, build: conditional(sum, 1) },
  avg: { args: 1, build: conditional(average, null) }, avgif: { args: 2, build: conditional(average, 1) },
  variance: { args: 1, build: conditional(variance, null) }, varianceif: { args: 2, build: conditional(variance, 1) },
  stdev: { args: 1, build: conditional(deviation, null) }, stdevif: { args: 2, build: conditional(deviation, 1) },
  variancep: { args: 1, build: conditional(variancep, null) }, stdevp: { args: 1, build: conditional(deviationp, null) },
  dcount: { args: 1, build: conditional(distinct, null) }, dcountif: { args: 2, build: conditional(distinct, 1) },
  count_distinct: { args: 1, build: conditional(distinct, null) }, count_distinctif: { args: 2, build: conditional(distinct, 1) },
  percentile: { args: 2, build: percentile },
};
