// A rule's state in one word, as the palette shows it beside its name.
import { isOffEverywhere } from '../api/index.ts';
import type { BreachKind, RuleSummary } from '../../model/index.ts';

const offWords: Readonly<Partial<Record<BreachKind, string>>> = { sandbox: 'ended', refused: 'refused' };

/** A rule that is deployed and runs nowhere is not "deployed". */
export function stateWord(rule: Pick<RuleSummary, 'state' | 'mode' | 'kind' | 'breaches' | 'breachedAgents' | 'appliedAgents'>): string {
  if (isOffEverywhere(rule)) return offWords[rule.breaches[0]?.kind ?? 'cpu'] ?? 'turned off';
  if (rule.state !== 'deployed') return rule.state;
  return rule.mode === 'shadow' ? 'shadow' : rule.kind === 'state-machine' ? 'armed' : 'deployed';
}
