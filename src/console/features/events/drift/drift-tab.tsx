// What changed about events of the whole fleet, the newest first. A row leads to its event.
import { useDeferredValue } from 'react';
import { driftKinds } from '../../../../model/index.ts';
import type { Drift, DriftKind } from '../../../../model/index.ts';
import { useAliases, useDriftFeed } from '../../../api/index.ts';
import type { EventsSearch } from '../../../state/index.ts';
import { Button, Chip, EmptyState, formatCount, Input, Pane, Select, SkeletonRows, Table, Time, type TableColumn } from '../../../ui/index.ts';
import type { SetSearch } from '../events-view.tsx';
import { Closed, driftIcons, driftTones, driftWord, driftWords, WasNow } from '../words/drift-words.tsx';
import { LoadFailure } from '../words/load-failure.tsx';
import { Proposals } from '../words/proposals.tsx';
import { Rejected } from '../words/rejected.tsx';
import { findDrift } from './find-drift.ts';

const all = '*';
const mostShown = 500;

export function DriftTab({ search, set }: { readonly search: EventsSearch; readonly set: SetSearch }) {
  const { data, error, refetch } = useDriftFeed(mostShown);
  const aliases = useAliases().data ?? [];
  const find = useDeferredValue(search.find ?? '');
  const found = findDrift(data ?? [], { find, service: search.service, kind: search.change });
  const open = (one: Drift) => set({ tab: undefined, find: undefined, service: undefined, id: one.durableId, eventService: one.service, eventSignal: one.signal, pane: 'drift' });
  const services = [...new Set([...(data ?? []).map(({ service }) => service), ...(search.service === undefined ? [] : [search.service])])].toSorted();
  const choose = (patch: Partial<EventsSearch>) => set(patch, { replace: true });
  return (
    <Pane className="grow ev-drift" label="Changes of the fleet">
      <div className="ev-tools">
        <Input small type="search" className="ev-find" aria-label="Find a change" placeholder="Event, field, version" value={search.find ?? ''} onChange={event => choose({ find: event.target.value === '' ? undefined : event.target.value })} />
        <Select<DriftKind | '*'> size="s" label="Kind of change" value={search.change ?? all} options={[{ value: all, label: 'every change' }, ...driftKinds.map(value => ({ value, label: driftWords[value] }))]} onChange={value => choose({ change: value === all ? undefined : value })} />
        <Select size="s" label="Service" value={search.service ?? all} options={[{ value: all, label: 'all services' }, ...services.map(value => ({ value, label: value === '' ? '(no service)' : value }))]} onChange={value => choose({ service: value === all ? undefined : value })} />
        <span className="end meta t3 nw">{data === undefined ? '' : data.length >= mostShown ? `the newest ${formatCount(mostShown)}; ${formatCount(found.length)} fit` : `${formatCount(found.length)} of ${formatCount(data.length)}`}</span>
      </div>
      <div className="grow scroll">
        <Proposals aliases={aliases} />
        {data === undefined && (error === null ? <SkeletonRows rows={14} label="Loading changes" /> : <LoadFailure error={error} onRetry={() => void refetch()} />)}
        {data?.length === 0 && <EmptyState title="No event has changed">Once an event was seen for a while, a field that comes, goes or changes its type, a jump in how many values it has, a step in its rate, a new id after a deployment and a rename show here within ten seconds.</EmptyState>}
        {data !== undefined && data.length > 0 && found.length === 0 && <EmptyState title="No change fits the filter" actions={<Button size="s" onClick={() => set({ find: undefined, change: undefined, service: undefined })}>Show all changes</Button>} />}
        {found.length > 0 && <Table label="Changes of the fleet" columns={columns} rows={found} rowKey={({ id }) => id} rowProps={one => (one.closed === undefined ? {} : { className: 'ev-over' })} onPick={open} rowLabel={one => `${driftWord(one)}: ${one.field ?? ''} of ${one.durableId}, was ${one.was}, is now ${one.now}`} />}
        <Rejected aliases={aliases} />
      </div>
    </Pane>
  );
}

const columns: readonly TableColumn<Drift>[] = [
  { key: 'since', head: 'Since', width: 76, cell: one => <span className="t2">{one.since === undefined ? <span className="t3">–</span> : <Time at={one.since} />}</span> },
  { key: 'at', head: 'Noticed', width: 148, cell: one => <span className="t2"><Time at={one.at} show="both" /></span> },
  { key: 'kind', head: 'Change', width: 138, cell: one => <Chip tone={one.closed === undefined ? driftTones[one.kind] : 'line'} icon={driftIcons[one.kind]}>{driftWord(one)}</Chip> },
  { key: 'event', head: 'Event', width: 220, cell: one => <span className="mono" title={one.durableId}>{one.durableId}</span> },
  { key: 'service', head: 'Service', width: 96, className: 'c-service', cell: one => <span className="t2">{one.service}</span> },
  { key: 'field', head: 'Field', width: 150, cell: one => (one.field === undefined ? <span className="t3">–</span> : <span className="mono" title={one.field}>{one.field}</span>) },
  { key: 'what', head: 'Was → is now', cell: one => <span title={`${one.was} → ${one.now}${one.closed === undefined ? '' : `; closed: ${one.closed.why}`}`}>{one.closed === undefined ? <WasNow drift={one} /> : <Closed drift={one} />}</span> },
  { key: 'version', head: 'With version', width: 104, className: 'c-version', cell: one => (one.version === undefined ? <span className="t3">–</span> : <span className="mono">{one.version}</span>) },
];
