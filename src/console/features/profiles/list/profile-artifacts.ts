// Which artifacts are profiles, and what they are called. Pure.
import type { Artifact } from '../../../../model/index.ts';
import { formatClock, type TimeZoneMode } from '../../../ui/index.ts';

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
