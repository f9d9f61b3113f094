// The fleet at a glance, and what a rule did to it: rates from the series, talkers, exporters, marks. Pure reading.
import type { AgentRule, Overview, RuleHistory, RuleNotice } from '../../model/index.ts';
import type { Plan } from '../../kql/index.ts';
import { scopeCovers, type RuleMeasurement } from '../rules/index.ts';
import type { StoredBreach, StoredDeployment, StoredRule } from '../store/index.ts';
import type { Agent } from './agent.ts';
import type { Fleet } from './fleet.ts';
import { isOf } from './rule-book.ts';
import { notRunning, ruleRates } from './rule-rates.ts';
import { longestStepMs } from './status-delta.ts';
import { ruleStatsIn } from './status-index.ts';

const talkerLimit = 50;
const effectSeconds = 30;
const fewestSeconds = 3;

/** Up to here the series is complete: every agent that still reports has reported past it. */
function completeUntil(fleet: Fleet, nowMs: number): number {
  const reporting = fleet.connectedWeirAgents.map((agent) => agent.statusAtMs).filter((at) => nowMs - at < longestStepMs);
  return Math.min(nowMs, ...reporting);
}

export function overviewOf(fleet: Fleet, deployments: readonly StoredDeployment[], notices: readonly RuleNotice[], nowMs: number, seconds: number, cpuBudgetShare: number): Overview {
  const fromMs = nowMs - seconds * 1000;
  const points = fleet.series.points(fromMs, completeUntil(fleet, nowMs));
  const talkers = fleet.talkers.top(nowMs, talkerLimit);
  const measured = talkers.reduce((sum, talker) => sum + talker.perSecond, 0);
  const recent = points.filter((point) => point.t >= nowMs - 10_000);
  const inPerSecond = recent.reduce((sum, point) => sum + point.in, 0) / Math.max(1, recent.length);
  const otherPerSecond = Math.max(0, Math.round((inPerSecond - measured) * 100) / 100);
  const all = measured + otherPerSecond;
  return {
    now: nowMs, points, otherPerSecond, cpuBudgetShare, notices: [...notices],
    talkers: talkers.map((talker) => ({
      ...talker, history: [...talker.history], share: all === 0 ? 0 : Math.round(talker.perSecond / all * 1e4) / 1e4,
      rules: fleet.intended.rules.filter(({ scope }) => scopeCovers(scope, talker)).map(({ id, name, sink }) => ({ id, name, sink })),
    })),
    agents: { connected: fleet.agents.filter((agent) => agent.connection !== null).length, known: fleet.agents.length },
    exporters: fleet.connectedWeirAgents.flatMap((agent) => (agent.status?.exporters ?? []).map(({ name, url, state, message }) => ({ agent: agent.name, name, url, state, message }))),
    marks: [...deployments.map(deployMark), ...fleet.marks.map((mark) => ({ ...mark, kind: 'agent' as const }))].filter((mark) => mark.t >= fromMs).sort((a, b) => a.t - b.t),
  };
}

const ends = { disable: 'disabled', delete: 'deleted', expire: 'ended by itself' } as const;

const deployLabel = ({ action, ruleName, version, mode }: StoredDeployment): string =>
  (action === 'deploy' ? `${ruleName} v${version ?? ''} deployed${mode === 'shadow' ? ' in shadow' : ''}` : `${ruleName} ${ends[action]}`);

const deployMark = (deployment: StoredDeployment): Overview['marks'][number] => ({ t: Date.parse(deployment.at), kind: 'deploy', label: deployLabel(deployment) });

/** One rule over time: its points, and what happened to it. */
export function historyOf(fleet: Fleet, id: string, deployments: readonly StoredDeployment[], breaches: readonly StoredBreach[], nowMs: number, seconds: number): RuleHistory {
  const marks: RuleHistory['marks'] = [
    ...deployments.filter(({ ruleId, action }) => ruleId === id && action !== 'delete').map((deployment) => ({ t: Date.parse(deployment.at), label: deployLabel(deployment), kind: historyKind(deployment) })),
    ...breaches.map(({ at, agent, reason }) => ({ t: Date.parse(at), label: `Turned off on ${agent}: ${reason}`, kind: 'breach' as const })),
  ];
  return { points: fleet.ruleBook.series.points(id, nowMs - seconds * 1000, completeUntil(fleet, nowMs)), marks: marks.sort((a, b) => a.t - b.t) };
}

const historyKind = ({ action, mode }: StoredDeployment): RuleHistory['marks'][number]['kind'] =>
  (action === 'expire' ? 'expire' : action === 'deploy' ? (mode === 'shadow' ? 'shadow' : 'deploy') : 'disable');

/** Records a second that leave the rules: what came in, less what rules took, plus what they made. Null with too few measured seconds. */
function outPerSecond(fleet: Fleet, fromMs: number, toMs: number): number | null {
  const points = fleet.series.points(fromMs, toMs);
  if (points.length < fewestSeconds) return null;
  const out = points.reduce((sum, p) => sum + p.in - p.dropped - p.sampled - p.toMetric - p.recorded - (p.deduped ?? 0) + p.emitted, 0) / points.length;
  return Math.round(Math.max(0, out) * 100) / 100;
}

export const outBefore = (fleet: Fleet, nowMs: number): number | null => outPerSecond(fleet, nowMs - effectSeconds * 1000, completeUntil(fleet, nowMs));

/** `targetAgents` are the connected agents that the rule's targets can select at all. */
export async function measureRule(fleet: Fleet, rule: StoredRule, nowMs: number): Promise<RuleMeasurement> {
  const running = fleet.intended.byId.get(rule.id);
  const totals = fleet.ruleBook.totals(rule.id, rule.deployment);
  if (running === undefined) return { rates: notRunning, totals, targetAgents: 0, appliedAgents: 0, outAfterPerSecond: null };
  const agents = await targetsOf(fleet, running);
  const deployedMs = rule.deployedAt === null ? nowMs : Date.parse(rule.deployedAt);
  return {
    rates: ruleRates(fleet.connectedWeirAgents.map((agent) => agent.statuses), running), totals,
    targetAgents: agents.length, appliedAgents: agents.filter((agent) => runs(fleet, agent, running)).length,
    // The second after the deployment is half before and half after.
    outAfterPerSecond: outPerSecond(fleet, Math.max(deployedMs + 1000, nowMs - effectSeconds * 1000), completeUntil(fleet, nowMs)),
  };
}

async function targetsOf(fleet: Fleet, rule: AgentRule): Promise<readonly Agent[]> {
  const agents = fleet.connectedWeirAgents;
  // The server compiled the targets itself.
  const verdicts = await Promise.all(agents.map((agent) => fleet.targeted.canMatch(rule.targets as Plan | null, agent.report.attributes)));
  return agents.filter((_, i) => verdicts[i] === true);
}

/** By its word on the whole configuration, or by reporting counts of this very deployment. */
function runs(fleet: Fleet, agent: Agent, rule: AgentRule): boolean {
  const { configStatus, configHash } = agent.report;
  if (configStatus === 'applied' && configHash === fleet.intended.hash) return true;
  const stats = agent.status === null ? undefined : ruleStatsIn(agent.status, rule.id);
  return stats !== undefined && stats.version === rule.version && isOf(stats, rule);
}
