// Whether a deployed rule runs anywhere: it stays deployed when agents turn it off, so the state alone does not say it. Pure.
import type { RuleSummary } from '../../model/index.ts';

type Deployed = Pick<RuleSummary, 'state' | 'breaches' | 'breachedAgents' | 'appliedAgents'>;

/** On so many agents it turned itself off, was ended by its sandbox, or was refused. */
export const offOnAgents = ({ state, breaches, breachedAgents }: Pick<Deployed, 'state' | 'breaches' | 'breachedAgents'>): number =>
  (state === 'deployed' ? breachedAgents ?? new Set(breaches.map(({ agent }) => agent)).size : 0);

/** Deployed, and off on every agent that has it. */
export const isOffEverywhere = (rule: Deployed): boolean => { const off = offOnAgents(rule); return off > 0 && off >= rule.appliedAgents; };

/** "3 rules deployed", "2 deployed, 1 off": those that run, and those that are deployed and do not. */
export function deployedCounts(rules: readonly Deployed[]): { readonly running: number; readonly off: number } {
  const deployed = rules.filter(({ state }) => state === 'deployed');
  const off = deployed.filter(isOffEverywhere).length;
  return { running: deployed.length - off, off };
}
