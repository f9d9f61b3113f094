// Which profile: a button that says what it is of, and the others behind it.
import type { Artifact } from '../../../../model/index.ts';
import { formatBytes, formatDuration, Icon, Menu, type MenuEntry, type TimeZoneMode } from '../../../ui/index.ts';
import { detailOf, isProfile, subjectOf } from '../list/profile-artifacts.ts';
import { useRef } from 'react';

export interface ChooserProps { readonly artifact: Artifact | null; readonly file: File | null; readonly artifacts: readonly Artifact[]; readonly zone: TimeZoneMode; readonly duration: number | null; readonly onOpen: (artifact: string) => void; readonly onList: () => void; readonly onFile: (file: File) => void }

export function Chooser({ artifact, file, artifacts, zone, duration, onOpen, onList, onFile }: ChooserProps) {
  const input = useRef<HTMLInputElement>(null);
  const listed = artifacts.filter(each => isProfile(each) && each.state === 'stored').slice(0, 12);
  const entries: readonly MenuEntry[] = [
    ...listed.map((each): MenuEntry => ({ label: <span className="mono">{subjectOf(each)}</span>, detail: detailOf(each, zone), checked: each.id === artifact?.id, onSelect: () => onOpen(each.id) })),
    ...(listed.length > 0 ? [{ kind: 'separator' } as const] : []),
    { label: 'All profiles', icon: 'list', onSelect: onList }, { label: 'Open a file…', icon: 'file', onSelect: () => input.current?.click() },
  ];
  return (
    <>
      <input ref={input} type="file" hidden aria-label="Another profile to open" onChange={event => { const chosen = event.target.files?.[0]; event.target.value = ''; if (chosen !== undefined) onFile(chosen); }} />
      <Menu entries={entries} label="Profiles">
        <button type="button" className="sel s prof-chooser">
          <span className="vh">Profile: </span><span className="mono ell">{artifact === null ? file?.name : subjectOf(artifact)}</span>
          <span className="t3 ell">{[artifact === null ? `of this machine, ${formatBytes(file?.size ?? 0)}` : detailOf(artifact, zone), ...(duration === null ? [] : [formatDuration(duration / 1e6)])].join(', ')}</span>
          <Icon name="chev" size="s" className="chev" />
        </button>
      </Menu>
    </>
  );
}
