// What needs a person, from agents, rules and exporters: each with a sentence and a place to go. Pure.
import type { AgentSummary, RuleSummary } from '../../../model/index.ts';

export interface Matter { readonly key: string; readonly kind: 'agent' | 'rule'; readonly text: string; readonly to: { readonly agent: string } | { readonly rule: string } }

export function mattersOf(agents: readonly AgentSummary[], rules: readonly RuleSummary[]): readonly Matter[] {
  return [...agents.flatMap(ofAgent), ...rules.flatMap(ofRule)];
}

function ofAgent(agent: AgentSummary): readonly Matter[] {
  const say = (key: string, text: string): Matter => ({ key: `${agent.id} ${key}`, kind: 'agent', text, to: { agent: agent.id } });
  const stale = agent.kind === 'weir' && agent.effectiveConfigHash !== agent.intendedConfigHash;
  return [
    ...(agent.connected ? [] : [say('away', stale ? `${agent.name} is away, on older rules` : `${agent.name} is away`)]),
    ...(agent.connected && agent.healthy === false ? [say('ill', `${agent.name}: ${agent.healthMessage || 'reports that it is not healthy'}`)] : []),
    ...(agent.configStatus === 'failed' ? [say('failed', `${agent.name} refused its rules: ${agent.configError}`)] : []),
  ];
}

function ofRule(rule: RuleSummary): readonly Matter[] {
  const say = (key: string, text: string): Matter => ({ key: `${rule.id} ${key}`, kind: 'rule', text, to: { rule: rule.id } });
  if (rule.state !== 'deployed') return [];
  return rule.effect.errors > 0 ? [say('errors', `${rule.name} failed on ${rule.effect.errors} records`)] : [];
}
