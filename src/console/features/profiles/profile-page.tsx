// One profile: its bar, and while it is read what comes of it; then the graph with all around it.
import { useNavigate } from '@tanstack/react-router';
import { contentUrl, useArtifacts, useBringFiles } from '../../api/index.ts';
import type { Artifact } from '../../../model/index.ts';
import { keepLocalFile } from '../../state/index.ts';
import { Button } from '../../ui/index.ts';
import type { ProfileSource } from '../../workers/profile/index.ts';
import { ProfileBar } from './bar/profile-bar.tsx';
import { Opening } from './open/opening.tsx';
import { useProfile } from './open/use-profile.ts';
import { Workbench } from './workbench.tsx';
import type { ProfileViewProps } from './profiles-view.tsx';

export interface ProfilePageProps extends ProfileViewProps { /** Of the two one is given. */ readonly artifact: Artifact | null; readonly file: File | null }

export function ProfilePage({ artifact, file, ...view }: ProfilePageProps) {
  const name = artifact?.name ?? file?.name ?? '';
  const { current, again } = useProfile(artifact?.id ?? name, sourceOf(artifact, file), view.search.part ?? 0);
  const artifacts = useKindred(artifact);
  const bring = useBringFiles();
  const keep = async () => {
    if (file === null) return;
    const came = await bring([file]);
    if (came?.artifact != null) view.set({ local: undefined, artifact: came.artifact.id }, { replace: true });
  };
  const bar = { ...view, artifact, file, artifacts, onKeep: () => void keep(), onPart: (part: number) => view.set({ ...ofOnePart, part: part === 0 ? undefined : part }) };
  if (current.state !== 'open') return (
    <div className="col grow">
      <ProfileBar {...bar} profile={null} client={null} />
      <Opening current={current} name={name} onAgain={again} {...(file !== null && { otherwise: isHeap(file) ? <OpenAsHeap file={file} /> : <Button size="s" icon="deploy" onClick={bar.onKeep}>Bring it as an artifact</Button> })} />
    </div>
  );
  return <Workbench {...bar} profile={current.profile} client={current.client} />;
}

const isHeap = (file: File): boolean => file.name.endsWith('.heapsnapshot');

/** It stays on this machine there, too. */
function OpenAsHeap({ file }: { readonly file: File }) {
  const navigate = useNavigate();
  return <Button size="s" variant="primary" icon="box" onClick={() => { keepLocalFile('heap', file); void navigate({ to: '/dumps/heap', search: { local: file.name } }); }}>Open in the heap view</Button>;
}

/** Threads, times and functions of one profile mean nothing in another of its file. */
const ofOnePart = { weight: undefined, from: undefined, to: undefined, threads: undefined, focus: undefined, at: undefined, zoom: undefined } as const;

/** What may be chosen instead, or compared with: profiles of the service, and the newest of all. */
function useKindred(artifact: Artifact | null): readonly Artifact[] {
  const kind = artifact?.kind ?? 'cpu-profile';
  const newest = useArtifacts({ kind }).data?.artifacts ?? [];
  const own = useArtifacts({ kind, q: artifact?.service ?? undefined }).data?.artifacts ?? [];
  return [...new Map([...newest, ...own].map(each => [each.id, each])).values()];
}

function sourceOf(artifact: Artifact | null, file: File | null): ProfileSource {
  if (file !== null) return { kind: 'file', file };
  return { kind: 'artifact', url: contentUrl(artifact?.id ?? ''), name: artifact?.name ?? '', bytes: artifact?.bytes ?? 0 };
}
