// The open pair of an incident: from the address, else the most telling one, which then stays when more arrives.
import { useState } from 'react';
import type { Artifact, Incident } from '../../../../model/index.ts';
import type { IncidentSearch } from '../../../state/index.ts';
import { openPair, putOn, tellingPair, type Pair, type Side } from './pair.ts';

export interface BesideState { readonly pair: Pair<string | null>; /** Null closes the side. */ readonly put: (side: Side, id: string | null) => void }

type Search = Pick<IncidentSearch, 'left' | 'right'>;

export function useBeside(incident: Incident, artifacts: readonly Artifact[], search: Search, set: (patch: Search, options?: { readonly replace?: boolean }) => void): BesideState {
  const [kept, setKept] = useState<Pair<string | null>>({ left: null, right: null });
  const now = tellingPair(incident, artifacts);
  const held = (id: string | null, next: string | null) => (id !== null && artifacts.some(artifact => artifact.id === id) ? id : next);
  const telling = { left: held(kept.left, now.left), right: held(kept.right, now.right) };
  if (telling.left !== kept.left || telling.right !== kept.right) setKept(telling);
  const pair = openPair(search, telling);
  return { pair, put: (side, id) => set(putOn(pair, side, id), { replace: true }) };
}
