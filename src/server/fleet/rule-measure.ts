// What rules do now, for all rules of one request: what is the same for many of them is worked out once.
import type { AgentRule, FleetPoint } from '../../model/index.ts';
import type { Plan } from '../../kql/index.ts';
import type { RuleMeasurement } from '../rules/index.ts';
import type { StoredBreach, StoredRule } from '../store/index.ts';
import type { Agent } from './agent.ts';
import type { Fleet } from './fleet.ts';
import { isOf } from './rule-book.ts';
import { keptStatuses, notRunning, ruleRates } from './rule-rates.ts';
import { completeUntil } from './series-end.ts';
import { ruleStatsIn } from './status-index.ts';

/** "Now" of a rule's rates and of the fleet's: the span of the reports that are kept. */
const nowMsBack = (keptStatuses - 1) * 1000;
const fewestSeconds = 3;

/** Measures rules as of `nowMs` (Unix milliseconds). */
export function ruleMeasurer(fleet: Fleet, nowMs: number): (rule: StoredRule) => Promise<RuleMeasurement> {
  const agents = fleet.connectedWeirAgents;
  const statuses = agents.map((agent) => agent.statuses);
  const untilMs = completeUntil(fleet, nowMs);
  const flows = new Map<number, RuleMeasurement['flow']>();
  const flowSince = (fromMs: number): RuleMeasurement['flow'] => {
    const fromSecond = Math.ceil(fromMs / 1000);
    const known = flows.get(fromSecond);
    if (known !== undefined) return known;
    const flow = flowOf(fleet.series.points(fromMs, untilMs));
    flows.set(fromSecond, flow);
    return flow;
  };
  return async (rule) => {
    const running = fleet.intended.byId.get(rule.id);
    const totals = fleet.ruleBook.totals(rule.id, rule.deployment);
    if (running === undefined) return { rates: notRunning, totals, targetAgents: 0, appliedAgents: 0, flow: null };
    const targets = await targetsOf(fleet, agents, running);
    const deployedMs = rule.deployedAt === null ? nowMs : Date.parse(rule.deployedAt);
    return {
      rates: ruleRates(statuses, running), totals,
      targetAgents: targets.length, appliedAgents: targets.filter((agent) => runs(fleet, agent, running)).length,
      // The second after the deployment is half before and half after.
      flow: flowSince(Math.max(deployedMs + 1000, nowMs - nowMsBack)),
    };
  };
}

/** Whether every connected agent that should run the rule has turned it off. */
export async function isOffOnAll(fleet: Fleet, ruleId: string, breaches: readonly StoredBreach[]): Promise<boolean> {
  const rule = fleet.intended.byId.get(ruleId);
  if (rule === undefined || breaches.length === 0) return false;
  const off = new Set(breaches.map(({ agentId }) => agentId));
  const agents = await targetsOf(fleet, fleet.connectedWeirAgents, rule);
  return agents.length > 0 && agents.every(({ id }) => off.has(id));
}

/** Records a second into the rules, and out of them: what came in, less what rules took, plus what they made. Null with too few measured seconds. */
function flowOf(points: readonly FleetPoint[]): RuleMeasurement['flow'] {
  if (points.length < fewestSeconds) return null;
  const mean = (of: (point: FleetPoint) => number): number => Math.round(Math.max(0, points.reduce((sum, point) => sum + of(point), 0) / points.length) * 100) / 100;
  return { inPerSecond: mean((p) => p.in), outPerSecond: mean((p) => p.in - p.dropped - p.sampled - p.toMetric - p.recorded - (p.deduped ?? 0) + p.emitted) };
}

/** The agents that the rule's targets can select at all. */
async function targetsOf(fleet: Fleet, agents: readonly Agent[], rule: AgentRule): Promise<readonly Agent[]> {
  if (rule.targets === null) return agents;
  // The server compiled the targets itself.
  const verdicts = await Promise.all(agents.map((agent) => fleet.targeted.canMatch(rule.targets as Plan, agent.report.attributes)));
  return agents.filter((_, i) => verdicts[i] === true);
}

/** By its word on the whole configuration, or by reporting counts of this very deployment. */
function runs(fleet: Fleet, agent: Agent, rule: AgentRule): boolean {
  const { configStatus, configHash } = agent.report;
  if (configStatus === 'applied' && configHash === fleet.intended.hash) return true;
  const stats = agent.status === null ? undefined : ruleStatsIn(agent.status, rule.id);
  return stats !== undefined && stats.version === rule.version && isOf(stats, rule);
}
