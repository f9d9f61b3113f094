// What a profile is worth comparing with: the previous deployment of its service, a sibling that was well, and the rest. Pure.
import type { Artifact, Incident } from '../../../../model/index.ts';
import { formatClock, formatDuration, type TimeZoneMode } from '../../../ui/index.ts';
import { detailOf, isProfile, subjectOf, takenAt } from './profile-artifacts.ts';

export interface Candidate { readonly artifact: Artifact; readonly why: string; readonly detail: string }
export interface Candidates {
  /** The newest of the service before the shown one that has another version; null where no version is known. */
  readonly deployment: Candidate | null;
  /** Same service and version, other process, the nearest in time of those taken before the incident or in none that is open. */
  readonly sibling: Candidate | null;
  readonly previous: readonly Candidate[]; readonly siblings: readonly Candidate[]; readonly others: readonly Candidate[];
}
type KnownIncident = Pick<Incident, 'id' | 'state' | 'openedAt'>;

const nothing: Candidates = { deployment: null, sibling: null, previous: [], siblings: [], others: [] };

/** Stored profiles of the same kind, each in one place; the nearest in time first. */
export function candidatesFor(shown: Artifact | null, artifacts: readonly Artifact[], incidents: readonly KnownIncident[], zone: TimeZoneMode): Candidates {
  const all = artifacts.filter(each => isProfile(each) && each.state === 'stored' && each.id !== shown?.id && (shown === null || each.kind === shown.kind));
  if (shown === null) return { ...nothing, others: all.map(artifact => ({ artifact, why: subjectOf(artifact), detail: detailOf(artifact, zone) })) };
  const near = all.toSorted((a, b) => Math.abs(takenAt(a) - takenAt(shown)) - Math.abs(takenAt(b) - takenAt(shown)));
  const same = near.filter(({ service }) => shown.service !== null && service === shown.service);
  const deployment = same.find(each => isPreviousDeployment(shown, each)) ?? null;
  const sibling = same.find(each => each !== deployment && isHealthySibling(shown, each, incidents)) ?? null;
  const rest = same.filter(each => each !== deployment && each !== sibling);
  const siblings = rest.filter(each => isOtherProcess(shown, each) && Math.abs(takenAt(each) - takenAt(shown)) < siblingMs);
  const previous = rest.filter(each => !siblings.includes(each) && takenAt(each) < takenAt(shown));
  const others = near.filter(each => ![deployment, sibling, ...siblings, ...previous].includes(each));
  const away = (artifact: Artifact) => apart(takenAt(artifact) - takenAt(shown));
  const told = (artifact: Artifact): Candidate => ({ artifact, why: whereOf(artifact, shown), detail: `${detailOf(artifact, zone)}, ${away(artifact)}` });
  return {
    deployment: deployment === null ? null : { artifact: deployment, why: `previous deployment (${versionOf(deployment) ?? ''}), ${formatClock(takenAt(deployment), zone)}`, detail: away(deployment) },
    sibling: sibling === null ? null : { artifact: sibling, why: `healthy sibling, pid ${sibling.process?.pid ?? ''}${onOther(sibling, shown)}`, detail: `${formatClock(takenAt(sibling), zone)}, ${away(sibling)}` },
    previous: previous.slice(0, 3).map(told), siblings: siblings.slice(0, 3).map(told), others: others.slice(0, 8).map(told),
  };
}

const versionOf = ({ process }: Artifact): string | null => process?.version ?? null;

/** Nearest first and before it, so the first one that fits is the newest. */
function isPreviousDeployment(shown: Artifact, other: Artifact): boolean {
  const [own, theirs] = [versionOf(shown), versionOf(other)];
  return own !== null && theirs !== null && own !== theirs && takenAt(other) < takenAt(shown);
}

const isOtherProcess = (shown: Artifact, other: Artifact): boolean => other.process !== null && shown.process !== null && (other.process.pid !== shown.process.pid || other.agent?.id !== shown.agent?.id);

/** Of an incident that is closed, that is open and not about it, or from before the one that the shown profile is of. */
function isHealthySibling(shown: Artifact, other: Artifact, incidents: readonly KnownIncident[]): boolean {
  if (!isOtherProcess(shown, other) || versionOf(other) !== versionOf(shown)) return false;
  const of = (id: string | null) => incidents.find(each => each.id === id);
  const opened = Date.parse(of(shown.incident)?.openedAt ?? '');
  return takenAt(other) < opened || other.incident === null || (other.incident !== shown.incident && of(other.incident)?.state === 'closed');
}

const whereOf = (artifact: Artifact, shown: Artifact): string => `${subjectOf(artifact)}${onOther(artifact, shown)}`;
/** " on shop-2", where that is another machine than the shown one's. */
const onOther = ({ agent }: Artifact, shown: Artifact): string => (agent === null || agent.id === shown.agent?.id ? '' : ` on ${agent.name}`);

/** Of another process at nearly the same time: later or earlier, both saw the same load. */
const siblingMs = 15 * 60_000;

/** "12 s later", "15 m before", "at once". */
export function apart(ms: number): string {
  if (Math.abs(ms) < 1000) return 'at once';
  return `${formatDuration(Math.round(Math.abs(ms) / 1000) * 1000)} ${ms > 0 ? 'later' : 'before'}`;
}
