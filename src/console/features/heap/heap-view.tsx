// The view: the list of snapshots when none is chosen, else the chosen one, from the server or from this machine.
import { useArtifact } from '../../api/index.ts';
import { heapSearch, keepLocalFile, useLocalFiles, useUrlState, type HeapSearch } from '../../state/index.ts';
import { Button, DropZone, EmptyState, ErrorState, formatBytes, OpenFileButton, Pane, Progress, SkeletonRows, ViewBar } from '../../ui/index.ts';
import './heap.css';
import { HeapPage } from './heap-page.tsx';
import { SnapshotList } from './list/snapshot-list.tsx';

/** A snapshot's own state goes when another one is opened; how it is looked at stays. */
const fresh = { artifact: undefined, local: undefined, compare: undefined, node: undefined, find: undefined } as const satisfies Partial<HeapSearch>;

export interface HeapViewProps {
  readonly search: HeapSearch; readonly set: (patch: Partial<HeapSearch>, options?: { readonly replace?: boolean }) => void;
  readonly onOpen: (artifact: string) => void; readonly onFile: (file: File) => void; readonly onList: () => void;
}

export function HeapView() {
  const [search, set] = useUrlState(heapSearch);
  const open = (artifact: string) => set({ ...fresh, artifact });
  const openFile = (file: File) => { keepLocalFile(file); set({ ...fresh, local: file.name }); };
  const shared: HeapViewProps = { search, set, onOpen: open, onFile: openFile, onList: () => set(fresh) };
  return (
    <DropZone onFile={openFile}>
      {search.local !== undefined ? <OfThisMachine {...shared} name={search.local} /> : search.artifact !== undefined ? <OfTheServer {...shared} id={search.artifact} /> : <SnapshotList onOpen={open} onFile={openFile} />}
    </DropZone>
  );
}

function OfThisMachine({ name, ...view }: HeapViewProps & { readonly name: string }) {
  const file = useLocalFiles(({ files }) => files.find(each => each.name === name));
  if (file !== undefined) return <HeapPage key={`${name} ${file.lastModified} ${file.size}`} {...view} artifact={null} file={file} />;
  return (
    <Without onList={view.onList}>
      <EmptyState title={`${name} has to be opened again`} actions={<OpenFileButton label="Snapshot to open" onFile={view.onFile} />}>It was opened from this machine, and a page cannot read a file again by itself. Drop it here; to have it behind a link, keep it as an artifact.</EmptyState>
    </Without>
  );
}

function OfTheServer({ id, ...view }: HeapViewProps & { readonly id: string }) {
  const { data: artifact, error } = useArtifact(id);
  if (artifact === undefined) return <Without onList={view.onList}>{error === null ? <SkeletonRows label="Loading the snapshot" /> : <ErrorState title="There is no such snapshot" actions={<Button size="s" onClick={view.onList}>All snapshots</Button>}>It was deleted, or its time was over.</ErrorState>}</Without>;
  const { name, state, bytes, receivedBytes } = artifact;
  if (state === 'stored') return <HeapPage key={id} {...view} artifact={artifact} file={null} />;
  return (
    <Without onList={view.onList}>
      {state === 'uploading'
        ? <div className="heap-opening"><Progress label={`${name} is on its way`} share={bytes === 0 ? 0 : receivedBytes / bytes} left={`${formatBytes(receivedBytes)} of ${formatBytes(bytes)}`} /><p className="t3">It opens as soon as it is whole.</p></div>
        : <ErrorState title={`${name} is ${state}`} actions={<Button size="s" onClick={view.onList}>All snapshots</Button>}>{state === 'damaged' ? 'Its bytes are not those that were announced: the hash differs.' : 'Its file is gone from the store.'} Take another dump.</ErrorState>}
    </Without>
  );
}

const Without = ({ onList, children }: { readonly onList: () => void; readonly children: React.ReactNode }) => (
  <div className="col grow"><ViewBar title="Heap snapshot"><Button size="s" icon="list" onClick={onList}>All snapshots</Button></ViewBar><Pane well className="grow">{children}</Pane></div>
);
