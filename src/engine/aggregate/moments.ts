// avg, and stdev, variance and kin with mean and squares in one pass (Welford's method). Over nothing, avg is NaN as in KQL
// (null for times) and the others are 0.
import { floorTo, isNumeric } from '../values/index.ts';
import type { AccumulatorBuilder, AccumulatorTable } from './aggregate.ts';
import { when } from './conditional.ts';
import { objectBytes } from './memory.ts';

type Finish = (rows: number, squares: number) => number;

/** Times keep their type: the deviation of timespans is a timespan. */
const moments = (finish: Finish): AccumulatorBuilder => (args, _, type) => {
  const run = args[0]!.run;
  const time = type === 'timespan' || type === 'datetime';
  return () => {
    let [rows, mean, squares] = [0, 0, 0];
    return {
      add: (frame) => {
        const value = run(frame);
        if (!isNumeric(value)) return;
        const number = Number(value);
        const delta = number - mean;
        mean += delta / ++rows;
        squares += delta * (number - mean);
      },
      value: () => {
        const result = finish(rows, squares);
        if (!time) return result;
        return Number.isFinite(result) ? BigInt(Math.round(result)) : null;
      },
      bytes: () => objectBytes,
    };
  };
};

/** The sum over the number of values, so that the mean of whole numbers is as exact as their sum. */
const realAverage: AccumulatorBuilder = (args) => {
  const run = args[0]!.run;
  return () => {
    let [rows, total] = [0, 0];
    return {
      add: (frame) => { const value = run(frame); if (isNumeric(value)) { rows++; total += Number(value); } },
      value: () => total / rows,
      bytes: () => objectBytes,
    };
  };
};

/** Of times, exact: a double cannot hold today's nanoseconds. Rounds down. */
const timeAverage: AccumulatorBuilder = (args) => {
  const run = args[0]!.run;
  return () => {
    let [rows, total] = [0n, 0n];
    return {
      add: (frame) => { const value = run(frame); if (typeof value === 'bigint') { rows++; total += value; } },
      value: () => (rows === 0n ? null : floorTo(total, rows) / rows),
      bytes: () => objectBytes,
    };
  };
};

const average: AccumulatorBuilder = (args, limits, type) => (type === 'timespan' || type === 'datetime' ? timeAverage : realAverage)(args, limits, type);
const variance = moments((rows, squares) => (rows < 2 ? 0 : squares / (rows - 1)));
const deviation = moments((rows, squares) => (rows < 2 ? 0 : Math.sqrt(squares / (rows - 1))));
const variancep = moments((rows, squares) => (rows === 0 ? 0 : squares / rows));
const deviationp = moments((rows, squares) => (rows === 0 ? 0 : Math.sqrt(squares / rows)));

export const momentAccumulators: AccumulatorTable = {
  avg: { args: 1, build: average }, avgif: { args: 2, build: when(1, average) },
  variance: { args: 1, build: variance }, varianceif: { args: 2, build: when(1, variance) }, variancep: { args: 1, build: variancep },
  stdev: { args: 1, build: deviation }, stdevif: { args: 2, build: when(1, deviation) }, stdevp: { args: 1, build: deviationp },
};
