// How many records a dry run would touch. What surrounds records (resource, scope, metric) is hidden once for all of them, and the dry
// run counts those records with what was found there, not among the changed ones.
import type { RedactionPlace } from '../../../model/index.ts';
import type { QueryDryRunResult } from '../../../rules/index.ts';

export type TouchedFacts = Pick<QueryDryRunResult, 'hidden' | 'changed' | 'removed' | 'reached'>;

const around: ReadonlySet<RedactionPlace> = new Set(['resource', 'scope', 'metric']);

/** `exact` false: `records` is a floor, for records may have been touched both ways. */
export function touchedRecords({ hidden, changed, removed, reached }: TouchedFacts): { readonly records: number; readonly exact: boolean } {
  const own = changed + removed;
  const ofPlaces = hidden.filter(({ action, place }) => action !== 'ignore' && around.has(place)).map(({ records }) => records);
  const floor = Math.min(reached, Math.max(own, ...ofPlaces));
  return { records: floor, exact: floor === Math.min(reached, ofPlaces.reduce((sum, records) => sum + records, own)) };
}
