// The fleet at a glance, and what a rule did to it: rates from the series, talkers, exporters, marks. Pure reading.
import type { Overview, RuleHistory, RuleNotice, Talker } from '../../model/index.ts';
import { scopeCovers } from '../rules/index.ts';
import type { StoredBreach, StoredDeployment } from '../store/index.ts';
import type { Fleet } from './fleet.ts';
import { completeUntil } from './series-end.ts';

const talkerLimit = 50;

export type LabelOf = (talker: Pick<Talker, 'durableId' | 'service' | 'signal'>) => string | null;

export function overviewOf(fleet: Fleet, deployments: readonly StoredDeployment[], notices: readonly RuleNotice[], nowMs: number, seconds: number, cpuBudgetShare: number, labelOf: LabelOf): Overview {
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
      ...talker, ...labelled(labelOf(talker)), history: [...talker.history], share: all === 0 ? 0 : Math.round(talker.perSecond / all * 1e4) / 1e4,
      rules: fleet.intended.rules.filter(({ scope }) => scopeCovers(scope, talker)).map(({ id, name, sink }) => ({ id, name, sink })),
    })),
    agents: { connected: fleet.agents.filter((agent) => agent.connection !== null).length, known: fleet.agents.length },
    exporters: fleet.connectedWeirAgents.flatMap((agent) => (agent.status?.exporters ?? []).map(({ name, url, state, message }) => ({ agent: agent.name, name, url, state, message }))),
    marks: [...deployments.map(deployMark), ...fleet.marks.map((mark) => ({ ...mark, kind: 'agent' as const }))].filter((mark) => mark.t >= fromMs).sort((a, b) => a.t - b.t),
  };
}

const labelled = (label: string | null): { readonly label?: string } => (label === null ? {} : { label });

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
