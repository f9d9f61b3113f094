// A change of rules, decided: what to store, what to tell the audit, whether the fleet runs something else afterwards.
// Deciding (rule-plans.ts) and doing (commit.ts) are apart, so that one request can change many rules all at once.
import type { StoredCheck, StoredDeployment, StoredRule, StoredVersion } from '../store/index.ts';

export interface Change {
  readonly after: StoredRule;
  /** What happens on the fleet; null: nothing. */
  readonly action: StoredDeployment['action'] | null;
  /** A deployment that keeps its number and its end: a rule that turned itself off stays off. */
  readonly goesOn?: boolean;
  /** The rule leaves every list. */
  readonly deleted?: boolean;
  readonly newVersion?: StoredVersion;
  /** What today's checker makes of the version that is deployed. */
  readonly renewed?: StoredCheck & { readonly version: number };
  readonly audit: readonly AuditDeed[];
}

interface AuditDeed { readonly action: string; readonly before: unknown; readonly after: unknown; readonly more?: Readonly<Record<string, unknown>> }

export const standing = ({ state, deployedVersion, mode }: StoredRule) => ({ state, deployedVersion, mode });
