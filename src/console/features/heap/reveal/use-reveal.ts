// Whether the text of strings is shown: asked once for a snapshot in this tab, and only after the server has written it to the audit.
import { useState } from 'react';
import { explainFailure, useRevealArtifact } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { toast } from '../../../ui/index.ts';

export interface Revealing {
  readonly on: boolean;
  /** The person is being asked. */
  readonly asking: boolean;
  /** A file of this machine: nobody else has it, so there is nothing to write down. */
  readonly isLocal: boolean;
  readonly ask: () => void; readonly answer: (yes: boolean) => void; readonly mask: () => void;
}

export function useReveal(artifact: Artifact | null): Revealing {
  const [state, setState] = useState<'masked' | 'asking' | 'shown'>('masked');
  const reveal = useRevealArtifact();
  const failed = (error: unknown) => { const { title, help } = explainFailure(error); toast({ kind: 'error', title: `Strings stay masked: ${title}`, detail: help }); };
  const answer = (yes: boolean) => {
    if (!yes) { setState(before => (before === 'asking' ? 'masked' : before)); return; }
    if (artifact === null) setState('shown');
    else { setState('masked'); reveal.mutate(artifact.id, { onSuccess: () => setState('shown'), onError: failed }); }
  };
  return { on: state === 'shown', asking: state === 'asking', isLocal: artifact === null, ask: () => setState('asking'), answer, mask: () => setState('masked') };
}
