// An open profile: its worker lives as long as it is shown, and is ended when the person goes on or cancels.
import { useEffect, useEffectEvent, useState } from 'react';
import { CallFailure } from '../../../workers/calls/index.ts';
import { createProfileClient, type OpenedProfile, type ProfileClient, type ProfileProgress, type ProfileSource } from '../../../workers/profile/index.ts';

export type OpenState =
  | { readonly state: 'opening'; readonly progress: ProfileProgress; readonly cancel: () => void }
  | { readonly state: 'open'; readonly profile: OpenedProfile; readonly client: ProfileClient }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly failure: CallFailure };

export interface ProfileOpening { readonly current: OpenState; readonly again: () => void }

export const starting: ProfileProgress = { stage: 'fetching', share: null };

/** Opened anew when `key` changes, which must tell sources apart; a source of its own for each render is no change. @param part which of the file's profiles */
export function useProfile(key: string, source: ProfileSource, part: number): ProfileOpening {
  const [turn, setTurn] = useState(0);
  const [current, setCurrent] = useState<OpenState>({ state: 'opening', progress: starting, cancel: () => undefined });
  const begin = useEffectEvent((client: ProfileClient, progress: (step: ProfileProgress) => void) => client.ask({ progress }, 'open', source, part));
  useEffect(() => {
    const client = createProfileClient();
    let live = true;
    const show = (next: OpenState) => { if (live) setCurrent(next); };
    const cancel = () => { show({ state: 'cancelled' }); live = false; client.close(); };
    const progress = (step: ProfileProgress) => show({ state: 'opening', progress: step, cancel });
    progress(starting);
    begin(client, progress).then(profile => show({ state: 'open', profile, client }), (error: unknown) => show({ state: 'failed', failure: asFailure(error) }));
    return () => { live = false; client.close(); };
  }, [key, turn]);
  usePart(current, part, setCurrent);
  return { current, again: () => setTurn(turn + 1) };
}

/** Another profile of the file that is open already. */
function usePart(current: OpenState, part: number, show: (next: OpenState) => void): void {
  const other = current.state === 'open' && current.profile.part !== part && part < current.profile.parts.length ? current.client : null;
  useEffect(() => {
    const abort = new AbortController();
    if (other !== null) other.ask({ signal: abort.signal }, 'part', part).then(profile => show({ state: 'open', profile, client: other }), (error: unknown) => { if (!abort.signal.aborted) show({ state: 'failed', failure: asFailure(error) }); });
    return () => abort.abort();
  }, [other, part, show]);
}

export const asFailure = (error: unknown): CallFailure => (error instanceof CallFailure ? error : new CallFailure(error instanceof Error ? error.message : String(error), 'Reload the page.'));
