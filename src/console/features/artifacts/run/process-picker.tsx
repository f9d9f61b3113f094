// What runs on an agent's machine: search, pick one. Weir's own processes stand last and say what they are. Figures change while it is
// open, places do not: nobody's row moves from under the pointer.
import { useState } from 'react';
import { useProcesses } from '../../../api/index.ts';
import type { AgentProcess } from '../../../../model/index.ts';
import { Chip, formatBytes, formatPercent, Input, plural, SkeletonRows, Table } from '../../../ui/index.ts';
import type { TableColumn } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { heldOrder } from './held-order.ts';
import { shortCommand } from './short-command.ts';

export interface ProcessPickerProps { readonly agent: string; readonly chosen: AgentProcess | null; readonly onChoose: (process: AgentProcess | null) => void; readonly optional: boolean }

export function ProcessPicker({ agent, chosen, onChoose, optional }: ProcessPickerProps) {
  const { data, error, refetch } = useProcesses(agent);
  const [find, setFind] = useState('');
  const [held, setHeld] = useState<readonly string[] | null>(null);
  if (held === null && data !== undefined) setHeld(findProcesses(data.processes, '').map(keyOf));
  const shown = data === undefined ? [] : heldOrder(findProcesses(data.processes, find), held ?? [], keyOf);
  return (
    <div className="col" role="group" aria-label="Process">
      <div className="row"><Input small aria-label="Find a process" placeholder="Find by name, service, command, pid" value={find} onChange={event => setFind(event.target.value)} /><span className="meta t3 nw">{optional ? 'optional: none means the machine' : 'choose one'}{data !== undefined && data.hidden > 0 && <>; {plural(data.hidden, 'process', 'processes')} may not be looked into</>}</span></div>
      <div className="run-list" tabIndex={-1}>
        {data === undefined ? error === null ? <SkeletonRows rows={4} /> : <LoadFailure error={error} onRetry={() => void refetch()} />
          : shown.length === 0 ? <p className="pad t2">No process matches.</p>
            : <Table label="Processes" columns={columns} rows={shown} rowKey={keyOf} selectedKey={chosen === null ? null : keyOf(chosen)} rowLabel={({ name, service, pid }) => `${service ?? name}, pid ${pid}`} onPick={process => onChoose(chosen !== null && keyOf(chosen) === keyOf(process) && optional ? null : process)} />}
      </div>
    </div>
  );
}

const keyOf = ({ pid, startTicks }: AgentProcess) => `${pid} ${startTicks}`;

const columns: readonly TableColumn<AgentProcess>[] = [
  { key: 'name', head: 'Process', width: 128, cell: ({ service, name, isWeir }) => <span className="row"><span className="md ell" title={service ?? name}>{service ?? name}</span>{isWeir && <Chip tone="line" title="A part of Weir itself">Weir</Chip>}</span> },
  { key: 'pid', head: 'Pid', width: 58, numeric: true, cell: ({ pid }) => pid },
  { key: 'runtime', head: 'Runtime', width: 96, cell: ({ runtime, runtimeVersion }) => <span className="t2" title={`${runtime} ${runtimeVersion ?? ''}`}>{runtime}{runtimeVersion !== null && <span className="t3"> {runtimeVersion}</span>}</span> },
  { key: 'cpu', head: 'CPU', width: 60, numeric: true, cell: ({ cpuShare }) => (cpuShare === null ? '–' : formatPercent(cpuShare)) },
  { key: 'rss', head: 'Memory', width: 70, numeric: true, cell: ({ rssBytes }) => formatBytes(rssBytes) },
  { key: 'command', head: 'Command', cell: ({ command, container }) => <span className="mono t2" title={`${command}${container === null ? '' : ` in ${container}`}`}>{shortCommand(command)}</span> },
];

/** The busiest first, what is Weir's own last. */
export function findProcesses(processes: readonly AgentProcess[], find: string): readonly AgentProcess[] {
  const wanted = find.trim().toLowerCase();
  return processes.filter(({ name, service, command, pid, container, runtime }) => wanted === '' || [name, service ?? '', command, String(pid), container ?? '', runtime].some(text => text.toLowerCase().includes(wanted)))
    .toSorted((a, b) => Number(a.isWeir) - Number(b.isWeir) || (b.cpuShare ?? 0) - (a.cpuShare ?? 0) || a.pid - b.pid);
}
