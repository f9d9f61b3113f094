// Machines in each state now, for the boxes of the graph. The same object while no count changes, so that nothing is drawn anew.
import { useMemo } from 'react';
import { useNet } from '../../../api/index.ts';
import type { RuleDetail } from '../../../../model/index.ts';
import { useNow } from '../../../ui/index.ts';
import { countsOf, isFresh } from './net-facts.ts';

/** Null while it is not armed, or no agent tells. */
export function useNetCounts(rule: RuleDetail | null): Readonly<Record<string, number>> | null {
  const armed = rule !== null && rule.state === 'deployed' && rule.kind === 'state-machine';
  const net = useNet(armed ? rule.id : null).data ?? null;
  const nowMs = useNow(armed);
  const fresh = armed && net !== null ? net.agents.filter(report => isFresh(report, nowMs)) : [];
  const text = fresh.length === 0 ? null : JSON.stringify(countsOf(fresh));
  return useMemo(() => (text === null ? null : JSON.parse(text) as Readonly<Record<string, number>>), [text]);
}
