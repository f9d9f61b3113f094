// One snapshot: its bar, and while it is read what comes of it; then everything about it.
import { contentUrl, useArtifacts, useBringFiles } from '../../api/index.ts';
import type { Artifact } from '../../../model/index.ts';
import { Button } from '../../ui/index.ts';
import type { HeapSource } from '../../workers/heap/index.ts';
import { HeapBar } from './bar/heap-bar.tsx';
import type { HeapViewProps } from './heap-view.tsx';
import { Opening } from './open/opening.tsx';
import { useHeap } from './open/use-heap.ts';
import { Workbench } from './workbench.tsx';

export interface HeapPageProps extends HeapViewProps { /** Of the two one is given. */ readonly artifact: Artifact | null; readonly file: File | null }

export function HeapPage({ artifact, file, ...view }: HeapPageProps) {
  const name = artifact?.name ?? file?.name ?? '';
  const { current, again } = useHeap(artifact?.id ?? name, sourceOf(artifact, file));
  const artifacts = useArtifacts({ kind: 'heap-snapshot' }).data?.artifacts ?? [];
  const bring = useBringFiles();
  const keep = async () => {
    if (file === null) return;
    const came = await bring([file]);
    if (came?.artifact != null) view.set({ local: undefined, artifact: came.artifact.id }, { replace: true });
  };
  const bar = { ...view, artifact, file, artifacts, onKeep: () => void keep() };
  if (current.state === 'open') return <Workbench {...bar} heap={current.heap} client={current.client} />;
  return (
    <div className="col grow">
      <HeapBar {...bar} comparing={null} reveal={null} />
      <Opening current={current} name={name} onAgain={again} {...(file !== null && { otherwise: <Button size="s" icon="deploy" onClick={bar.onKeep}>Bring it as an artifact</Button> })} />
    </div>
  );
}

export function sourceOf(artifact: Artifact | null, file: File | null): HeapSource {
  if (file !== null) return { kind: 'file', file };
  return { kind: 'artifact', url: contentUrl(artifact?.id ?? ''), name: artifact?.name ?? '', bytes: artifact?.bytes ?? 0 };
}
