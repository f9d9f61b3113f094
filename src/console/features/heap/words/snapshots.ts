// Which artifacts are snapshots, what they are called, and which of them are worth comparing with. Pure.
import type { Artifact } from '../../../../model/index.ts';
import { formatBytes, formatClock, formatDuration, type TimeZoneMode } from '../../../ui/index.ts';

export const isSnapshot = ({ format, state }: Pick<Artifact, 'format' | 'state'>): boolean => format === 'heapsnapshot' && state === 'stored';

/** "checkout", a file's own name when nobody knows. */
export const subjectOf = ({ service, process, name }: Pick<Artifact, 'service' | 'process' | 'name'>): string => service ?? process?.name ?? name;

/** When it was taken. */
export const takenAt = ({ fromUnixMs, createdUnixMs }: Pick<Artifact, 'fromUnixMs' | 'createdUnixMs'>): number => fromUnixMs ?? createdUnixMs;

/** "14:01:19, 96 MiB, pid 4121": what tells snapshots of one process apart comes first, as the end may be cut. */
export const detailOf = (artifact: Artifact, zone: TimeZoneMode): string => [formatClock(takenAt(artifact), zone), formatBytes(artifact.bytes), ...(artifact.process === null ? [] : [`pid ${artifact.process.pid}`])].join(', ');

/** "13:24:02, 41 MiB": beside a snapshot of the same process. */
export const shortDetailOf = (artifact: Artifact, zone: TimeZoneMode): string => `${formatClock(takenAt(artifact), zone)}, ${formatBytes(artifact.bytes)}`;

export interface Candidates { /** Of the same process, the nearest earlier one first: their objects can be told apart. */ readonly same: readonly Artifact[]; readonly others: readonly Artifact[] }

export function candidatesFor(shown: Artifact | null, artifacts: readonly Artifact[]): Candidates {
  const all = artifacts.filter(each => isSnapshot(each) && each.id !== shown?.id);
  const isSame = (each: Artifact) => shown?.process != null && each.process?.pid === shown.process.pid && each.agent?.id === shown.agent?.id;
  const at = shown === null ? 0 : takenAt(shown);
  const rank = (each: Artifact) => (takenAt(each) <= at ? 0 : 1);
  const near = (a: Artifact, b: Artifact) => rank(a) - rank(b) || Math.abs(takenAt(a) - at) - Math.abs(takenAt(b) - at);
  return { same: all.filter(isSame).toSorted(near).slice(0, 8), others: all.filter(each => !isSame(each)).toSorted(near).slice(0, 8) };
}

/** What taking it cost: "paused 610 ms, estimated 560 ms"; null where nobody measured. */
export function costOf({ figures }: Pick<Artifact, 'figures'>): string | null {
  const { pauseMs, estimatedPauseMs } = figures;
  if (pauseMs === undefined) return null;
  return `paused ${formatDuration(pauseMs)}${estimatedPauseMs === undefined ? '' : `, estimated ${formatDuration(estimatedPauseMs)}`}`;
}
