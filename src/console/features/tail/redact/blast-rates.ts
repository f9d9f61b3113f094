// How many records a second a deployment changes, from a dry run over the tail.
import type { QueryDryRunResult } from '../../../../rules/index.ts';

/** Too short a time makes no rate. */
const leastSpanMs = 2000;

/** Null when the records span too little. @param ratio share of the records that reached the tail: below 1 the rate is an estimate */
export function blastRates({ changed, removed, fromMs, toMs }: Pick<QueryDryRunResult, 'changed' | 'removed' | 'fromMs' | 'toMs'>, ratio: number): { readonly perSecond: number; readonly about: boolean } | null {
  const spanMs = toMs - fromMs;
  if (spanMs < leastSpanMs) return null;
  return { perSecond: ((changed + removed) * 1000) / spanMs / (ratio > 0 ? ratio : 1), about: ratio < 1 };
}
