// Which collected recorder holds the records of a moment. Pure.
import type { Artifact } from '../../../../model/index.ts';

/** Of the same agent before others; the shortest that covers it. Null when none does. */
export function recordingAt(artifacts: readonly Artifact[], at: number, agent: string | null): Artifact | null {
  const covers = artifacts.filter(({ kind, state, fromUnixMs, toUnixMs }) => kind === 'recorder' && state === 'stored' && fromUnixMs !== null && toUnixMs !== null && at >= fromUnixMs && at <= toUnixMs);
  const length = ({ fromUnixMs, toUnixMs }: Artifact): number => (toUnixMs ?? 0) - (fromUnixMs ?? 0);
  const own = covers.filter(({ agent: of }) => agent !== null && of?.name === agent);
  return (own.length > 0 ? own : covers).toSorted((a, b) => length(a) - length(b))[0] ?? null;
}
