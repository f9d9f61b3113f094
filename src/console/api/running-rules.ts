// The rules that run on the fleet now, as agents report them, plans included: what dry runs and explanations put before or beside
// the rule in hand. A rule that turned itself off on an agent acts on no record there.
import { useMemo } from 'react';
import { agentConfig, type AgentRule, type AgentSummary, type RuleStats } from '../../model/index.ts';
import { useAgents } from './queries.ts';

export interface OffRule { readonly id: string; readonly name: string; /** Unix milliseconds. */ readonly sinceMs: number; readonly reason: string }

export interface RunningRules {
  /** The agent that they are from; null when no agent told. */
  readonly agent: string | null;
  /** Its attributes, which targets may ask for. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Those that act on some agent: turned off here perhaps, but not everywhere. */
  readonly rules: readonly AgentRule[];
  /** Those that act on this agent, and those that it turned off. */
  readonly acting: readonly AgentRule[];
  readonly off: readonly OffRule[];
}

type Reporting = Pick<AgentSummary, 'name' | 'kind' | 'connected' | 'effectiveConfig' | 'attributes' | 'status'>;

const noRules: RunningRules = { agent: null, attributes: {}, rules: [], acting: [], off: [] };

/** Of the named agent where it tells its rules, else of the first that does: agents differ only while a change is on its way. The same
 *  object from poll to poll while nothing in it changes. */
export function useRunningRules(preferred: string | null = null): RunningRules {
  const agents = useAgents().data;
  const text = useMemo(() => JSON.stringify(runningRules(agents ?? [], preferred)), [agents, preferred]);
  return useMemo(() => JSON.parse(text) as RunningRules, [text]);
}

export function runningRules(agents: readonly Reporting[], preferred: string | null = null): RunningRules {
  const telling = agents.filter(agent => agent.kind === 'weir' && agent.connected && agent.effectiveConfig !== '');
  const first = telling.find(agent => agent.name === preferred);
  for (const agent of first === undefined ? telling : [first, ...telling]) {
    const rules = rulesOf(agent.effectiveConfig);
    if (rules !== null) return standing(agent, rules, telling);
  }
  return noRules;
}

function standing(agent: Reporting, rules: readonly AgentRule[], fleet: readonly Reporting[]): RunningRules {
  const off = rules.flatMap(rule => offRule(agent, rule) ?? []);
  const isOff = new Set(off.map(({ id }) => id));
  const others = fleet.filter(other => other !== agent);
  return {
    agent: agent.name, attributes: agent.attributes, off, acting: rules.filter(({ id }) => !isOff.has(id)),
    rules: rules.filter(rule => !isOff.has(rule.id) || others.some(other => runs(other, rule))),
  };
}

function offRule(agent: Reporting, rule: AgentRule): OffRule | null {
  const disabled = statsOf(agent, rule)?.disabled;
  return disabled == null ? null : { id: rule.id, name: rule.name, sinceMs: disabled.atUnixMs, reason: disabled.reason };
}

/** It reports the rule, and as one that is on. */
function runs(agent: Reporting, rule: AgentRule): boolean {
  const stats = statsOf(agent, rule);
  return stats !== null && stats.disabled == null;
}

/** What the agent counts of this very deployment; older agents name the version only. */
function statsOf(agent: Reporting, { id, version, deployment }: AgentRule): RuleStats | null {
  return agent.status?.rules.find(stats => stats.id === id && (stats.deployment === undefined ? stats.version === version : stats.deployment === deployment)) ?? null;
}

function rulesOf(text: string): readonly AgentRule[] | null {
  try {
    const parsed = agentConfig.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.rules : null;
  } catch { return null; }
}
