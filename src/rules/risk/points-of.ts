// The one place that knows how each kind of rule is scored.
import type { CompiledRule } from '../types.ts';
import { machinePoints, queryPoints, type RiskFacts, type RiskPoint } from './factors.ts';
import { languagePoints } from './language-factors.ts';
import { policyPoints } from './policy-factors.ts';

export function pointsOf(rule: CompiledRule, facts: RiskFacts): readonly RiskPoint[] {
  switch (rule.kind) {
    case 'query': return queryPoints(rule, facts);
    case 'state-machine': return machinePoints(rule, facts);
    case 'redaction-policy': return policyPoints(rule, facts);
    case 'language': return languagePoints(rule, facts);
  }
}
