// The table of recorders: one line each, over all agents.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FleetRecorder } from '../../../model/index.ts';
import { Chip, formatBytes, formatCount, formatDuration, formatRate, Icon, Meter, Table, useNow } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { sumsOf, type RecorderSums } from './recorder-sums.ts';

const none = <span className="t3">–</span>;
interface Line { readonly recorder: FleetRecorder; readonly sums: RecorderSums }

export interface RecorderTableProps { readonly recorders: readonly FleetRecorder[]; readonly selected: string | undefined; readonly onPick: (recorder: FleetRecorder) => void }

export function RecorderTable({ recorders, selected, onPick }: RecorderTableProps) {
  const now = useNow();
  const lines = recorders.map((recorder): Line => ({ recorder, sums: sumsOf(recorder) }));
  return <Table label="Flight recorders" columns={columnsOf(now)} rows={lines} rowKey={({ recorder }) => recorder.definition.name} selectedKey={selected ?? null} onPick={({ recorder }) => onPick(recorder)} rowLabel={labelOf} />;
}

const labelOf = ({ recorder: { definition }, sums }: Line) => `${definition.name}, ${sums.kinds.join(' and ')}, ${formatBytes(sums.bytes)} of ${formatBytes(sums.maxBytes)}`;

function columnsOf(now: number): readonly TableColumn<Line>[] {
  const held = (show: (sums: RecorderSums) => ReactNode) => ({ recorder, sums }: Line) => (recorder.agents.length === 0 ? none : show(sums));
  return [
    { key: 'name', head: 'Recorder', cell: line => <Name {...line} /> },
    { key: 'kind', head: 'Kind', width: 96, className: 'c-kind', cell: ({ sums }) => <span className="row gap1">{sums.kinds.map(kind => <Chip key={kind} tone="line">{kind}</Chip>)}</span> },
    { key: 'fill', head: 'Fill', width: 182, cell: held(sums => <span className="row"><Meter label="Fill" width={56} share={sums.bytes / sums.maxBytes} /><span>{formatBytes(sums.bytes)} <span className="t3">of {formatBytes(sums.maxBytes)}</span></span></span>) },
    { key: 'reach', head: 'Reaches back', width: 92, numeric: true, cell: ({ sums }) => (sums.sinceUnixMs === null ? none : formatDuration(Math.max(0, now - sums.sinceUnixMs))) },
    { key: 'records', head: 'Records /s', width: 76, numeric: true, className: 'c-rate', cell: held(sums => formatRate(sums.recordsPerSecond)) },
    { key: 'bytes', head: 'Bytes /s', width: 76, numeric: true, className: 'c-bytes', cell: held(sums => formatBytes(sums.bytesPerSecond)) },
    { key: 'keys', head: 'Keys', width: 56, numeric: true, className: 'c-rate', cell: ({ recorder, sums }) => (recorder.definition.key.length === 0 ? none : formatCount(sums.keys)) },
    { key: 'evicted', head: 'Evicted', width: 68, numeric: true, className: 'c-evicted', cell: held(sums => formatCount(sums.evicted)) },
    { key: 'refused', head: 'Refused', width: 64, numeric: true, className: 'c-evicted', cell: held(sums => <span className={sums.refused > 0 ? 'amb' : undefined}>{formatCount(sums.refused)}</span>) },
    { key: 'agents', head: 'Agents', width: 56, numeric: true, className: 'c-agents', cell: ({ recorder }) => formatCount(recorder.agents.length) },
    { key: 'rules', head: 'Filled by', width: 130, className: 'c-rules', cell: ({ recorder }) => <FilledBy recorder={recorder} /> },
  ];
}

function Name({ recorder, sums }: Line) {
  const stopped = recorder.agents.length > 0 && sums.stopped === recorder.agents.length;
  return (
    <span className="row">
      <span className={`dot ${sums.problems.length > 0 ? 'amb' : stopped || recorder.agents.length === 0 ? 'off' : ''}`} />
      <span className="mono ell">{recorder.definition.name}</span>
      {sums.stopped > 0 && <Chip tone="pending">{stopped ? 'stopped' : `${sums.stopped} stopped`}</Chip>}
      {sums.problems.length > 0 && <span className="amb" title={sums.problems.map(({ agent, problem }) => `${agent}: ${problem}`).join('\n')}><Icon name="warn" size="s" /><span className="vh">{sums.problems[0]?.problem}</span></span>}
    </span>
  );
}

/** No link of its own style per rule: the first, and how many more. */
function FilledBy({ recorder: { rules } }: { readonly recorder: FleetRecorder }) {
  const [first, ...more] = rules;
  if (first === undefined) return <span className="t3">no rule</span>;
  return <span className="row gap1"><Link className="mono ell" to="/rules/$ruleId" params={{ ruleId: first.id }}>{first.name}</Link>{!first.running && <span className="t3">off</span>}{more.length > 0 && <span className="t3">+{more.length}</span>}</span>;
}
