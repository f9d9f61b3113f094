// The view as it was when what is shown came from it. Somebody else may save the view meanwhile: who has changed nothing here sees what it
// says now; who has keeps what is shown, and is told when it is saved.
import { useEffect, useEffectEvent, useState } from 'react';
import type { SavedView } from '../../../../model/index.ts';
import { isChanged, type Shown } from './view-state.ts';

/** `onAnother`: the open view says something else now, and nothing was changed here. */
export function useBase(current: SavedView | undefined, shown: Shown, onAnother: (view: SavedView) => void): readonly [SavedView | undefined, (view: SavedView) => void] {
  const [base, setBase] = useState(current);
  const fits = current === undefined || base?.id !== current.id || !isChanged(current, shown);
  if (fits && base !== current) setBase(current);
  const another = useEffectEvent(() => { if (!fits && !isChanged(base!, shown)) onAnother(current); });
  useEffect(() => another(), [current]);
  return [base, setBase];
}
