// Rules as the API shows them: what is stored, joined with what the fleet measures. Pure.
import type { RuleDetail, RuleEffect, RuleSummary, RuleVersion } from '../../model/index.ts';
import type { StoredBreach, StoredDeployment, StoredRule, StoredVersion } from '../store/index.ts';
import type { ShownConflicts } from './conflicts.ts';
import { shownProblems } from './refusals.ts';

/** Counts since the newest deployment. */
interface Totals {
  readonly matched: number; readonly removed: number; readonly changed: number; readonly emitted: number; readonly errors: number; readonly lastError: string | null; readonly overBudget: string | null;
  readonly bytesRemoved: number; readonly groups: number; readonly stateBytes: number; readonly overflowed: number; readonly noIdYet?: number | undefined;
  readonly would: { readonly removed: number; readonly changed: number; readonly emitted: number; readonly bytesRemoved: number } | null;
}
interface Rates {
  readonly matchedPerSecond: number | null; readonly removedPerSecond: number | null; readonly emittedPerSecond: number | null; readonly cpuShare: number | null; readonly bytesRemovedPerSecond: number | null;
  readonly would: { readonly removedPerSecond: number | null; readonly changedPerSecond: number | null; readonly emittedPerSecond: number | null; readonly bytesRemovedPerSecond: number | null } | null;
}

/** What the fleet measured of one rule; rates are null while not measured, totals when nothing was reported. */
export interface RuleMeasurement { readonly appliedAgents: number; readonly targetAgents: number; /** Of the whole fleet, now. */ readonly flow: { readonly inPerSecond: number; readonly outPerSecond: number } | null; readonly rates: Rates; readonly totals: Totals | null }

/** What is known of one rule besides itself. */
export interface RuleFacts {
  readonly latest: StoredVersion;
  /** What runs; null when none does. */
  readonly deployed: StoredVersion | null;
  /** The newest one, over or not. */
  readonly deployment: StoredDeployment | null;
  /** How it last ended, and what it had done by then. */
  readonly end: StoredDeployment | null; readonly endTotals: Totals | null;
  readonly measured: RuleMeasurement; readonly breaches: readonly StoredBreach[]; readonly conflicts: ShownConflicts; readonly conflictsKnown: boolean;
}

/** A policy reads every signal and does what the sink `redact` does. */
export const policySink = 'redact';

export function toSummary(rule: StoredRule, facts: RuleFacts): RuleSummary {
  const { latest: { document }, measured } = facts;
  // Of a rule that runs, what runs: its place, and what it reads and does.
  const { document: running, compiled } = facts.deployed ?? facts.latest;
  const plan = compiled?.kind === 'query' ? compiled.plan : null;
  const sink = running.kind === 'redaction-policy' ? policySink : plan?.sink?.sink ?? '';
  return {
    id: rule.id, name: rule.name, description: document.description, state: rule.state, order: running.order,
    latestVersion: rule.latestVersion, deployedVersion: rule.deployedVersion, sink, table: plan?.table ?? '',
    createdAt: rule.createdAt, updatedAt: rule.updatedAt, deployedAt: rule.deployedAt, appliedAgents: measured.appliedAgents, targetAgents: measured.targetAgents, effect: effectOf(rule, facts),
    kind: running.kind, location: running.location, targets: running.targets, mode: rule.mode, expiresAt: rule.expiresAt,
    breaches: facts.breaches.slice(0, maxBreaches).map(({ agent, kind, reason, at }) => ({ agent, kind, reason, at })), ...(facts.breaches.length > maxBreaches && { breachedAgents: facts.breaches.length }), conflicts: facts.conflicts, ...(!facts.conflictsKnown && { conflictsKnown: false }),
    ended: rule.state === 'disabled' ? endOf(facts) : null,
  };
}

function endOf({ deployment, end }: RuleFacts): RuleSummary['ended'] {
  if (end === null || deployment === null || deployment.version === null) return null;
  return { at: end.at, by: end.author, reason: end.action === 'expire' ? 'expired' : 'disabled', version: deployment.version, mode: deployment.mode ?? 'live' };
}

/** A fleet may have thousands of agents, and the list is read every other second. */
const maxBreaches = 50;

const nothing: Totals = { matched: 0, removed: 0, changed: 0, emitted: 0, errors: 0, lastError: null, bytesRemoved: 0, groups: 0, stateBytes: 0, overflowed: 0, would: null, overBudget: null };
const noWould = { removed: 0, changed: 0, emitted: 0, bytesRemoved: 0, removedPerSecond: null, changedPerSecond: null, emittedPerSecond: null, bytesRemovedPerSecond: null };

function effectOf(rule: StoredRule, { measured, endTotals }: RuleFacts): RuleEffect {
  const deployed = rule.state === 'deployed';
  const { would: wouldRates, ...rates } = measured.rates;
  const { would: wouldTotals, ...totals } = measured.totals ?? (deployed ? null : endTotals) ?? nothing;
  const shadowed = rule.mode === 'shadow' || wouldTotals !== null;
  return {
    ...rates, ...totals, fleetInPerSecond: measured.flow?.inPerSecond ?? null, fleetOutPerSecond: measured.flow?.outPerSecond ?? null,
    ...(!deployed && { groups: 0, stateBytes: 0 }), ...(shadowed && { would: { ...noWould, ...wouldTotals, ...wouldRates } }),
  };
}

export const toDetail = (summary: RuleSummary, versions: readonly StoredVersion[]): RuleDetail =>
  ({ ...summary, document: (versions[0] as StoredVersion).document, versions: versions.map(toVersion) });

const toVersion = ({ version, document, text, createdAt, author, contentHash, note, diagnostics }: StoredVersion): RuleVersion =>
  ({ version, document, text, createdAt, author, contentHash, note, diagnostics: shownProblems(diagnostics) });
