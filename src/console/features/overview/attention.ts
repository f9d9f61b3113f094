// What needs a person, from agents, rules and exporters: each with a sentence and a place to go. Pure.
import type { AgentSummary, BreachKind, RuleSummary } from '../../../model/index.ts';
import { offOnAgents } from '../../api/index.ts';
import { plural } from '../../ui/index.ts';

export interface Matter { readonly key: string; readonly kind: 'agent' | 'rule'; readonly text: string; readonly to: { readonly agent: string } | { readonly rule: string } }

export function mattersOf(agents: readonly AgentSummary[], rules: readonly RuleSummary[]): readonly Matter[] {
  return [...agents.flatMap(agent => ofAgent(agent, rules)), ...rules.flatMap(ofRule)];
}

function ofAgent(agent: AgentSummary, rules: readonly RuleSummary[]): readonly Matter[] {
  const say = (key: string, text: string): Matter => ({ key: `${agent.id} ${key}`, kind: 'agent', text, to: { agent: agent.id } });
  const stale = agent.kind === 'weir' && agent.effectiveConfigHash !== agent.intendedConfigHash;
  return [
    ...(agent.connected ? [] : [say('away', stale ? `${agent.name} is away, on older rules` : `${agent.name} is away`)]),
    ...(agent.connected && agent.healthy === false ? illness(agent, rules).map(text => say('ill', `${agent.name}: ${text}`)) : []),
    ...(agent.configStatus === 'failed' ? [say('failed', `${agent.name} refused its rules: ${agent.configError}`)] : []),
  ];
}

/** What an agent says of itself. It knows rules by their ids: people know names, and a rule that is off is a matter of its own. */
function illness({ healthMessage }: AgentSummary, rules: readonly RuleSummary[]): readonly string[] {
  if (healthMessage === '') return ['reports that it is not healthy'];
  const byId = new Map(rules.map(rule => [rule.id, rule]));
  const parts = healthMessage.replace('rules: Rule ', 'Rule ').split(/(?=\bRule \S+: )/).flatMap(part => {
    const id = /^Rule (\S+): /.exec(part)?.[1];
    const rule = id === undefined ? undefined : byId.get(id);
    if (rule === undefined) return [part];
    return offOnAgents(rule) > 0 ? [] : [part.replace(`Rule ${id}`, rule.name)];
  });
  return parts.length === 0 ? [] : [parts.join('').trim()];
}

function ofRule(rule: RuleSummary): readonly Matter[] {
  const say = (key: string, text: string): Matter => ({ key: `${rule.id} ${key}`, kind: 'rule', text, to: { rule: rule.id } });
  if (rule.state !== 'deployed') return [];
  const off = offOnAgents(rule);
  return [
    ...(off > 0 ? [say('off', `${rule.name} ${didOf(rule)} on ${off === 1 ? rule.breaches[0]?.agent ?? 'an agent' : plural(off, 'agent')}: ${rule.breaches[0]?.reason ?? 'no reason given'}`)] : []),
    ...(rule.effect.errors > 0 ? [say('errors', `${rule.name} failed on ${plural(rule.effect.errors, 'record')}`)] : []),
  ];
}

const didWords: Readonly<Partial<Record<BreachKind, string>>> = { sandbox: 'was ended by its sandbox', refused: 'was refused' };
const didOf = ({ breaches }: RuleSummary): string => didWords[breaches[0]?.kind ?? 'cpu'] ?? 'turned itself off';
