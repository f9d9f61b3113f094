// The rule in hand as an agent would get it, and which deployed rules come before it.
import { parsePlan, planVersion, type Plan } from '../../kql/index.ts';
import type { AgentRuleInput } from '../../model/index.ts';
import type { CompiledPolicyRule, CompiledQuery } from '../types.ts';

/** Of a rule that is not saved: it gets its id when it is, and until then counts as the last of its order. */
export const unsavedRuleId = '\uffff';

/** What works on records one by one, as agents run it. */
export type RecordRule = CompiledQuery | CompiledPolicyRule;

export function agentRuleOf(rule: RecordRule, ruleId: string = unsavedRuleId): AgentRuleInput {
  const what = rule.kind === 'query' ? { plan: rule.plan } : { plan: null, policy: rule.policy };
  return { id: ruleId, name: rule.name, version: 1, order: rule.order, ...what, targets: rule.targets, bounds: rule.bounds };
}

/** A policy looks at every record: as a Plan it is one without conditions. */
const everyRecord: Plan = { version: planVersion, table: 'source', operators: [], sink: { sink: 'redact', detectors: ['*'], mode: 'mask' } };

/** The Plan that says which records the rule is for. */
export const planOf = (rule: RecordRule): Plan => (rule.kind === 'query' ? rule.plan : everyRecord);

/** In the pipeline redaction comes first, then the order counts, then the id. Shadow rules change nothing. A machine changes no record. */
export function rulesBefore(rule: RecordRule, others: readonly AgentRuleInput[], ruleId: string = unsavedRuleId): readonly AgentRuleInput[] {
  const redacts = planOf(rule).sink?.sink === 'redact';
  return others.filter((other) => {
    const otherRedacts = doesRedact(other);
    if (otherRedacts === null || other.id === ruleId || other.mode === 'shadow') return false;
    return otherRedacts !== redacts ? otherRedacts : other.order < rule.order || (other.order === rule.order && other.id < ruleId);
  });
}

/** Null for what is no rule over records. */
function doesRedact({ plan, policy }: AgentRuleInput): boolean | null {
  if (policy !== null && policy !== undefined) return true;
  const parsed = parsePlan(plan);
  return parsed.ok ? parsed.value.sink?.sink === 'redact' : null;
}
