// Time between samples that nobody sampled, and how long it usually is between two.
export { findGaps, leastGapNanos, leastIntervals, type FoundGaps } from './find-gaps.ts';
export { median } from './median.ts';
export { gapSpans, notSampledByFunction, notSampledIn, type GapSpan, type NotSampled } from './not-sampled.ts';
export { usualInterval } from './usual-interval.ts';
