// The rules that run on the fleet now, as agents report them: plans included, so that a dry run and an explanation can
// put them before the rule in hand.
import { agentConfig, type AgentRule, type AgentSummary } from '../../../../model/index.ts';

export interface DeployedRules { readonly rules: readonly AgentRule[]; /** The agent that they are from; null when no agent told. */ readonly agent: string | null; /** Its attributes, which targets may ask for. */ readonly attributes: Readonly<Record<string, string>> }

type Reporting = Pick<AgentSummary, 'name' | 'kind' | 'connected' | 'effectiveConfig' | 'attributes'>;

/** The first connected agent that reports rules: agents differ only while a change is on its way. */
export function reportingAgent(agents: readonly Reporting[]): Reporting | null {
  return agents.find(agent => agent.kind === 'weir' && agent.connected && agent.effectiveConfig !== '') ?? null;
}

export function deployedRules(agent: string | null, effectiveConfig: string, attributes: Readonly<Record<string, string>> = {}): DeployedRules {
  const rules = agent === null ? null : rulesOf(effectiveConfig);
  return rules === null ? { rules: [], agent: null, attributes } : { rules, agent, attributes };
}

function rulesOf(text: string): readonly AgentRule[] | null {
  try {
    const parsed = agentConfig.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.rules : null;
  } catch { return null; }
}
