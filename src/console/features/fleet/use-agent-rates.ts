// In and out rates of each agent, from the last two reports that this page saw.
import { useEffect, useRef, useState } from 'react';
import type { AgentStatus, AgentSummary } from '../../../model/index.ts';
import { ratesBetween } from './rates.ts';
import type { AgentRates } from './rates.ts';

export function useAgentRates(agents: readonly AgentSummary[] | undefined): ReadonlyMap<string, AgentRates> {
  const last = useRef(new Map<string, AgentStatus>());
  const [rates, setRates] = useState<ReadonlyMap<string, AgentRates>>(new Map());
  useEffect(() => {
    if (agents === undefined) return;
    setRates(before => {
      const next = new Map<string, AgentRates>();
      for (const agent of agents) {
        const seen = agent.status === null ? undefined : last.current.get(agent.id);
        const rate = agent.connected && seen && agent.status ? ratesBetween(seen, agent.status) ?? before.get(agent.id) : undefined;
        if (rate) next.set(agent.id, rate);
      }
      return next;
    });
    queueMicrotask(() => { for (const agent of agents) if (agent.status) last.current.set(agent.id, agent.status); });
  }, [agents]);
  return rates;
}
