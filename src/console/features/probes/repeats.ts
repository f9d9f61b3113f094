// Tries that were refused and tried again alike: the last one speaks for all. Pure.
import type { FleetProbe } from '../../../model/index.ts';

/** As they come, newest first. */
export function withoutRepeats(probes: readonly FleetProbe[]): readonly FleetProbe[] {
  const refused = new Set<string>();
  return probes.filter(({ state, agent, what, target, why }) => {
    if (state !== 'refused') return true;
    const key = JSON.stringify([agent.id, what, target, why?.code]);
    const isNew = !refused.has(key);
    refused.add(key);
    return isNew;
  });
}
