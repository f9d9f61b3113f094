// An incident's lines, in words.
import type { ActionReport, IncidentEntry, NetFired } from '../../model/index.ts';
import type { StoredArtifact, StoredDeployment, StoredRun } from '../store/index.ts';

const longest = 4000;
export const cut = (text: string, most = longest): string => (text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`);

/** Any number that an agent sends as a time, as a time that can be: never after now. */
export const isoOf = (unixMs: number, nowMs: number): string => new Date(Math.min(nowMs, Math.max(0, unixMs))).toISOString();

const nothing = { by: null, agent: null, action: null, artifact: null, rule: null } as const;
export const entry = (id: string, at: string, kind: IncidentEntry['kind'], text: string, more: Partial<IncidentEntry> = {}): IncidentEntry => ({ ...nothing, ...more, id, at, kind, text: cut(text) });

export function triggerText({ rule, key, from, to, because, actions, notRun }: NetFired): string {
  const started = actions.length === 0 ? '' : `; started ${actions.map(({ action }) => action).join(', ')}`;
  const not = notRun.map(({ action, because: why }) => `; ${action} not started: ${why}`).join('');
  return cut(`${rule.name}${key === '' ? '' : ` (${key})`} went from ${from} to ${to}: ${because}${started}${not}`);
}

const stateWords: Readonly<Record<ActionReport['state'], string>> = {
  waiting: 'is on its way', running: 'is running', uploading: 'is done, its artifacts are on their way', done: 'is done', failed: 'failed', cancelled: 'was cancelled', refused: 'did not run',
};

export function actionEntry({ report, agent }: StoredRun, nowMs: number): IncidentEntry {
  const of = report.process === null ? '' : ` of ${report.process.service ?? report.process.name} (pid ${report.process.pid})`;
  const recorder = typeof report.parameters['recorder'] === 'string' ? ` of ${report.parameters['recorder']}` : '';
  const why = report.why === null ? '' : `: ${report.why.message}`;
  return entry(`action:${report.id}`, isoOf(report.requestedUnixMs, nowMs), 'action', `${report.action}${of}${recorder} on ${agent.name} ${stateWords[report.state]}${why}`, { agent: agent.name, action: report.id, by: report.asker.name });
}

export const artifactEntry = ({ meta, agent, storedAt, by }: StoredArtifact, at: string): IncidentEntry =>
  entry(`artifact:${meta.id}`, storedAt ?? at, 'artifact', `${meta.name}: ${meta.summary}`, { agent: agent?.name ?? null, action: meta.action, artifact: meta.id, rule: meta.rule, by });

const ends = { disable: 'disabled', delete: 'deleted', expire: 'ended by itself' } as const;
export function deploymentEntry({ ruleId, ruleName, action, version, mode, revision, author, at }: StoredDeployment): IncidentEntry {
  const text = action === 'deploy' ? `${ruleName} v${version ?? ''} deployed${mode === 'shadow' ? ' in shadow' : ''}` : `${ruleName} ${ends[action]}`;
  return entry(`deployment:${revision}:${ruleId}:${action}`, at, 'deployment', text, { by: author, rule: ruleId });
}
