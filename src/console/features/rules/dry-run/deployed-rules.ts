// The rules that run on the fleet now, as agents report them: plans included, so that a dry run and an explanation can
// put them before the rule in hand.
import { agentConfig, type AgentRule, type AgentSummary } from '../../../../model/index.ts';

export interface DeployedRules { readonly rules: readonly AgentRule[]; /** The agent that they are from; null when no agent told. */ readonly agent: string | null }

/** Of the first connected agent that reports rules: agents differ only while a change is on its way. */
export function deployedRules(agents: readonly Pick<AgentSummary, 'name' | 'kind' | 'connected' | 'effectiveConfig'>[]): DeployedRules {
  for (const agent of agents) {
    const rules = agent.kind === 'weir' && agent.connected ? rulesOf(agent.effectiveConfig) : null;
    if (rules !== null) return { rules, agent: agent.name };
  }
  return { rules: [], agent: null };
}

function rulesOf(text: string): readonly AgentRule[] | null {
  try {
    const parsed = agentConfig.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.rules : null;
  } catch { return null; }
}
