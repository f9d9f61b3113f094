// The rules of a status report by id: a thousand rules are looked up in each of the last reports, every second.
import type { AgentStatus, RuleStats } from '../../model/index.ts';

const indexes = new WeakMap<AgentStatus, ReadonlyMap<string, RuleStats>>();

export function ruleStatsIn(status: AgentStatus, ruleId: string): RuleStats | undefined {
  const known = indexes.get(status);
  if (known !== undefined) return known.get(ruleId);
  const index = new Map(status.rules.map((stats) => [stats.id, stats]));
  indexes.set(status, index);
  return index.get(ruleId);
}
