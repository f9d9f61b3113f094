// Everything the panes of one profile look at: names, what is chosen of it, and the worker's answers to that.
import { useMemo } from 'react';
import type { TimeOrderBoxes } from '../../../../profiles/index.ts';
import type { ProfilesSearch, ProfileView } from '../../../state/index.ts';
import type { CallFailure } from '../../../workers/calls/index.ts';
import type { Aside, DiffPicture, MergedPicture, OpenedProfile, ProfileClient, ProfileLook, ProfileWeight, TopTable, TreePicture } from '../../../workers/profile/index.ts';
import { useAsked, type Asked } from '../open/use-asked.ts';
import { functionRows } from './function-key.ts';
import { profileNames, type ProfileNames } from '../../../flame/index.ts';
import { selectionOf, weightRow } from './selection.ts';

/** A comparison with its names: those of both profiles. */
export interface SceneDiff extends DiffPicture { readonly names: ProfileNames }

export interface Scene {
  readonly profile: OpenedProfile; readonly client: ProfileClient;
  /** Of both profiles while two are compared: rows of the shown one are the same in it. */
  readonly names: ProfileNames; readonly rowOf: (key: string) => number | null;
  readonly selection: ProfileLook; readonly weight: ProfileWeight; readonly view: ProfileView;
  readonly merged: MergedPicture; readonly time: TimeOrderBoxes | null; readonly inverted: TreePicture | null; readonly top: TopTable | null; readonly diff: SceneDiff | null;
  /** Of the whole selection. */
  readonly total: number; readonly samples: number;
  /** Of the chosen time and threads: what is not in them. */
  readonly aside: Aside;
  /** By row of the names, 1 where the search found it; null: no search, or one that cannot be read. */
  readonly matches: Uint8Array | null; readonly matchFailure: CallFailure | null;
}

export type SceneState = { readonly scene: Scene } | { readonly scene: null; readonly failure: CallFailure | null };

/** @param against what it is compared with, once that is read; null: nothing. */
export function useScene(profile: OpenedProfile, client: ProfileClient, search: ProfilesSearch, against: string | null): SceneState {
  const own = useMemo(() => { const names = profileNames(profile); return { names, rowOf: functionRows(names) }; }, [profile]);
  const selection = selectionOf(profile, search, own.rowOf);
  const weight = profile.weights[weightRow(profile, search.weight)];
  const view = viewOf(profile, search.view);
  const merged = useAsked(client, 'merged', [selection]);
  const time = useAsked(client, 'timeOrder', view === 'time' ? [selection] : null);
  const inverted = useAsked(client, 'inverted', view === 'inverted' ? [selection] : null);
  const top = useAsked(client, 'top', [selection]);
  const asked = useAsked(client, 'diff', against === null ? null : [selection], against ?? '');
  const diff = useMemo((): SceneDiff | null => (against === null || asked.value === null ? null : { ...asked.value, names: profileNames(asked.value) }), [against, asked.value]);
  const match = useAsked(client, 'match', search.find === undefined ? null : [search.find, diff !== null], diff === null ? '' : against ?? '');
  const failure = [merged, time, inverted, asked].map((each: Asked<unknown>) => each.failure).find(each => each !== null) ?? null;
  if (merged.value === null || weight === undefined) return { scene: null, failure };
  const { tree } = merged.value;
  return {
    scene: {
      profile, client, names: diff?.names ?? own.names, rowOf: own.rowOf, selection, weight, view, merged: merged.value, top: top.value, diff,
      time: view === 'time' ? time.value : null, inverted: view === 'inverted' ? inverted.value : null,
      total: tree.total[0] ?? 0, samples: tree.totalSamples[0] ?? 0, aside: merged.value.aside,
      matches: search.find === undefined || match.failure !== null ? null : match.value, matchFailure: search.find === undefined ? null : match.failure,
    },
  };
}

/** What the profile has no data for falls back to the merged graph. */
export const viewOf = ({ hasTimes }: OpenedProfile, view: ProfileView | undefined): ProfileView => (view === undefined || (view === 'time' && !hasTimes) ? 'flame' : view);
