// What the forms hold: as somebody left them, and before that as the probe that the address names would have filled them.
import { useState } from 'react';
import { useProbe } from '../../../api/index.ts';
import type { ProbeKind } from '../../../../model/index.ts';
import { draftsOf } from './draft-of.ts';
import { emptyDrafts, type Drafts } from './made.ts';

export function useDrafts(kind: ProbeKind, named: string | undefined): readonly [Drafts, (patch: Partial<Drafts>) => void] {
  const [typed, setTyped] = useState<Drafts | null>(null);
  // Only the one that was there when the form opened: one that is put in from here came out of the form.
  const [start] = useState(named);
  const probe = useProbe(typed === null ? start : undefined).data;
  const drafts = typed ?? (probe?.what.kind === kind ? draftsOf(probe) : emptyDrafts);
  return [drafts, patch => setTyped(before => ({ ...before ?? drafts, ...patch }))];
}
