// Time between samples that nobody sampled.
export { mostIntervals, takeGaps, type TakenGaps } from './take-gaps.ts';
export { notSampledIn, withGaps, type NotSampled } from './not-sampled.ts';
