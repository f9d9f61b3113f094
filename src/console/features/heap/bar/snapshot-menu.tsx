// Which snapshot: a button that says what it is of, and the others behind it.
import { useRef } from 'react';
import type { Artifact } from '../../../../model/index.ts';
import { formatBytes, Icon, Menu, type MenuEntry, type TimeZoneMode } from '../../../ui/index.ts';
import { detailOf, isSnapshot, subjectOf } from '../words/snapshots.ts';

export interface SnapshotMenuProps { readonly artifact: Artifact | null; readonly file: File | null; readonly artifacts: readonly Artifact[]; readonly zone: TimeZoneMode; readonly onOpen: (artifact: string) => void; readonly onList: () => void; readonly onFile: (file: File) => void }

export function SnapshotMenu({ artifact, file, artifacts, zone, onOpen, onList, onFile }: SnapshotMenuProps) {
  const input = useRef<HTMLInputElement>(null);
  const listed = artifacts.filter(isSnapshot).slice(0, 12);
  const entries: readonly MenuEntry[] = [
    ...listed.map((each): MenuEntry => ({ label: <span className="mono">{subjectOf(each)}</span>, detail: detailOf(each, zone), checked: each.id === artifact?.id, onSelect: () => onOpen(each.id) })),
    ...(listed.length > 0 ? [{ kind: 'separator' } as const] : []),
    { label: 'All snapshots', icon: 'list', onSelect: onList }, { label: 'Open a file…', icon: 'file', onSelect: () => input.current?.click() },
  ];
  const [subject, detail] = artifact === null ? [file?.name ?? '', `of this machine, ${formatBytes(file?.size ?? 0)}`] : [subjectOf(artifact), detailOf(artifact, zone)];
  return (
    <>
      <input ref={input} type="file" hidden aria-label="Another snapshot to open" onChange={event => { const chosen = event.target.files?.[0]; event.target.value = ''; if (chosen !== undefined) onFile(chosen); }} />
      <Menu entries={entries} label="Snapshots"><button type="button" className="sel s heap-chooser" aria-label={`Snapshot: ${subject}, ${detail}`}><span className="mono ell">{subject}</span><span className="t3 ell">{detail}</span><Icon name="chev" size="s" className="chev" /></button></Menu>
    </>
  );
}
