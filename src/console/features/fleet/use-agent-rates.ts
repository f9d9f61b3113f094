// In and out rates of each agent, from the last two reports that this page saw.
import { useState } from 'react';
import type { AgentStatus, AgentSummary } from '../../../model/index.ts';
import { ratesBetween } from './rates.ts';
import type { AgentRates } from './rates.ts';

interface Seen { readonly agents: readonly AgentSummary[] | undefined; readonly reports: ReadonlyMap<string, AgentStatus>; readonly rates: ReadonlyMap<string, AgentRates> }

/** Takes in a new list: a rate needs two reports; between equal reports the last rate stands. */
function advance(before: Seen, agents: readonly AgentSummary[]): Seen {
  const reports = new Map(before.reports);
  const rates = new Map<string, AgentRates>();
  for (const { id, connected, status } of agents) {
    if (status === null) continue;
    const earlier = before.reports.get(id);
    const rate = connected && earlier ? ratesBetween(earlier, status) ?? before.rates.get(id) : undefined;
    if (rate) rates.set(id, rate);
    reports.set(id, status);
  }
  return { agents, reports, rates };
}

export function useAgentRates(agents: readonly AgentSummary[] | undefined): ReadonlyMap<string, AgentRates> {
  const [seen, setSeen] = useState<Seen>({ agents: undefined, reports: new Map(), rates: new Map() });
  if (agents !== undefined && agents !== seen.agents) setSeen(advance(seen, agents));
  return seen.rates;
}
