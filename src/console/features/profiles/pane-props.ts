// What each pane of an open profile is given.
import type { ProfilesSearch } from '../../state/index.ts';
import type { Chosen } from './model/chosen.ts';
import type { Moves } from './model/use-moves.ts';
import type { Scene } from './model/use-scene.ts';

export interface PaneProps {
  readonly scene: Scene; readonly search: ProfilesSearch; readonly set: (patch: Partial<ProfilesSearch>, options?: { readonly replace?: boolean }) => void;
  /** Null while the profile has no function at all. */
  readonly chosen: Chosen | null; readonly moves: Moves;
}
