// Lines of a mock incident's timeline, in the words of the real one.
import type { ActionRun, IncidentEntry } from '../../src/model/index.ts';

export const entryOf = (id: string, at: string, kind: IncidentEntry['kind'], text: string, more: Partial<IncidentEntry> = {}): IncidentEntry => ({ by: null, agent: null, action: null, artifact: null, rule: null, ...more, id, at, kind, text });

const words: Readonly<Record<ActionRun['state'], string>> = { waiting: 'is on its way', running: 'is running', uploading: 'is done, its artifacts are on their way', done: 'is done', failed: 'failed', cancelled: 'was cancelled', refused: 'did not run' };

export function actionText({ action, process, agent, state, why, parameters }: ActionRun): string {
  const of = process === null ? '' : ` of ${process.service ?? process.name} (pid ${process.pid})`;
  const recorder = typeof parameters['recorder'] === 'string' ? ` of ${parameters['recorder']}` : '';
  return `${action}${of}${recorder} on ${agent.name} ${words[state]}${why === null ? '' : `: ${why.message}`}`;
}
