// Compare with another profile: the previous one of the service and a sibling stand first, so that both are two clicks away.
import type { Artifact } from '../../../../model/index.ts';
import { Button, formatClock, IconButton, Menu, type MenuEntry, type TimeZoneMode } from '../../../ui/index.ts';
import { candidatesFor, takenAt, type Candidate } from '../list/profile-artifacts.ts';

export interface CompareMenuProps { readonly shown: Artifact | null; readonly artifacts: readonly Artifact[]; readonly zone: TimeZoneMode; readonly against: string | undefined; readonly state: string | null; readonly onChange: (artifact: string | undefined) => void }

export function CompareMenu({ shown, artifacts, zone, against, state, onChange }: CompareMenuProps) {
  const { previous, siblings, others } = candidatesFor(shown, artifacts, zone);
  const group = (label: string, candidates: readonly Candidate[]): readonly MenuEntry[] => (candidates.length === 0 ? [] : [{ kind: 'heading', label }, ...candidates.map(({ artifact, why, detail }): MenuEntry => ({ label: <span className="mono">{why}</span>, detail, checked: artifact.id === against, onSelect: () => onChange(artifact.id) }))]);
  const entries = [...group('The previous of this service', previous), ...group('A sibling: same service, other process', siblings), ...group('Another profile', others)];
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
