// What a person does to the picture, as changes of the address: choose, focus, hide, fold, narrow, and all of it back.
import type { ProfilesSearch } from '../../../state/index.ts';
import { functionKey, pathText } from './function-key.ts';
import type { Scene } from './use-scene.ts';

export interface Moves {
  /** Rows of functions from the outermost on; null: nothing is chosen. */
  readonly choose: (path: readonly number[] | null) => void;
  /** The function wherever it weighs most. */
  readonly chooseFunction: (row: number) => void;
  /** Null: all stacks again. */
  readonly focus: (row: number | null) => void;
  readonly hide: (packageRow: number) => void;
  readonly unhide: (name: string) => void;
  readonly fold: () => void;
  /** Time in which nothing ran is shown, or left out. */
  readonly idle: () => void;
  readonly view: (view: NonNullable<ProfilesSearch['view']>) => void;
  /** Milliseconds from the start; null: the whole time. */
  readonly range: (range: { readonly from: number; readonly to: number } | null) => void;
  readonly threads: (rows: readonly number[]) => void;
  readonly showAll: () => void;
}

type Set = (patch: Partial<ProfilesSearch>, options?: { readonly replace?: boolean }) => void;

export function useMoves(scene: Scene | null, search: ProfilesSearch, set: Set): Moves {
  const names = scene?.names ?? null;
  // What changes the axis starts with all of it in view.
  const narrow = (patch: Partial<ProfilesSearch>) => set({ ...patch, zoom: undefined });
  const path = (rows: readonly number[] | null) => (rows === null || rows.length === 0 || names === null ? undefined : pathText(names, rows));
  return {
    choose: rows => set({ at: path(rows) }, { replace: true }),
    chooseFunction: row => set({ at: path([row]) }, { replace: true }),
    focus: row => narrow({ focus: row === null || names === null ? undefined : functionKey(names, row) }),
    hide: row => { const name = names?.packageName(row); if (name !== undefined && name !== '') narrow({ hidden: [...new Set([...search.hidden ?? [], name])] }); },
    unhide: name => { const left = (search.hidden ?? []).filter(each => each !== name); narrow({ hidden: left.length === 0 ? undefined : left }); },
    fold: () => narrow({ folded: search.folded === true ? undefined : true }),
    idle: () => narrow({ idle: search.idle === true ? undefined : true }),
    view: view => set({ view: view === 'flame' ? undefined : view, ...((view === 'time') !== (search.view === 'time') && { zoom: undefined }) }),
    range: range => narrow({ from: range?.from, to: range?.to }),
    threads: rows => narrow({ threads: rows.length === 0 ? undefined : [...rows] }),
    showAll: () => narrow({ from: undefined, to: undefined, threads: undefined, hidden: undefined, focus: undefined }),
  };
}
