// What a rule has done in all, as counts that can be added and stored. Pure.
import { z } from 'zod';
import type { RuleStats } from '../../model/index.ts';

const would = z.object({ removed: z.number(), changed: z.number(), emitted: z.number(), bytesRemoved: z.number() });

export const ruleTotals = z.object({
  matched: z.number(), removed: z.number(), changed: z.number(), emitted: z.number(), errors: z.number(), bytesRemoved: z.number(), overflowed: z.number(),
  /** Gauges: what is held now. */
  groups: z.number(), stateBytes: z.number(),
  lastError: z.string().nullable(), would: would.nullable(),
  /** A redact rule past its budget goes on; this is the sentence that says so. */
  overBudget: z.string().nullable().default(null),
  /** Absent while there are none. */
  noIdYet: z.number().optional(),
});
export type RuleTotals = z.infer<typeof ruleTotals>;

export const noTotals: RuleTotals =
  { matched: 0, removed: 0, changed: 0, emitted: 0, errors: 0, bytesRemoved: 0, overflowed: 0, groups: 0, stateBytes: 0, lastError: null, would: null, overBudget: null };

export const totalsOf = ({ matched, removed, changed, emitted, errors, bytesRemoved, overflowed = 0, groups = 0, stateBytes = 0, lastError, would: shadow = undefined, overBudget = null, noIdYet = 0 }: RuleStats): RuleTotals =>
  ({ matched, removed, changed, emitted, errors, bytesRemoved, overflowed, groups, stateBytes, lastError, would: shadow ?? null, overBudget: overBudget?.reason ?? null, ...(noIdYet > 0 && { noIdYet }) });

export const addTotals = (a: RuleTotals, b: RuleTotals): RuleTotals => ({
  matched: a.matched + b.matched, removed: a.removed + b.removed, changed: a.changed + b.changed, emitted: a.emitted + b.emitted, errors: a.errors + b.errors,
  bytesRemoved: a.bytesRemoved + b.bytesRemoved, overflowed: a.overflowed + b.overflowed, groups: a.groups + b.groups, stateBytes: a.stateBytes + b.stateBytes,
  lastError: b.lastError ?? a.lastError, would: addWould(a.would, b.would), overBudget: b.overBudget ?? a.overBudget,
  ...((a.noIdYet ?? b.noIdYet) !== undefined && { noIdYet: (a.noIdYet ?? 0) + (b.noIdYet ?? 0) }),
});

function addWould(a: RuleTotals['would'], b: RuleTotals['would']): RuleTotals['would'] {
  if (a === null || b === null) return a ?? b;
  return { removed: a.removed + b.removed, changed: a.changed + b.changed, emitted: a.emitted + b.emitted, bytesRemoved: a.bytesRemoved + b.bytesRemoved };
}
