// Sampling: of many records from one line of code, some say what all say. Kept ones carry how many they stand for.
import { numberAttributeBytes } from '../../wire-bytes.ts';
import { amount } from '../../words.ts';
import { usersLose } from '../users.ts';
import { riskOf } from '../risk.ts';
import { keptErrors, rateWords } from './drop.ts';
import type { Kind } from '../types.ts';

/** The attribute that the engine's sampler writes (engine/pipeline/batch.ts). */
export const adjustedCountKey = 'sampling.adjusted_count';
/** One in so many; 1 / ratio is whole in floating point for each of these. Half of the records is too little for what is lost, and chance plays too large a part in it. */
const steps = [100, 50, 20, 10, 5] as const;

export const sample: Kind = (subject) => {
  const { event, scope, keepPerSecond } = subject;
  const { recordsPerSecond, bytesPerSecond } = scope.rate;
  const oneIn = steps.find((step) => recordsPerSecond / step >= keepPerSecond);
  if (event.signal === 'metrics' || oneIn === undefined || event.fields.some(({ key }) => key === adjustedCountKey)) return [];
  const kept = recordsPerSecond / oneIn;
  const longer = numberAttributeBytes(adjustedCountKey, oneIn);
  return [{
    kind: 'sample', title: `Keep 1 in ${oneIn} of ${event.label}`, field: null, where: scope.where, shorterBytes: -longer,
    effect: { removed: { recordsPerSecond: recordsPerSecond - kept, bytesPerSecond: bytesPerSecond * (1 - 1 / oneIn) - kept * longer }, made: [] },
    because: [...rateWords(subject), `1 in ${oneIn} leaves ${amount(kept)} records/s; each says that it stands for ${oneIn}.`],
    lost: [`${oneIn - 1} of ${oneIn} records; whole traces are kept or go together, and what is kept carries ${adjustedCountKey} for sums.`, ...keptErrors(scope), ...usersLose(event, `counts need ${adjustedCountKey}; single records may be missing.`)],
    risk: riskOf('sample', subject, { ...scope, felt: 0.6 }), description: `One in ${oneIn} of these says enough; each that is kept says how many it stands for.`, tail: [`invoke sample(${1 / oneIn})`],
  }];
};
