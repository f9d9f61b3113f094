// The risk of a suggestion, 0 to 10: that of its kind, more for what is relied on, for warnings, and much more for errors.
import type { SuggestionKind } from '../../model/index.ts';
import type { Subject } from './types.ts';

/** Nothing is lost for good: 1 or 2. The count stays: 3. All of it goes: 4. */
const ofKind: Readonly<Record<SuggestionKind, number>> = { 'drop-debug': 2, 'drop-unread': 4, sample: 3, dedup: 2, 'to-metric': 3, 'remove-field': 2, 'truncate-field': 2, 'divert-to-recorder': 2 };
const ofUser = { rule: 2, net: 3, view: 1, metric: 2, theme: 1, recorder: 1 } as const;
const mostOfUsers = 5;
/** Whatever touches errors is at least this. */
const errorRisk = 7;

export interface RiskFacts {
  /** Share of records with ERROR or worse that it touches, and of those with WARN. */
  readonly errors: number; readonly warnings: number;
  /** How much the event's users feel it, 0 to 1. */
  readonly felt: number;
}

export function riskOf(kind: SuggestionKind, { event }: Subject, { errors, warnings, felt }: RiskFacts): number {
  const users = event.users === null ? 1 : Math.min(mostOfUsers, event.users.reduce((sum, user) => sum + ofUser[user.kind], 0)) * felt;
  const risk = ofKind[kind] + users + (warnings > 0 ? 1 : 0) + (event.signal === 'spans' ? 1 : 0);
  return Math.min(10, Math.round(errors > 0 ? Math.max(errorRisk, risk + 3) : risk));
}
