// How many records a second a deployment changes, from a dry run over the tail.
import type { QueryDryRunResult } from '../../../../rules/index.ts';
import { touchedRecords } from '../../../editor/redact/index.ts';

/** Too short a time makes no rate. */
const leastSpanMs = 2000;

/** Null when the records span too little. @param ratio share of the records that reached the tail: below 1 the rate is an estimate */
export function blastRates(result: Pick<QueryDryRunResult, 'changed' | 'removed' | 'hidden' | 'reached' | 'fromMs' | 'toMs'>, ratio: number): { readonly perSecond: number; readonly about: boolean } | null {
  const spanMs = result.toMs - result.fromMs;
  if (spanMs < leastSpanMs) return null;
  const { records, exact } = touchedRecords(result);
  return { perSecond: (records * 1000) / spanMs / (ratio > 0 ? ratio : 1), about: ratio < 1 || !exact };
}
