// The moment at which each agent stopped, held: evidence once seen stays, however later answers of the audit waver. Only a later
// leak takes it back, and is said. Pure.
import type { SourceAgent } from '../../../../model/index.ts';

export interface HeldStop {
  readonly stoppedAt: string;
  readonly firstMaskedAt: string | null;
  /** Before the stop. */
  readonly lastLeakAt: string | null;
  /** It left again after the stop: the newest such moment. Null: it did not. */
  readonly againAt: string | null;
}
export type HeldStops = ReadonlyMap<string, HeldStop>;
export const noStops: HeldStops = new Map();

type Seen = Pick<SourceAgent, 'agent' | 'appliedAt' | 'firstMaskedAt' | 'lastLeakAt' | 'stoppedAt'>;

/** Agents report once in a while: a stop younger than this may still be belied by what is on its way. */
export const settleMs = 3000;

/** @param nowMs the audit's own clock. The same map when nothing changed. */
export function holdStops(held: HeldStops, agents: readonly Seen[], nowMs: number): HeldStops {
  const changed = agents.flatMap((one): readonly (readonly [string, HeldStop])[] => {
    const before = held.get(one.agent.id);
    const after = holdStop(before, one, nowMs);
    return after === undefined || after === before ? [] : [[one.agent.id, after]];
  });
  return changed.length === 0 ? held : new Map([...held, ...changed]);
}

function holdStop(before: HeldStop | undefined, seen: Seen, nowMs: number): HeldStop | undefined {
  const fresh = stopOf(seen, nowMs);
  if (before === undefined) return fresh;
  const leak = seen.lastLeakAt;
  if (leak !== null && msOf(leak) > msOf(before.againAt ?? before.stoppedAt)) return { ...before, againAt: leak };
  if (before.againAt !== null) return fresh !== undefined && msOf(fresh.stoppedAt) > msOf(before.againAt) ? fresh : before;
  // Nothing hidden yet when it was held: the first one belongs to the proof.
  return before.firstMaskedAt === null && seen.firstMaskedAt !== null ? { ...before, firstMaskedAt: seen.firstMaskedAt } : before;
}

function stopOf({ appliedAt, firstMaskedAt, lastLeakAt, stoppedAt }: Seen, nowMs: number): HeldStop | undefined {
  if (stoppedAt === null || (appliedAt === null && firstMaskedAt === null)) return undefined;
  return nowMs - Math.max(msOf(stoppedAt), msOf(lastLeakAt)) < settleMs ? undefined : { stoppedAt, firstMaskedAt, lastLeakAt, againAt: null };
}

const msOf = (iso: string | null): number => (iso === null ? -Infinity : Date.parse(iso));
