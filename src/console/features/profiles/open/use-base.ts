// What an open profile is compared with, read into the same worker.
import { contentUrl } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { useCompared, type Compared } from '../../../state/index.ts';
import type { CallFailure } from '../../../workers/calls/index.ts';
import type { BaseProfile, ProfileClient, ProfileProgress } from '../../../workers/profile/index.ts';
import { asFailure, starting } from './use-profile.ts';

export type BaseState = Compared<ProfileProgress, BaseProfile, CallFailure>;

/** Undefined: nothing, or nobody knows it yet. Its name tells how to read it where the bytes do not. */
export function useBase(client: ProfileClient, against: Artifact | undefined): BaseState {
  const { id = '', name = '', bytes = 0 } = against ?? {};
  return useCompared(client, against?.id, { starting, failed: asFailure, open: (signal, progress) => client.ask({ signal, progress }, 'openBase', { kind: 'artifact', url: contentUrl(id), name, bytes }) });
}
