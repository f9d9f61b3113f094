// A source on all agents together, from how it stands on each. Pure.
import type { Standing } from './standing-terms.ts';

export interface Together {
  readonly state: Standing['state'];
  /** When it is clean: the latest stop of those where it leaked or could have; else when it was first seen. */
  readonly cleanSinceMs: number | null;
  readonly leaked: boolean;
  /** All that left every agent was scanned since it was first seen there, and it was not among it. */
  readonly neverLeft: boolean;
  readonly ignoredBy: Standing['ignoredBy'];
  readonly note: () => string | null;
}

/** The worst of one agent is the worst of all. */
const order = ['leaking', 'unproved', 'ignored', 'clean'] as const satisfies readonly Standing['state'][];

/** Of none: whoever saw it is forgotten, and nothing can be said. */
export function together(standings: readonly Standing[], firstSeenMs: number): Together {
  const state = order.find((one) => standings.some((standing) => standing.state === one)) ?? 'unproved';
  const decisive = standings.filter((one) => one.state === state);
  const leaked = standings.some((one) => one.leaked);
  const ignoredBy = state === 'ignored' ? decisive[0]?.ignoredBy ?? null : null;
  return {
    state, leaked, ignoredBy, neverLeft: standings.length > 0 && standings.every(({ neverLeft }) => neverLeft),
    cleanSinceMs: state === 'clean' ? cleanSince(standings, firstSeenMs) : null,
    note: () => (standings.length === 0 ? 'No agent that saw it is known any more, so nobody knows whether it leaves.' : ignoredBy === null ? noteOf(decisive) : `Left in clear on purpose, by policy ${ignoredBy.name} v${ignoredBy.version}.`),
  };
}

function cleanSince(standings: readonly Standing[], firstSeenMs: number): number {
  const [leakers, quiet] = [standings.filter(({ leaked }) => leaked), standings.filter(({ leaked }) => !leaked)];
  return Math.max(leakers.length === 0 ? firstSeenMs : 0, ...leakers.map(({ stoppedMs }) => stoppedMs ?? 0), ...quiet.map(({ unseenUntilMs }) => unseenUntilMs ?? 0));
}

/** Of those that leaked first: theirs says most. */
function noteOf(standings: readonly Standing[]): string | null {
  const [first, ...others] = standings.toSorted((a, b) => Number(b.leaked) - Number(a.leaked)).flatMap(({ note }) => { const text = note?.() ?? null; return text === null ? [] : [text]; });
  const more = others.length === 0 ? '' : ` Likewise on ${others.length} more ${others.length === 1 ? 'agent' : 'agents'}.`;
  return first === undefined ? null : `${first}${more}`;
}
