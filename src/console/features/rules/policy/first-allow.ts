// The allow-list that a policy begins with: what live records have stays, to be narrowed by hand; keys under which secrets were found
// are left out. Pure.
import type { PolicyAllow } from '../../../../model/index.ts';

/** A document takes no more. */
const mostKeys = 200;

/** @param secretKeys keys with findings in the audit; they are not let pass unless a person adds them */
export function firstAllow(liveKeys: readonly string[], secretKeys: readonly string[]): PolicyAllow {
  const secret = new Set(secretKeys);
  const clean = liveKeys.filter((key) => !secret.has(key));
  // Of an empty list everything would go.
  return { keys: clean.length === 0 ? ['*'] : clean.slice(0, mostKeys) };
}

/** Keys with findings that the list lets pass by name, and those that were left out of it. */
export function secretsAmong(keys: readonly string[], liveKeys: readonly string[], secretKeys: readonly string[]): { readonly named: readonly string[]; readonly leftOut: readonly string[] } {
  const named = secretKeys.filter((key) => keys.includes(key));
  return { named, leftOut: secretKeys.filter((key) => !keys.includes(key) && liveKeys.includes(key)) };
}
