// Who comes with a line ("Add a probe here") goes on with what is read there: the focus stands in the form as soon as the source is there.
import { useEffect, useState } from 'react';
import type { NewProbeSearch } from '../../../state/index.ts';

export function useArrival(search: NewProbeSearch, isReady: boolean): void {
  const [came] = useState(search.line !== undefined && search.probe === undefined);
  const go = came && isReady;
  useEffect(() => { if (go) focusForm(); }, [go]);
}

/** To its first field of text. */
export function focusForm(): void { document.querySelector<HTMLInputElement>('.probe-form input.inp')?.focus({ preventScroll: true }); }
