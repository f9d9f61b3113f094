// The table of probes: one line each, over the whole fleet, with owner and age.
import type { FleetProbe } from '../../../model/index.ts';
import { Chip, formatCount, formatDuration, formatRate, Table, Time, useNow } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { roughly } from './hit-words.tsx';
import { cpuOf, hitCount, samplingOf, stateShown } from './sampling.ts';
import { cpuWords, endWords, kindWords, longKind, placesWords, stateWords, whatWords } from './words.ts';

export interface ProbeTableProps { readonly probes: readonly FleetProbe[]; readonly selected: string | undefined; readonly onPick: (probe: FleetProbe) => void; /** When they went in and came out, in place of what they do now. */ readonly over?: boolean }

export function ProbeTable({ probes, selected, onPick, over = false }: ProbeTableProps) {
  const now = useNow(!over);
  return <Table label="Probes" oneStop columns={over ? [...columnsAt(now), ...overColumns] : [...columnsAt(now), ...inColumns(now)]} rows={probes} rowKey={({ id }) => id} selectedKey={selected ?? null} onPick={onPick} rowLabel={({ name, what, state }) => `${name}, ${kindWords[what.kind]} at ${whatWords(what)}, ${stateWords[state]}`} />;
}

const none = <span className="t3">–</span>;

const columnsAt = (now: number): readonly TableColumn<FleetProbe>[] => [
  { key: 'name', head: 'Probe', cell: ({ name, state, what, places }) => <span className="row"><span className={`dot ${dotOf(state, samplingOf({ places }, now) !== null)}`} /><span className="mono ell probe-name" title={name}>{name}</span><span className="t3 ell c-kind">{longKind(what)}</span></span> },
  { key: 'at', head: 'At', cell: ({ what }) => <span className="mono ell" title={whatWords(what)}>{whatWords(what)}</span> },
  { key: 'state', head: 'State', width: 150, className: 'c-state', cell: probe => { const { words, tone } = stateShown(probe.state, samplingOf(probe, now)); return <span className="row gap1"><Chip tone={tone}>{words}</Chip>{probe.end !== null && probe.end !== 'refused' && <span className="t3 ell" title={endWords[probe.end]}>{endWords[probe.end]}</span>}</span>; } },
  { key: 'in', head: 'Process', width: 130, className: 'c-in', cell: ({ places, agent }) => <span className="ell" title={`${placesWords(places)} on ${agent.name}`}>{placesWords(places) === '' ? <span className="t3">{agent.name}</span> : placesWords(places)}</span> },
  { key: 'hits', head: 'Hits', width: 76, numeric: true, cell: probe => { const { total, seen, isEstimated } = hitCount(probe, now); return isEstimated ? <span title={`estimated; ${formatCount(seen)} seen`}>≈ {formatCount(roughly(total))}</span> : formatCount(seen); } },
  { key: 'owner', head: 'Owner', width: 84, className: 'c-owner', cell: ({ owner }) => <span className="ell">{owner}</span> },
];

const dotOf = (state: FleetProbe['state'], isSampling: boolean): string => (isSampling || state === 'paused' ? 'amb' : state === 'active' ? '' : state === 'failed' || state === 'refused' ? 'red' : 'off');

const inColumns = (now: number): readonly TableColumn<FleetProbe>[] => [
  { key: 'rate', head: 'Per second', width: 86, numeric: true, className: 'c-rate', cell: ({ places }) => { const rates = places.flatMap(({ trueRate }) => trueRate ?? []); return rates.length === 0 ? none : formatRate(rates.reduce((sum, rate) => sum + rate, 0)); } },
  { key: 'cpu', head: 'CPU', width: 60, numeric: true, className: 'c-cpu', cell: ({ places }) => { const shares = places.flatMap(place => cpuOf(place, now) ?? []); return shares.length === 0 ? none : cpuWords(Math.max(...shares)); } },
  { key: 'age', head: 'Age', width: 76, numeric: true, cell: ({ createdUnixMs }) => formatDuration(Math.max(0, now - createdUnixMs)) },
  { key: 'ends', head: 'Ends in', width: 82, numeric: true, className: 'c-ends', cell: ({ expiresUnixMs }) => (expiresUnixMs === null ? none : formatDuration(Math.max(0, expiresUnixMs - now))) },
];

const overColumns: readonly TableColumn<FleetProbe>[] = [
  { key: 'inserted', head: 'Inserted', width: 148, className: 'c-inserted', cell: ({ createdUnixMs }) => <Time at={createdUnixMs} show="both" /> },
  { key: 'ended', head: 'Ended', width: 148, cell: ({ endedUnixMs }) => (endedUnixMs === null ? none : <Time at={endedUnixMs} show="both" />) },
  { key: 'for', head: 'Lasted', width: 72, numeric: true, className: 'c-for', cell: ({ createdUnixMs, endedUnixMs }) => (endedUnixMs === null ? none : formatDuration(Math.max(0, endedUnixMs - createdUnixMs))) },
];
