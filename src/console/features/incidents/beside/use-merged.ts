// The call tree of the looked-at part of a profile, laid out by its worker. The last one stays until the next is there.
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { profileNames, type ProfileNames } from '../../../flame/index.ts';
import { CallFailure } from '../../../workers/calls/index.ts';
import { type OpenedProfile, type ProfileClient, type ProfileLook, type TreePicture } from '../../../workers/profile/index.ts';
import type { Overlap } from './overlap.ts';

export interface Merged extends Pick<TreePicture, 'tree' | 'boxes'> { readonly names: ProfileNames; /** With the idle ones. */ readonly samples: number; readonly idleSamples: number }
interface Held { readonly client: ProfileClient; readonly key: string; readonly value: Merged | null; readonly failure: CallFailure | null }

/** Outside of the chosen time nothing is asked. */
export function useMerged(client: ProfileClient, profile: OpenedProfile, overlap: Overlap): { readonly value: Merged | null; readonly failure: CallFailure | null } {
  const names = useMemo(() => profileNames(profile), [profile]);
  const [held, setHeld] = useState<Held | null>(null);
  const key = overlap.kind === 'outside' ? null : JSON.stringify(overlap.kind === 'part' ? overlap : null);
  const look = useEffectEvent((): ProfileLook => ({ weight: profile.defaultWeight, threads: null, fromNanos: overlap.kind === 'part' ? overlap.fromNanos : null, toNanos: overlap.kind === 'part' ? overlap.toNanos : null, collapseRecursion: false, hiddenPackages: [], focusFunction: null, idle: false }));
  useEffect(() => {
    if (key === null) return undefined;
    const abort = new AbortController();
    const show = (more: Pick<Held, 'value' | 'failure'>) => { if (!abort.signal.aborted) setHeld({ client, key, ...more }); };
    client.ask({ signal: abort.signal }, 'merged', look()).then(
      ({ tree, boxes, aside: { idleSamples } }) => show({ value: { tree, boxes, names, idleSamples, samples: (tree.totalSamples[0] ?? 0) + idleSamples }, failure: null }),
      (error: unknown) => show({ value: null, failure: error instanceof CallFailure ? error : new CallFailure(String(error), 'Reload the page.') }),
    );
    return () => abort.abort();
  }, [client, key, names]);
  const own = held?.client === client ? held : null;
  return { value: own?.value ?? null, failure: own?.failure ?? null };
}
