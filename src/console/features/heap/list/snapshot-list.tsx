// The snapshots that the server holds, newest first; and, where there is none, how to get one.
import { Link } from '@tanstack/react-router';
import { explainFailure, useArtifacts } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { Chip, EmptyState, ErrorState, formatBytes, formatDuration, Icon, OpenFileButton, Pane, plural, SkeletonRows, Table, Time, ViewBar, type TableColumn } from '../../../ui/index.ts';
import { takenAt } from '../words/snapshots.ts';

export function SnapshotList({ onOpen, onFile }: { readonly onOpen: (artifact: string) => void; readonly onFile: (file: File) => void }) {
  const { data, error, refetch } = useArtifacts({ kind: 'heap-snapshot' });
  const all = (data?.artifacts ?? []).filter(({ format }) => format === 'heapsnapshot');
  return (
    <div className="col grow">
      <ViewBar title="Heap snapshots" meta={data === undefined ? undefined : plural(all.length, 'snapshot')}>
        <OpenFileButton label="Snapshot to open" onFile={onFile} /><Link className="btn s primary" to="/dumps" search={{ run: 'memory-dump' }}><Icon name="dump" size="s" />Take a memory dump</Link>
      </ViewBar>
      <Pane className="grow">
        <div className="scroll grow">
          {data === undefined && (error === null ? <SkeletonRows label="Loading the snapshots" /> : <Failed error={error} onRetry={() => void refetch()} />)}
          {data !== undefined && all.length === 0 && <EmptyState title="No heap snapshot was taken yet" actions={<><Link className="btn s primary" to="/dumps" search={{ run: 'memory-dump' }}>Take a memory dump</Link><OpenFileButton label="Snapshot to open" onFile={onFile} /></>}>A dump of a Node process stands here; the process stands still while it is written. Or drop a .heapsnapshot file here: it opens in this page, without the server.</EmptyState>}
          {all.length > 0 && <Table label="Heap snapshots" columns={columns} rows={all} rowKey={({ id }) => id} onPick={({ id }) => onOpen(id)} rowLabel={({ name }) => `Heap snapshot ${name}`} />}
        </div>
      </Pane>
    </div>
  );
}

function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { title, help, details } = explainFailure(error);
  return <ErrorState title={title} details={details} onRetry={onRetry}>{help}</ErrorState>;
}

const columns: readonly TableColumn<Artifact>[] = [
  { key: 'name', head: 'Name', cell: ({ name, summary }) => <span className="mono ell" title={summary}>{name}</span> },
  { key: 'service', head: 'Service', width: 110, cell: ({ service }) => service ?? <span className="t3">–</span> },
  { key: 'process', head: 'Process', width: 110, cell: ({ process }) => (process === null ? <span className="t3">–</span> : <span className="t2">{process.name} <span className="t3">{process.pid}</span></span>) },
  { key: 'size', head: 'Size', width: 80, numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
  { key: 'pause', head: 'Paused', width: 80, numeric: true, cell: ({ figures: { pauseMs } }) => (pauseMs === undefined ? <span className="t3">–</span> : formatDuration(pauseMs)) },
  { key: 'when', head: 'Taken', width: 176, cell: artifact => <Time at={takenAt(artifact)} show="both" /> },
  { key: 'state', head: 'State', width: 90, cell: ({ state }) => (state === 'stored' ? <span className="t3">stored</span> : <Chip tone={state === 'uploading' ? 'pending' : 'danger'}>{state === 'uploading' ? 'arriving' : state}</Chip>) },
];
