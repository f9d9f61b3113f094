// The fleet at a glance, and what a rule did to it: rates from the series, talkers, exporters, marks. Pure reading.
import type { Overview } from '../../model/index.ts';
import { scopeCovers, type RuleMeasurement } from '../rules/index.ts';
import type { StoredDeployment, StoredRule } from '../store/index.ts';
import type { Fleet } from './fleet.ts';
import { ruleRates } from './rule-rates.ts';
import { longestStepMs } from './status-delta.ts';

const talkerLimit = 50;
const effectSeconds = 30;
const fewestSeconds = 3;

/** Up to here the series is complete: every agent that still reports has reported past it. */
function completeUntil(fleet: Fleet, nowMs: number): number {
  const reporting = fleet.connectedWeirAgents.map((agent) => agent.statusAtMs).filter((at) => nowMs - at < longestStepMs);
  return Math.min(nowMs, ...reporting);
}

export function overviewOf(fleet: Fleet, deployments: readonly StoredDeployment[], nowMs: number, seconds: number, cpuBudgetShare: number): Overview {
  const fromMs = nowMs - seconds * 1000;
  const points = fleet.series.points(fromMs, completeUntil(fleet, nowMs));
  const talkers = fleet.talkers.top(nowMs, talkerLimit);
  const measured = talkers.reduce((sum, talker) => sum + talker.perSecond, 0);
  const recent = points.filter((point) => point.t >= nowMs - 10_000);
  const inPerSecond = recent.reduce((sum, point) => sum + point.in, 0) / Math.max(1, recent.length);
  const otherPerSecond = Math.max(0, Math.round((inPerSecond - measured) * 100) / 100);
  const all = measured + otherPerSecond;
  return {
    now: nowMs, points, otherPerSecond, cpuBudgetShare,
    talkers: talkers.map((talker) => ({
      ...talker, history: [...talker.history], share: all === 0 ? 0 : Math.round(talker.perSecond / all * 1e4) / 1e4,
      rules: fleet.intended.rules.filter(({ scope }) => scopeCovers(scope, talker)).map(({ id, name, sink }) => ({ id, name, sink })),
    })),
    agents: { connected: fleet.agents.filter((agent) => agent.connection !== null).length, known: fleet.agents.length },
    exporters: fleet.connectedWeirAgents.flatMap((agent) => (agent.status?.exporters ?? []).map(({ name, url, state, message }) => ({ agent: agent.name, name, url, state, message }))),
    marks: [...deployments.map(deployMark), ...fleet.marks.map((mark) => ({ ...mark, kind: 'agent' as const }))].filter((mark) => mark.t >= fromMs).sort((a, b) => a.t - b.t),
  };
}

const deployMark = ({ at, action, ruleName, version }: StoredDeployment): Overview['marks'][number] =>
  ({ t: Date.parse(at), kind: 'deploy', label: action === 'deploy' ? `${ruleName} v${version ?? ''} deployed` : `${ruleName} ${action}d` });

/** Records a second that leave the rules: what came in, less what rules took, plus what they made. Null with too few measured seconds. */
function outPerSecond(fleet: Fleet, fromMs: number, toMs: number): number | null {
  const points = fleet.series.points(fromMs, toMs);
  if (points.length < fewestSeconds) return null;
  const out = points.reduce((sum, p) => sum + p.in - p.dropped - p.sampled - p.toMetric - p.recorded + p.emitted, 0) / points.length;
  return Math.round(Math.max(0, out) * 100) / 100;
}

export const outBefore = (fleet: Fleet, nowMs: number): number | null => outPerSecond(fleet, nowMs - effectSeconds * 1000, completeUntil(fleet, nowMs));

export function measureRule(fleet: Fleet, rule: StoredRule, nowMs: number): RuleMeasurement {
  const targets = fleet.connectedWeirAgents;
  const deployedMs = rule.deployedVersion === null || rule.deployedAt === null ? null : Date.parse(rule.deployedAt);
  return {
    ...ruleRates(targets.map((agent) => agent.statuses), rule.id, rule.deployedVersion),
    targetAgents: rule.deployedVersion === null ? 0 : targets.length,
    appliedAgents: rule.deployedVersion === null ? 0 : targets.filter((agent) => runs(fleet, agent, rule)).length,
    // The second after the deployment is half before and half after.
    outAfterPerSecond: deployedMs === null ? null : outPerSecond(fleet, Math.max(deployedMs + 1000, nowMs - effectSeconds * 1000), completeUntil(fleet, nowMs)),
  };
}

/** By its word on the whole configuration, or by reporting counts of this very version. */
function runs(fleet: Fleet, agent: Fleet['agents'][number], rule: StoredRule): boolean {
  const { configStatus, configHash } = agent.report;
  return (configStatus === 'applied' && configHash === fleet.intended.hash)
    || (agent.status?.rules.some(({ id, version }) => id === rule.id && version === rule.deployedVersion) ?? false);
}
