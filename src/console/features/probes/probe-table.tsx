// The table of probes: one line each, over the whole fleet, with owner and age.
import type { FleetProbe } from '../../../model/index.ts';
import { Chip, formatCount, formatDuration, formatPercent, formatRate, Table, useNow } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { endWords, kindWords, longKind, placesWords, stateTones, stateWords, whatWords } from './words.ts';

export interface ProbeTableProps { readonly probes: readonly FleetProbe[]; readonly selected: string | undefined; readonly onPick: (probe: FleetProbe) => void }

export function ProbeTable({ probes, selected, onPick }: ProbeTableProps) {
  const now = useNow();
  return <Table label="Probes" columns={columnsOf(now)} rows={probes} rowKey={({ id }) => id} selectedKey={selected ?? null} onPick={onPick} rowLabel={({ name, what, state }) => `${name}, ${kindWords[what.kind]} at ${whatWords(what)}, ${stateWords[state]}`} />;
}

const none = <span className="t3">–</span>;

const columnsOf = (now: number): readonly TableColumn<FleetProbe>[] => [
  { key: 'name', head: 'Probe', cell: ({ name, state, what }) => <span className="row"><span className={`dot ${state === 'active' ? '' : state === 'paused' ? 'amb' : state === 'failed' || state === 'refused' ? 'red' : 'off'}`} /><span className="mono ell">{name}</span><span className="t3 ell">{longKind(what)}</span></span> },
  { key: 'at', head: 'At', cell: ({ what }) => <span className="mono ell" title={whatWords(what)}>{whatWords(what)}</span> },
  { key: 'state', head: 'State', width: 176, cell: ({ state, end }) => <span className="row gap1"><Chip tone={stateTones[state]}>{stateWords[state]}</Chip>{end !== null && end !== 'refused' && <span className="t3 ell" title={endWords[end]}>{endWords[end]}</span>}</span> },
  { key: 'in', head: 'In', width: 130, className: 'c-in', cell: ({ places, agent }) => <span className="ell" title={`${placesWords(places)} on ${agent.name}`}>{placesWords(places) === '' ? <span className="t3">{agent.name}</span> : placesWords(places)}</span> },
  { key: 'hits', head: 'Hits', width: 68, numeric: true, cell: ({ hits }) => formatCount(hits) },
  { key: 'rate', head: 'Per second', width: 76, numeric: true, className: 'c-rate', cell: ({ places }) => { const rates = places.flatMap(({ trueRate }) => trueRate ?? []); return rates.length === 0 ? none : formatRate(rates.reduce((sum, rate) => sum + rate, 0)); } },
  { key: 'cpu', head: 'CPU', width: 60, numeric: true, className: 'c-cpu', cell: ({ places }) => { const shares = places.flatMap(({ cpuShare }) => cpuShare ?? []); return shares.length === 0 ? none : formatPercent(Math.max(...shares)); } },
  { key: 'owner', head: 'Owner', width: 84, className: 'c-owner', cell: ({ owner }) => <span className="ell">{owner}</span> },
  { key: 'age', head: 'For', width: 76, numeric: true, cell: ({ createdUnixMs, endedUnixMs }) => formatDuration(Math.max(0, (endedUnixMs ?? now) - createdUnixMs)) },
  { key: 'ends', head: 'Ends in', width: 82, numeric: true, className: 'c-ends', cell: ({ expiresUnixMs, endedUnixMs }) => (expiresUnixMs === null || endedUnixMs !== null ? none : formatDuration(Math.max(0, expiresUnixMs - now))) },
];
