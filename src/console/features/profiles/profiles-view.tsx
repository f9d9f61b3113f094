// The view: the list of profiles when none is chosen, else the chosen one, from the server or from this machine.
import { useArtifact, useArtifacts } from '../../api/index.ts';
import { keepLocalFile, profilesSearch, useLocalFiles, useUrlState, type ProfilesSearch } from '../../state/index.ts';
import { Button, DropZone, EmptyState, ErrorState, formatBytes, OpenFileButton, Pane, Progress, SkeletonRows, ViewBar } from '../../ui/index.ts';
import { ProfileList } from './list/profile-list.tsx';
import { ProfilePage } from './profile-page.tsx';
import './profiles.css';

/** A profile's own state goes when another one is opened; how it is looked at stays. */
const fresh = { artifact: undefined, local: undefined, against: undefined, part: undefined, weight: undefined, from: undefined, to: undefined, threads: undefined, hidden: undefined, focus: undefined, at: undefined, zoom: undefined } as const satisfies Partial<ProfilesSearch>;

export function ProfilesView() {
  const [search, set] = useUrlState(profilesSearch);
  const open = (artifact: string) => set({ ...fresh, artifact });
  const openFile = (file: File) => { keepLocalFile('profile', file); set({ ...fresh, local: file.name }); };
  const list = () => set(fresh);
  const shared = { search, set, onOpen: open, onFile: openFile, onList: list };
  return (
    <DropZone className="prof-drop" onFile={openFile}>
      {search.local !== undefined ? <OfThisMachine {...shared} name={search.local} />
        : search.artifact !== undefined ? <OfTheServer {...shared} id={search.artifact} /> : <ProfileList filter={search} onFilter={patch => set(patch, { replace: true })} onPick={({ id }) => open(id)} onFile={openFile} />}
    </DropZone>
  );
}

export interface ProfileViewProps {
  readonly search: ProfilesSearch; readonly set: (patch: Partial<ProfilesSearch>, options?: { readonly replace?: boolean }) => void;
  readonly onOpen: (artifact: string) => void; readonly onFile: (file: File) => void; readonly onList: () => void;
}

function OfThisMachine({ name, ...view }: ProfileViewProps & { readonly name: string }) {
  const file = useLocalFiles(({ profile }) => profile.find(each => each.name === name));
  if (file !== undefined) return <ProfilePage key={`${name} ${file.lastModified} ${file.size}`} {...view} artifact={null} file={file} />;
  return (
    <Without onList={view.onList}>
      <EmptyState title={`${name} has to be opened again`} actions={<OpenFileButton label="Profile to open" onFile={view.onFile} />}>It was opened from this machine, and a page cannot read a file again by itself. Drop it here; to have it behind a link, keep it as an artifact.</EmptyState>
    </Without>
  );
}

function OfTheServer({ id, ...view }: ProfileViewProps & { readonly id: string }) {
  const one = useArtifact(id);
  const listed = useArtifacts({ kind: 'cpu-profile' }).data?.artifacts.find(each => each.id === id);
  const artifact = one.data ?? listed;
  if (artifact === undefined) return <Without onList={view.onList}>{one.error === null ? <SkeletonRows label="Loading the profile" /> : <ErrorState title="There is no such profile" actions={<Button size="s" onClick={view.onList}>All profiles</Button>}>It was deleted, or its time was over.</ErrorState>}</Without>;
  const { name, state, bytes, receivedBytes } = artifact;
  if (state === 'stored') return <ProfilePage key={id} {...view} artifact={artifact} file={null} />;
  return (
    <Without onList={view.onList}>
      {state === 'uploading'
        ? <div className="prof-opening"><Progress label={`${name} is on its way`} share={bytes === 0 ? 0 : receivedBytes / bytes} left={`${formatBytes(receivedBytes)} of ${formatBytes(bytes)}`} /><p className="t3">It opens as soon as it is whole.</p></div>
        : <ErrorState title={`${name} is ${state}`} actions={<Button size="s" onClick={view.onList}>All profiles</Button>}>{state === 'damaged' ? 'Its bytes are not those that were announced: the hash differs.' : 'Its file is gone from the store.'} Take another sample.</ErrorState>}
    </Without>
  );
}

const Without = ({ onList, children }: { readonly onList: () => void; readonly children: React.ReactNode }) => (
  <div className="col grow"><ViewBar title="Profile"><Button size="s" icon="list" onClick={onList}>All profiles</Button></ViewBar><Pane well className="grow">{children}</Pane></div>
);
