// The profiles that the server holds, newest first; and, where there is none, how to get one.
import { Link } from '@tanstack/react-router';
import { explainFailure, useArtifacts } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { Button, Chip, EmptyState, ErrorState, formatBytes, formatCount, Icon, OpenFileButton, Pane, plural, SkeletonRows, Table, Time, ViewBar } from '../../../ui/index.ts';
import type { TableColumn } from '../../../ui/index.ts';
import { ListFilterBar } from './list-filter-bar.tsx';
import { choicesOf, isListed, noFilter, type ListFilter } from './list-filter.ts';
import { isProfile, kindWords, takenAt } from './profile-artifacts.ts';

export interface ProfileListProps { readonly filter: ListFilter; readonly onFilter: (patch: Partial<ListFilter>) => void; readonly onPick: (artifact: Artifact) => void; readonly onFile: (file: File) => void }

export function ProfileList({ filter, onFilter, onPick, onFile }: ProfileListProps) {
  const cpu = useArtifacts({ kind: 'cpu-profile' });
  const heap = useArtifacts({ kind: 'heap-profile' });
  const error = cpu.error ?? heap.error;
  const all = [...cpu.data?.artifacts ?? [], ...heap.data?.artifacts ?? []].filter(isProfile).toSorted((a, b) => takenAt(b) - takenAt(a));
  const more = (cpu.data?.more ?? 0) + (heap.data?.more ?? 0);
  const shown = all.filter(each => isListed(each, filter));
  const ready = cpu.data !== undefined && heap.data !== undefined;
  return (
    <div className="col grow">
      <ViewBar title="Profiles" meta={!ready ? undefined : shown.length === all.length ? plural(all.length + more, 'profile') : `${formatCount(shown.length)} of ${plural(all.length + more, 'profile')}`}>
        <OpenFileButton label="Profile to open" onFile={onFile} /><Link className="btn s primary" to="/dumps" search={{ run: 'cpu-sample' }}><Icon name="flame" size="s" />Take a CPU sample</Link>
      </ViewBar>
      {all.length > 0 && <ListFilterBar filter={filter} choices={choicesOf(all, filter)} onChange={onFilter} />}
      <Pane className="grow prof-list">
        <div className="scroll grow">
          {!ready && (error === null ? <SkeletonRows label="Loading the profiles" /> : <Failed error={error} onRetry={() => { void cpu.refetch(); void heap.refetch(); }} />)}
          {ready && all.length === 0 && <NoneYet onFile={onFile} />}
          {all.length > 0 && shown.length === 0 && <EmptyState title="No profile is like that" actions={<Button size="s" onClick={() => onFilter(noFilter)}>Show all</Button>}>{plural(all.length, 'profile')} {all.length === 1 ? 'is' : 'are'} of another kind, service, agent or name.</EmptyState>}
          {shown.length > 0 && <Table label="Profiles" columns={columns} rows={shown} rowKey={({ id }) => id} onPick={onPick} rowLabel={artifact => `${kindWords(artifact)} ${artifact.name}`} />}
          {more > 0 && <p className="pad t3">{plural(more, 'older profile')}: <Link to="/dumps" search={{ kind: 'cpu-profile' }}>Dumps</Link> finds them.</p>}
        </div>
      </Pane>
    </div>
  );
}

function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { title, help, details } = explainFailure(error);
  return <ErrorState title={title} details={details} onRetry={onRetry}>{help}</ErrorState>;
}

const NoneYet = ({ onFile }: { readonly onFile: (file: File) => void }) => (
  <EmptyState title="No profile was taken yet" actions={<><Link className="btn s primary" to="/dumps" search={{ run: 'cpu-sample' }}>Take a CPU sample</Link><Link className="btn s" to="/fleet">Choose an agent in Fleet</Link><OpenFileButton label="Profile to open" onFile={onFile} /></>}>
    Take a CPU sample of a process: seconds of its work, while it runs on. Or drop a file here: it opens in this page, without the server. Read are V8 .cpuprofile and .heapprofile, Chrome traces, pprof, perf script, folded stacks, speedscope and OTLP profiles.
  </EmptyState>
);

const columns: readonly TableColumn<Artifact>[] = [
  { key: 'kind', head: 'Kind', width: 120, cell: artifact => <span className="row"><Icon name="flame" size="s" className="t3" />{kindWords(artifact)}</span> },
  { key: 'name', head: 'Name', cell: ({ name, summary }) => <span className="row"><span className="mono ell" title={summary}>{name}</span></span> },
  { key: 'service', head: 'Service', width: 110, cell: ({ service }) => service ?? <span className="t3">–</span> },
  { key: 'process', head: 'Process', width: 110, className: 'c-process', cell: ({ process }) => (process === null ? <span className="t3">–</span> : <span className="t2">{process.name} <span className="t3">{process.pid}</span></span>) },
  { key: 'samples', head: 'Samples', width: 80, numeric: true, className: 'c-samples', cell: ({ figures }) => (figures['samples'] === undefined ? <span className="t3">–</span> : formatCount(figures['samples'])) },
  { key: 'size', head: 'Size', width: 80, numeric: true, className: 'c-size', cell: ({ bytes }) => formatBytes(bytes) },
  { key: 'when', head: 'Taken', width: 176, cell: artifact => <Time at={takenAt(artifact)} show="both" /> },
  { key: 'agent', head: 'From', width: 120, className: 'c-from', cell: ({ agent, by }) => agent?.name ?? `brought by ${by ?? 'someone'}` },
  { key: 'state', head: 'State', width: 90, cell: ({ state }) => (state === 'stored' ? <span className="t3">stored</span> : <Chip tone={state === 'uploading' ? 'pending' : 'danger'}>{state === 'uploading' ? 'arriving' : state}</Chip>) },
];

