// What the keeper knows of a rule, and what it decides.
import type { BreachKind, RuleBounds, RuleStats } from '../../model/index.ts';

export type Disabled = NonNullable<RuleStats['disabled']>;

/** A rule that turned itself off: this very deployment stays off, also across restarts. */
export interface DisabledRule { readonly id: string; readonly version: number; readonly deployment: number; readonly disabled: Disabled }

/** What a breach is, before anybody says when. */
export interface Verdict { readonly kind: BreachKind; readonly reason: string }

export interface RuleFacts {
  readonly id: string; readonly version: number; readonly deployment: number;
  readonly bounds: RuleBounds;
  readonly expiresAtUnixMs: number | null;
  /** It covers secrets: it is never turned off for what it costs (README). */
  readonly protects: boolean;
}

/** What a rule holds now: groups, open windows, held records. */
export interface Held { readonly bytes: number; readonly groups: number }

/** Bounds of the agent as a whole. */
export interface AgentCeiling {
  /** Share of one core that all rules together may take. */
  readonly cpuShare: number;
  /** Resident bytes of the process. */
  readonly rssBytes: number;
}
export const defaultCeiling: AgentCeiling = { cpuShare: 0.25, rssBytes: 1024 * 1024 * 1024 };
