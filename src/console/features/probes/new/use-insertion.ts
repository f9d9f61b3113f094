// Puts a probe in, and knows what was put in from here last: the same again needs a reason.
import { useEffect, useEffectEvent, useState } from 'react';
import { explainFailure, isProbeIn, useProbe, useProbes, useStartProbe } from '../../../api/index.ts';
import type { ActionTarget, FleetProbe, ProbeWhat } from '../../../../model/index.ts';

/** `cord`: how the rip cord stands, as text; what it refused is no refusal once it stands otherwise. */
export function useInsertion(named: string | undefined, cord: string) {
  const [inserted, setInserted] = useState<string | undefined>(undefined);
  const last = useProbe(inserted ?? named).data;
  const probes = useProbes({ state: 'in' }).data?.probes ?? [];
  const start = useStartProbe();
  const forget = useEffectEvent(() => { start.reset(); });
  useEffect(() => { forget(); }, [cord]);
  return {
    last, isPending: start.isPending, failure: start.error === null ? null : explainFailure(start.error),
    start: (wish: Parameters<typeof start.mutate>[0], then: (id: string) => void) => start.mutate(wish, { onSuccess: ({ id }) => { setInserted(id); then(id); } }),
    again: (agent: string, what: ProbeWhat | null, target: ActionTarget | null): string | null => {
      const same = what === null ? undefined : [...probes, ...(last === undefined ? [] : [last])].find(one => isSameWish(one, agent, what, target));
      return same === undefined ? null : `${same.name} is in and reads exactly this. Change something, or remove it first.`;
    },
  };
}

const isSameWish = (probe: FleetProbe, agent: string, what: ProbeWhat, target: ActionTarget | null): boolean => isProbeIn(probe) && probe.agent.id === agent && probe.target?.pid === target?.pid && JSON.stringify(probe.what) === JSON.stringify(what);
