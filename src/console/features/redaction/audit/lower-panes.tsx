// On a small screen the proofs share the lower pane with the chosen source, one at a time; the next step stays below all of them.
import { useState, type ReactNode } from 'react';
import { PaneHeader, Segmented } from '../../../ui/index.ts';

export type Proof = 'coverage' | 'canary' | 'scans' | 'stops';
type Shown = Proof | 'source';

export interface LowerPanesProps { readonly source: ReactNode; readonly proofs: Readonly<Record<Proof, ReactNode>>; readonly nextStep: ReactNode }

const options = [{ value: 'source', label: 'Chosen source' }, { value: 'stops', label: 'Stopped, by agent' }, { value: 'scans', label: 'Full scans' }, { value: 'coverage', label: 'Coverage' }, { value: 'canary', label: 'Canary' }] as const;

export function LowerPanes({ source, proofs, nextStep }: LowerPanesProps) {
  const [shown, setShown] = useState<Shown>('source');
  return (
    <div className="redact-lower">
      <PaneHeader title="Proofs"><Segmented<Shown> label="Shown below" value={shown} options={options} onChange={setShown} /></PaneHeader>
      {shown === 'source' ? source : <><div className="redact-side grow" tabIndex={0} role="region" aria-label="Proof">{proofs[shown]}</div>{nextStep}</>}
    </div>
  );
}
