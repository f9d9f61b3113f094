// What kinds of entries, actions and artifacts are called, and how they look.
import type { ActionRun, ActionState, ArtifactKind, Incident, IncidentEntry } from '../../../model/index.ts';
import type { ChipTone, IconName } from '../../ui/index.ts';

export type EntryKind = IncidentEntry['kind'];

export const entryWords: Readonly<Record<EntryKind, { readonly label: string; readonly icon: IconName }>> = {
  opened: { label: 'Opened', icon: 'warn' }, trigger: { label: 'Trigger', icon: 'net' }, action: { label: 'Action', icon: 'bolt' }, artifact: { label: 'Artifact', icon: 'box' }, deployment: { label: 'Deployment', icon: 'deploy' },
  note: { label: 'Note', icon: 'edit' }, closed: { label: 'Closed', icon: 'check' }, reopened: { label: 'Reopened', icon: 'undo' }, imported: { label: 'Imported', icon: 'down' },
};

export const stateWords: Readonly<Record<ActionState, { readonly label: string; readonly tone: ChipTone }>> = {
  waiting: { label: 'waiting', tone: 'pending' }, running: { label: 'running', tone: 'accent' }, uploading: { label: 'sending', tone: 'accent' }, done: { label: 'done', tone: 'plain' },
  failed: { label: 'failed', tone: 'danger' }, cancelled: { label: 'cancelled', tone: 'attn' }, refused: { label: 'not run', tone: 'attn' },
};

const artifactIcons: Readonly<Partial<Record<ArtifactKind, IconName>>> = { 'cpu-profile': 'flame', 'heap-profile': 'flame', 'heap-snapshot': 'dump', 'core-dump': 'dump', 'thread-stacks': 'list', 'packet-capture': 'route', recorder: 'recorder', bundle: 'box' };
export const artifactIcon = (kind: ArtifactKind): IconName => artifactIcons[kind] ?? 'file';

/** "checkout (pid 812)", a recorder's name, or nothing. */
export function targetWords({ process, parameters }: Pick<ActionRun, 'process' | 'parameters'>): string {
  if (process !== null) return `${process.service ?? process.name}, pid ${process.pid}`;
  return typeof parameters['recorder'] === 'string' ? parameters['recorder'] : '';
}

const doing: Readonly<Record<ActionState, string>> = { waiting: 'is on its way', running: 'is running', uploading: 'is done, its artifacts are on their way', done: 'is done', failed: 'failed', cancelled: 'was cancelled', refused: 'did not run' };

/** What an entry says. Of an action what is known now: which process it is about comes only after the line was written. */
export function entryText({ kind, text, action }: Pick<IncidentEntry, 'kind' | 'text' | 'action'>, actions: readonly ActionRun[]): string {
  const run = kind === 'action' ? actions.find(({ id }) => id === action) : undefined;
  if (run === undefined) return text;
  const of = run.process === null ? targetWords(run) : `${run.process.service ?? run.process.name} (pid ${run.process.pid})`;
  return `${run.action}${of === '' ? '' : ` of ${of}`} on ${run.agent.name} ${doing[run.state]}${run.why === null ? '' : `: ${run.why.message}`}`;
}

/** Whether the title says already who opened it: the one that nobody typed does. */
export const titleTells = ({ title, openedBy }: Pick<Incident, 'title' | 'openedBy'>): boolean => title.toLowerCase() === `opened by ${openedBy.name}`.toLowerCase();

export const openedWords = ({ openedBy }: Pick<Incident, 'openedBy'>): string => (openedBy.kind === 'net' ? `net ${openedBy.name}` : openedBy.name);

/** "4 running, 8 waiting, 2 not done, ": what is not simply done, each kind apart; empty when all is done. */
export function stateCounts(actions: readonly Pick<ActionRun, 'state'>[]): string {
  const count = (...states: readonly ActionState[]) => actions.filter(({ state }) => states.includes(state)).length;
  const [running, waiting, not] = [count('running', 'uploading'), count('waiting'), count('failed', 'cancelled', 'refused')];
  return [[running, 'running'], [waiting, 'waiting'], [not, 'not done']].filter(([many]) => many !== 0).map(([many, word]) => `${many} ${word}, `).join('');
}

/** A trigger of which part was not started; the server writes it so. */
export const isHeldBack = ({ kind, text }: Pick<IncidentEntry, 'kind' | 'text'>): boolean => kind === 'trigger' && / not started: /.test(text);
