// A heap snapshot in place: what it weighs, and what is suspected of leaking, in words. All of it opens in the heap view.
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { contentUrl } from '../../../api/index.ts';
import type { Suspect } from '../../../../heap/index.ts';
import { certaintyWords, Chip, EmptyState, formatBytes, formatPercent, plural, SkeletonRows, SuspectWords } from '../../../ui/index.ts';
import { createHeapClient, type HeapClient, type OpenedHeap } from '../../../workers/heap/index.ts';
import { Foot } from './foot.tsx';
import { OpeningState } from './opening-state.tsx';
import type { BodyProps } from './profile-body.tsx';
import { useOpening } from './use-opening.ts';

interface Open { readonly client: HeapClient; readonly heap: OpenedHeap }

export function HeapBody({ artifact }: BodyProps) {
  const { current, again } = useOpening<Open>(artifact.id, async (progress, signal) => {
    const client = createHeapClient();
    signal.addEventListener('abort', () => client.close(), { once: true });
    return { client, heap: await client.ask({ progress: ({ share }) => progress(share) }, 'open', { kind: 'artifact', url: contentUrl(artifact.id), name: artifact.name, bytes: artifact.bytes }) };
  });
  if (current.state !== 'open') return <OpeningState current={current} name={artifact.name} onAgain={again} />;
  const { client, heap } = current.value;
  return (
    <>
      <Suspects client={client} />
      <Foot end={<Link to="/dumps/heap" search={{ artifact: artifact.id }}>Open in the heap view</Link>}>{formatBytes(heap.heapBytes)} in {plural(heap.nodes, 'object')}, file {formatBytes(heap.fileBytes)}</Foot>
    </>
  );
}

function Suspects({ client }: { readonly client: HeapClient }) {
  const [found, setFound] = useState<{ readonly suspects: readonly Suspect[] } | { readonly problem: string } | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    client.ask({ signal: abort.signal }, 'suspects', false).then(suspects => setFound({ suspects }), (error: unknown) => { if (!abort.signal.aborted) setFound({ problem: error instanceof Error ? error.message : String(error) }); });
    return () => abort.abort();
  }, [client]);
  if (found === null) return <div className="grow"><SkeletonRows rows={4} label="Looking for suspects" /></div>;
  if ('problem' in found) return <div className="grow"><EmptyState title="Suspects could not be looked for">{found.problem}</EmptyState></div>;
  if (found.suspects.length === 0) return <div className="grow"><EmptyState title="Nothing stands out">No collection, chain or set of strings holds an unusual share of the heap.</EmptyState></div>;
  return (
    <ul className="bes-suspects scroll grow" tabIndex={0} aria-label="Suspects">
      {found.suspects.map(({ id, kind, words, detail, retained, share, certainty }) => (
        <li key={`${kind} ${id}`}><p className="md"><SuspectWords parts={words} /></p>{detail.length > 0 && <p className="t2"><SuspectWords parts={detail} /></p>}<p className="meta t3">{formatBytes(retained)}, {formatPercent(share)} <Chip tone={certainty === 'sure' ? 'attn' : 'plain'} title={certaintyWords[certainty][1]}>{certaintyWords[certainty][0]}</Chip></p></li>
      ))}
    </ul>
  );
}
