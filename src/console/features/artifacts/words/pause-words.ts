// What a run was said to cost a process, held against what it did cost. Pure.
import { formatDuration } from '../../../ui/index.ts';

/** "10 s measured; 2.1 s to 10 s estimated". `tone` is a warning where it took longer than was said. Null where nothing is known of a pause. */
export function pauseWords({ pauseMs, estimatedPauseMs, estimatedPauseMostMs }: Readonly<Record<string, number>>): { readonly text: string; readonly tone: 'amb' | null } | null {
  if (pauseMs === undefined && estimatedPauseMs === undefined) return null;
  const estimated = estimatedPauseMs === undefined ? null : pauseRange(estimatedPauseMs, estimatedPauseMostMs);
  if (pauseMs === undefined) return { text: `${estimated} estimated; not measured`, tone: null };
  if (estimatedPauseMs === undefined || estimated === null) return { text: `${formatDuration(pauseMs)} measured`, tone: null };
  const longer = pauseMs > (estimatedPauseMostMs ?? estimatedPauseMs);
  return { text: `${formatDuration(pauseMs)} measured; ${estimated} estimated${longer ? ', so it took longer than was said' : ''}`, tone: longer ? 'amb' : null };
}

/** "2.1 s to 10 s": at rest, and on a busy machine. */
export const pauseRange = (ms: number, mostMs: number | null | undefined): string => (mostMs === null || mostMs === undefined || mostMs <= ms ? formatDuration(ms) : `${formatDuration(ms)} to ${formatDuration(mostMs)}`);
