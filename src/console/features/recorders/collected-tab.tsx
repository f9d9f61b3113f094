// What was collected from a recorder before, newest first.
import { Link } from '@tanstack/react-router';
import { useArtifacts } from '../../api/index.ts';
import type { Artifact } from '../../../model/index.ts';
import { EmptyState, formatBytes, SkeletonRows, Table, Time } from '../../ui/index.ts';
import { LoadFailure } from './load-failure.tsx';

export function CollectedTab({ name }: { readonly name: string }) {
  const { data, error, refetch } = useArtifacts({ kind: 'recorder', q: name });
  if (data === undefined) return error === null ? <SkeletonRows rows={3} /> : <LoadFailure error={error} onRetry={() => void refetch()} />;
  if (data.artifacts.length === 0) return <EmptyState title="Nothing was collected from it yet">Press Collect above: the records come as one file that opens in the tail. A net can collect it too, with <span className="mono t1">collect-recorder</span> among its actions.</EmptyState>;
  return (
    <div className="scroll">
      <Table label={`Collected from ${name}`} rows={data.artifacts} rowKey={({ id }) => id} columns={[
        { key: 'when', head: 'Collected', cell: ({ createdUnixMs }) => <Time at={createdUnixMs} show="both" /> },
        { key: 'agent', head: 'Agent', width: 90, cell: ({ agent, by }) => <span className="t2">{agent?.name ?? by ?? '–'}</span> },
        { key: 'size', head: 'Size', width: 76, numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
        { key: 'open', head: <span className="vh">Open</span>, width: 60, cell: artifact => <Open artifact={artifact} /> },
      ]} />
    </div>
  );
}

function Open({ artifact: { id, state } }: { readonly artifact: Artifact }) {
  return state === 'stored' ? <Link to="/tail" search={{ recording: id }}>Open</Link> : <span className="t3">{state}</span>;
}
