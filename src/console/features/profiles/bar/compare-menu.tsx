// Compare with another profile: that of the previous deployment and that of a healthy sibling stand first, so that both are two clicks away.
import type { Artifact, Incident } from '../../../../model/index.ts';
import { Button, formatClock, IconButton, Menu, type MenuEntry, type TimeZoneMode } from '../../../ui/index.ts';
import { candidatesFor, type Candidate } from '../list/candidates.ts';
import { takenAt } from '../list/profile-artifacts.ts';

export interface CompareMenuProps { readonly shown: Artifact | null; readonly artifacts: readonly Artifact[]; readonly incidents: readonly Pick<Incident, 'id' | 'state' | 'openedAt'>[]; readonly zone: TimeZoneMode; readonly against: string | undefined; readonly state: string | null; readonly onChange: (artifact: string | undefined) => void }

export function CompareMenu({ shown, artifacts, incidents, zone, against, state, onChange }: CompareMenuProps) {
  const { deployment, sibling, previous, siblings, others } = candidatesFor(shown, artifacts, incidents, zone);
  const entry = ({ artifact, why, detail }: Candidate): MenuEntry => ({ label: <span className="mono">{why}</span>, detail, checked: artifact.id === against, onSelect: () => onChange(artifact.id) });
  const group = (label: string, candidates: readonly Candidate[]): readonly MenuEntry[] => (candidates.length === 0 ? [] : [{ kind: 'heading', label }, ...candidates.map(entry)]);
  const first = [deployment, sibling].filter(each => each !== null).map(entry);
  const entries = [...first, ...group('Earlier, of this service', previous), ...group('Other processes of this service', siblings), ...group('Another profile', others)];
  const chosen = artifacts.find(({ id }) => id === against);
  const none: MenuEntry = { kind: 'heading', label: 'There is no other profile of this kind. Take one of a sibling, or after a change.' };
  return (
    <span className="row gap1">
      <Menu entries={entries.length === 0 ? [none] : entries} label="Compare with" align="end">
        <Button size="s" icon="diff" iconAfter="chev" on={against !== undefined} title={state ?? 'Colours then say what became slower or faster'}>{against === undefined ? 'Compare' : `Diff with ${chosen === undefined ? 'another' : `${formatClock(takenAt(chosen), zone)}${chosen.process === null ? '' : `, pid ${chosen.process.pid}`}`}`}{state !== null && <span className="t3">{state}</span>}</Button>
      </Menu>
      {against !== undefined && <IconButton icon="x" label="End the comparison" size="s" variant="ghost" onClick={() => onChange(undefined)} />}
    </span>
  );
}
