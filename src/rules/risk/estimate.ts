// Risk before a rule runs: from its text, and from what is known of the traffic.
import type { CompiledRule, RiskReport } from '../types.ts';
import type { RiskFacts } from './factors.ts';
import { pointsOf } from './points-of.ts';
import { reportOf } from './report.ts';

/** Deterministic; the scoring table stands at the head of factors.ts. */
export function estimateRisk(rule: CompiledRule, facts: RiskFacts = {}): RiskReport {
  return reportOf(pointsOf(rule, facts), false);
}
