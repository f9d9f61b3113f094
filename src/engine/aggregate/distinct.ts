// dcount and count_distinct. dcount's accuracy 0 to 4 sets HyperLogLog's registers as the KQL reference's error figures ask:
// 1.6 %, 0.8 % (the default), 0.4 %, 0.28 %, 0.2 %. Small groups are counted exactly.
import { groupKey } from '../values/index.ts';
import { constantNumber, type AccumulatorBuilder, type AccumulatorTable } from './aggregate.ts';
import { when } from './conditional.ts';
import { DistinctCounter } from './distinct-counter.ts';

const indexBits = [12, 14, 16, 17, 18];

const distinct = (accuracyAt: number | null): AccumulatorBuilder => (args, limits) => {
  const run = args[0]!.run;
  const wanted = accuracyAt !== null && args[accuracyAt] !== undefined ? constantNumber(args[accuracyAt], 'The accuracy of dcount') : accuracyAt === null ? 4 : 1;
  const accuracy = Math.max(0, Math.min(Math.trunc(wanted), limits.maxAccuracy, indexBits.length - 1));
  return () => {
    const counter = new DistinctCounter(limits.maxDistinct, indexBits[accuracy]!);
    return { add: (frame) => { const value = run(frame); if (value !== null) counter.add(groupKey(value)); }, value: () => counter.count(), bytes: () => counter.bytes };
  };
};

export const distinctAccumulators: AccumulatorTable = {
  dcount: { args: 1, grows: true, build: distinct(1) }, dcountif: { args: 2, grows: true, build: when(1, distinct(1)) },
  count_distinct: { args: 1, grows: true, build: distinct(null) }, count_distinctif: { args: 2, grows: true, build: when(1, distinct(null)) },
};
