// What an open profile is compared with, read into the same worker.
import { useEffect, useState } from 'react';
import { contentUrl } from '../../../api/index.ts';
import type { BaseProfile, ProfileClient, ProfileFailure, ProfileProgress } from '../../../workers/profile/index.ts';
import { asFailure } from './use-profile.ts';

export type BaseState =
  | { readonly state: 'none' }
  | { readonly state: 'opening'; readonly progress: ProfileProgress }
  | { readonly state: 'open'; readonly id: string; readonly base: BaseProfile }
  | { readonly state: 'failed'; readonly failure: ProfileFailure };

const none: BaseState = { state: 'none' };

/** @param name of its file, for messages; it tells how to read it where the bytes do not. */
export function useBase(client: ProfileClient, id: string | undefined, name: string | null): BaseState {
  const [held, setHeld] = useState<{ readonly key: string; readonly state: BaseState } | null>(null);
  const key = id ?? '';
  useEffect(() => {
    if (id === undefined || name === null) return undefined;
    const abort = new AbortController();
    const show = (state: BaseState) => { if (!abort.signal.aborted) setHeld({ key, state }); };
    show({ state: 'opening', progress: { stage: 'fetching', share: null } });
    client.ask({ signal: abort.signal, progress: progress => show({ state: 'opening', progress }) }, 'openBase', { kind: 'artifact', url: contentUrl(id), name })
      .then(base => show({ state: 'open', id, base }), (error: unknown) => show({ state: 'failed', failure: asFailure(error) }));
    return () => abort.abort();
  }, [client, id, key, name]);
  return id === undefined || held?.key !== key ? none : held.state;
}
