// The rule in hand as an agent would get it, and which deployed rules come before it.
import { parsePlan, type Plan } from '../../kql/index.ts';
import type { AgentRuleInput } from '../../model/index.ts';
import type { CompiledQuery } from '../types.ts';

/** Of a rule that is not saved: it gets its id when it is, and until then counts as the last of its order. */
export const unsavedRuleId = '\uffff';

export function agentRuleOf(rule: CompiledQuery, ruleId: string = unsavedRuleId): AgentRuleInput {
  return { id: ruleId, name: rule.name, version: 1, order: rule.order, plan: rule.plan, targets: rule.targets, bounds: rule.bounds };
}

/** In the pipeline redaction comes first, then the order counts, then the id. Shadow rules change nothing. A machine changes no record. */
export function rulesBefore(rule: CompiledQuery, others: readonly AgentRuleInput[], ruleId: string = unsavedRuleId): readonly AgentRuleInput[] {
  const redacts = rule.plan.sink?.sink === 'redact';
  return others.filter((other) => {
    const plan = parsePlan(other.plan);
    if (!plan.ok || other.id === ruleId || other.mode === 'shadow') return false;
    const otherRedacts = sinkOf(plan.value) === 'redact';
    return otherRedacts !== redacts ? otherRedacts : other.order < rule.order || (other.order === rule.order && other.id < ruleId);
  });
}

const sinkOf = (plan: Plan): string => plan.sink?.sink ?? '';
