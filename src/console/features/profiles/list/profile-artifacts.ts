// Which artifacts are profiles, what they are called, and which of them are worth comparing with. Pure.
import type { Artifact } from '../../../../model/index.ts';
import { formatClock, formatDuration, type TimeZoneMode } from '../../../ui/index.ts';

/** Of the formats that the viewer reads; heap profiles are allocations by stack. */
export const isProfile = ({ kind }: Pick<Artifact, 'kind'>): boolean => kind === 'cpu-profile' || kind === 'heap-profile';

export const kindWords = (artifact: Pick<Artifact, 'kind'> | null): string => (artifact === null ? 'Profile' : artifact.kind === 'heap-profile' ? 'Heap profile' : 'CPU profile');

/** What it is of: "checkout", a file's own name when nobody knows. */
export const subjectOf = ({ service, process, name }: Pick<Artifact, 'service' | 'process' | 'name'>): string => service ?? process?.name ?? name;

/** When it was taken: the time that it is about where that is known. */
export const takenAt = ({ fromUnixMs, createdUnixMs }: Pick<Artifact, 'fromUnixMs' | 'createdUnixMs'>): number => fromUnixMs ?? createdUnixMs;

/** "pid 4121, 14:01:07". */
export function detailOf(artifact: Artifact, zone: TimeZoneMode): string {
  return [...(artifact.process === null ? [] : [`pid ${artifact.process.pid}`]), formatClock(takenAt(artifact), zone)].join(', ');
}

export interface Candidate { readonly artifact: Artifact; readonly why: string; readonly detail: string }
export interface Candidates { readonly previous: readonly Candidate[]; readonly siblings: readonly Candidate[]; readonly others: readonly Candidate[] }

/** Profiles of the same kind: earlier ones of the service, those of its other processes, and the rest; the nearest in time first. */
export function candidatesFor(shown: Artifact | null, artifacts: readonly Artifact[], zone: TimeZoneMode): Candidates {
  const all = artifacts.filter(each => isProfile(each) && each.state === 'stored' && each.id !== shown?.id && (shown === null || each.kind === shown.kind));
  if (shown === null) return { previous: [], siblings: [], others: all.map(artifact => ({ artifact, why: subjectOf(artifact), detail: detailOf(artifact, zone) })) };
  const near = (a: Artifact, b: Artifact) => Math.abs(takenAt(a) - takenAt(shown)) - Math.abs(takenAt(b) - takenAt(shown));
  const same = all.filter(each => shown.service !== null && each.service === shown.service);
  const isSibling = (each: Artifact) => each.process !== null && shown.process !== null && (each.process.pid !== shown.process.pid || each.agent?.id !== shown.agent?.id);
  const detail = (each: Artifact) => `${detailOf(each, zone)}, ${apart(takenAt(each) - takenAt(shown))}`;
  const siblings = same.filter(each => isSibling(each) && Math.abs(takenAt(each) - takenAt(shown)) < siblingMs).toSorted(near);
  const previous = same.filter(each => !siblings.includes(each) && takenAt(each) < takenAt(shown)).toSorted(near);
  const others = all.filter(each => !siblings.includes(each) && !previous.includes(each)).toSorted(near);
  return {
    previous: previous.slice(0, 3).map(artifact => ({ artifact, why: subjectOf(artifact), detail: detail(artifact) })),
    siblings: siblings.slice(0, 3).map(artifact => ({ artifact, why: `${subjectOf(artifact)}${artifact.agent === null ? '' : ` on ${artifact.agent.name}`}`, detail: detail(artifact) })),
    others: others.slice(0, 8).map(artifact => ({ artifact, why: subjectOf(artifact), detail: detail(artifact) })),
  };
}

/** Of another process at nearly the same time: later or earlier, both saw the same load. */
const siblingMs = 15 * 60_000;

/** "12 s later", "15 m before", "at once". */
export function apart(ms: number): string {
  if (Math.abs(ms) < 1000) return 'at once';
  return `${formatDuration(Math.round(Math.abs(ms) / 1000) * 1000)} ${ms > 0 ? 'later' : 'before'}`;
}
