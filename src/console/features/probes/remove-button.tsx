// Takes a probe out. The button goes with the probe; the focus stays in its pane.
import { useEffect, useRef } from 'react';
import { explainFailure, isProbeIn, useRemoveProbe } from '../../api/index.ts';
import type { FleetProbe } from '../../../model/index.ts';
import { Button, toast } from '../../ui/index.ts';
import { plainWords } from './said.tsx';

export function RemoveButton({ probe }: { readonly probe: FleetProbe }) {
  const remove = useRemoveProbe();
  const pane = useRef<HTMLElement | null>(null);
  const isIn = isProbeIn(probe);
  useEffect(() => {
    if (isIn || pane.current === null) return;
    keepFocus(pane.current);
    pane.current = null;
  }, [isIn]);
  if (!isIn) return null;
  const run = () => remove.mutate(probe.id, { onError: error => { const { title, help } = explainFailure(error); toast({ kind: 'error', title: plainWords(title), detail: help === undefined ? undefined : plainWords(help) }); } });
  return <Button size="s" variant="danger-outline" icon="trash" onClick={event => { pane.current = event.currentTarget.closest('section'); run(); }} disabledReason={remove.isPending || remove.isSuccess ? 'It is being removed.' : null}>Remove</Button>;
}

/** Only where nobody has gone elsewhere meanwhile. */
function keepFocus(pane: HTMLElement): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  pane.tabIndex = -1;
  pane.focus({ preventScroll: true });
}
