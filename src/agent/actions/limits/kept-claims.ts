// Which claims must be remembered so that every limit can be kept: of each action as many as one window may have, and the last of each process, as far back
// as a limit looks. Of one action for itself, so that no number of cheap ones makes a dear one forgotten.
import type { ActionName } from '../../../model/index.ts';
import type { Claim } from './book.ts';
import type { Limits } from './policy.ts';

/** Even where limits look back less far, and allow less: their owner may change them. */
const keptMs = 86_400_000;
const leastKept = 500;
/** Processes of one action whose last claim is remembered beyond those. */
const mostProcesses = 2000;

/** `claims` in the order of time; none later than now. */
export function keptClaims(claims: readonly Claim[], limitsOf: (action: ActionName) => Limits, nowUnixMs: number): readonly Claim[] {
  const counts = ({ action, atUnixMs }: Claim): boolean => nowUnixMs - atUnixMs < Math.max(keptMs, limitsOf(action).windowMs, limitsOf(action).cooldownMs);
  const kept = new Set([...Map.groupBy(claims.filter(counts), ({ action }) => action)].flatMap(([action, own]) => [...ofAction(own, Math.max(leastKept, limitsOf(action).perWindow))]));
  return claims.filter((one) => kept.has(one));
}

function ofAction(claims: readonly Claim[], most: number): ReadonlySet<Claim> {
  const recent = claims.slice(-most);
  const lastOf = new Map<string, Claim>();
  // From the oldest on, so that the last one stands, and in the order in which they were last seen.
  for (const one of claims) { lastOf.delete(one.process); lastOf.set(one.process, one); }
  return new Set([...recent, ...[...lastOf.values()].slice(-mostProcesses)]);
}
