// How often a net fired, as agents remember it: each time that a machine went into a state which starts actions.
import { useNet } from '../../../api/index.ts';
import type { ArmedNet, RuleDetail } from '../../../../model/index.ts';
import { firingsOf } from './net-facts.ts';

export interface Firings { readonly count: number; /** Unix milliseconds; null: never. */ readonly lastMs: number | null; readonly looked: number; readonly moved: number }

/** Null for what is no deployed net, and until an agent has reported it. */
export function useFirings(rule: Pick<RuleDetail, 'id' | 'state' | 'document'> | null): Firings | null {
  const states = rule?.document.kind === 'state-machine' && rule.state === 'deployed' ? rule.document.states : null;
  const net = useNet(states === null ? null : rule?.id ?? null).data ?? null;
  if (net === null || states === null) return null;
  const firings = firingsOf(net.agents, states);
  const sum = (of: (report: ArmedNet) => number): number => net.agents.reduce((all, report) => all + of(report.net), 0);
  return { count: firings.length, lastMs: firings[0]?.atUnixMs ?? null, looked: sum(({ looked }) => looked), moved: sum(({ moved }) => moved) };
}
