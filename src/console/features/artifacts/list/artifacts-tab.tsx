// The list of artifacts with its filters and quota, and the chosen one beside it.
import { useAgents, useArtifact, useArtifacts } from '../../../api/index.ts';
import type { ArtifactKind } from '../../../../model/index.ts';
import type { DumpsSearch } from '../../../state/index.ts';
import { Button, EmptyState, ErrorState, formatBytes, Input, Meter, Pane, plural, ResizablePanes, Select, SkeletonRows } from '../../../ui/index.ts';
import { kindNames } from '../words/artifact-words.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { ArtifactPane } from './artifact-pane.tsx';
import { ArtifactTable } from './artifact-table.tsx';

export interface TabProps { readonly search: DumpsSearch; readonly set: (patch: Partial<DumpsSearch>, options?: { readonly replace?: boolean }) => void; readonly onRun: () => void }

export function ArtifactsTab({ search, set, onRun }: TabProps) {
  const { kind, agent, incident, find } = search;
  const { data, error, refetch } = useArtifacts({ kind, agent, incident, q: find });
  const one = useArtifact(search.artifact);
  const chosen = one.data ?? data?.artifacts.find(({ id }) => id === search.artifact);
  const filtered = kind !== undefined || agent !== undefined || incident !== undefined || find !== undefined;
  const close = () => set({ artifact: undefined, against: undefined });
  const list = (
    <Pane className="grow dump-list">
      <Tools search={search} set={set} />
      <div className="scroll grow">
        {data === undefined && (error === null ? <SkeletonRows /> : <LoadFailure error={error} onRetry={() => void refetch()} />)}
        {data?.artifacts.length === 0 && (filtered
          ? <EmptyState title="No artifact matches" actions={<Button size="s" onClick={() => set({ kind: undefined, agent: undefined, incident: undefined, find: undefined })}>Show all</Button>} />
          : <EmptyState title="Nothing was collected yet" actions={<Button size="s" icon="plus" onClick={onRun}>Run an action</Button>}>Run an action on a process, collect a flight recorder, or drop a file on this window: a profile, a heap snapshot, a packet capture, a recording or a bundle.</EmptyState>)}
        {data !== undefined && data.artifacts.length > 0 && <ArtifactTable artifacts={data.artifacts} selected={search.artifact} onPick={({ id }) => set({ artifact: id, against: undefined })} />}
        {data !== undefined && data.more > 0 && <p className="pad t3">{plural(data.more, 'older artifact')}: narrow the list to see {data.more === 1 ? 'it' : 'them'}.</p>}
      </div>
      {data !== undefined && <Quota {...data.quota} />}
    </Pane>
  );
  const missing = search.artifact !== undefined && chosen === undefined && one.error !== null;
  const second = chosen !== undefined
    ? <ArtifactPane key={chosen.id} artifact={chosen} others={data?.artifacts ?? []} against={search.against} onAgainst={against => set({ against }, { replace: true })} onClose={close} />
    : missing ? <Pane className="grow" label="Artifact"><ErrorState title="There is no such artifact" actions={<Button size="s" onClick={close}>Close</Button>}>It was deleted, or its time was over.</ErrorState></Pane> : null;
  return <ResizablePanes id="dumps.artifact" label="the artifact" defaultSize={640} minSize={360} maxSize={1100} first={list} second={second} />;
}

function Tools({ search, set }: Pick<TabProps, 'search' | 'set'>) {
  const agents = useAgents().data ?? [];
  return (
    <div className="dump-tools">
      <span className="dump-find"><Input small aria-label="Find an artifact" placeholder="Find by name, service, summary" value={search.find ?? ''} onChange={event => set({ find: event.target.value === '' ? undefined : event.target.value }, { replace: true })} /></span>
      <Select size="s" label="Kind" value={search.kind ?? 'all'} onChange={value => set({ kind: value === 'all' ? undefined : value as ArtifactKind })} options={[{ value: 'all', label: 'every kind' }, ...Object.entries(kindNames).map(([value, label]) => ({ value, label }))]} />
      <Select size="s" label="Agent" value={search.agent ?? 'all'} onChange={value => set({ agent: value === 'all' ? undefined : value })} options={[{ value: 'all', label: 'every agent' }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]} />
      {search.incident !== undefined && <Button size="s" on icon="x" onClick={() => set({ incident: undefined })}>of one incident</Button>}
    </div>
  );
}

function Quota({ usedBytes, maxBytes, count, keptDays }: { readonly usedBytes: number; readonly maxBytes: number; readonly count: number; readonly keptDays: number }) {
  const share = maxBytes === 0 ? 0 : usedBytes / maxBytes;
  return (
    <div className="dump-tools bt" role="group" aria-label="Quota">
      <Meter label="Quota used" width={140} share={share} tone={share > 0.9 ? 'attn' : 'plain'} />
      <span className="nw">{formatBytes(usedBytes)} <span className="t3">of {formatBytes(maxBytes)}</span></span><span className="t3 ell">{plural(count, 'artifact')}, kept {plural(keptDays, 'day')} unless pinned; beyond the quota the oldest that is not pinned goes first</span>
    </div>
  );
}
