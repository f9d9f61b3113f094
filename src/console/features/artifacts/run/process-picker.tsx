// What runs on an agent's machine: search, pick one. Services first, then what else runs there, Weir's own last, each group under its
// name. Figures change while it is open, places do not: nobody's row moves from under the pointer.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useProcesses } from '../../../api/index.ts';
import type { AgentProcess } from '../../../../model/index.ts';
import { Chip, formatBytes, formatPercent, Input, plural, SkeletonRows, Table, Time } from '../../../ui/index.ts';
import type { TableColumn } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { heldOrder } from './held-order.ts';
import { findProcesses, groupAt, processGroups } from './process-groups.ts';
import { shortCommand } from './short-command.ts';

export interface ProcessPickerProps { readonly agent: string; readonly chosen: AgentProcess | null; readonly onChoose: (process: AgentProcess | null) => void; readonly optional: boolean }

export function ProcessPicker({ agent, chosen, onChoose, optional }: ProcessPickerProps) {
  const { data, error, refetch } = useProcesses(agent);
  const [find, setFind] = useState('');
  const [held, setHeld] = useState<readonly string[] | null>(null);
  if (held === null && data !== undefined) setHeld(findProcesses(data.processes, '').map(keyOf));
  const shown = data === undefined ? [] : heldOrder(findProcesses(data.processes, find), held ?? [], keyOf, groupAt);
  const list = useChosenInSight(chosen);
  const pick = (process: AgentProcess) => onChoose(chosen !== null && keyOf(chosen) === keyOf(process) && optional ? null : process);
  const keys = (event: KeyboardEvent) => {
    const [first] = shown;
    if (first === undefined || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') { event.preventDefault(); onChoose(first); }
    if (event.key === 'ArrowDown') { event.preventDefault(); list.current?.querySelector<HTMLElement>('tr.pick')?.focus(); }
  };
  return (
    <div className="col" role="group" aria-label="Process">
      <div className="row"><Input small autoFocus aria-label="Find a process" placeholder="Find by name, service, command, pid" value={find} onChange={event => setFind(event.target.value)} onKeyDown={keys} /><span className="meta t3 nw">{optional ? 'optional: none means the machine' : 'choose one'}{data !== undefined && data.hidden > 0 && <>; {plural(data.hidden, 'process', 'processes')} may not be looked into</>}</span></div>
      <div className="run-list" tabIndex={-1} ref={list}>
        {data === undefined ? error === null ? <SkeletonRows rows={4} /> : <LoadFailure error={error} onRetry={() => void refetch()} />
          : shown.length === 0 ? <p className="pad t2">No process matches.</p>
            : <Table oneStop label="Processes" columns={columns(shown.some(({ container }) => container !== null))} rows={shown} groupOf={processGroups(shown)} rowKey={keyOf} selectedKey={chosen === null ? null : keyOf(chosen)} rowLabel={({ name, service, pid }) => `${service ?? name}, pid ${pid}`} onPick={pick} />}
      </div>
    </div>
  );
}

/** The list gives room to what the agent answers; the chosen row stays in sight. */
function useChosenInSight(chosen: AgentProcess | null) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => { if (chosen !== null) list.current?.querySelector('tr[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }); }, [chosen]);
  return list;
}

const keyOf = ({ pid, startTicks }: AgentProcess) => `${pid} ${startTicks}`;

function Name({ process: { service, name, isWeir, serviceFrom, runtime, runtimeVersion } }: { readonly process: AgentProcess }) {
  const title = `${service === null ? `${name}: it says no service, and no telemetry is known to come from it` : `${name}; ${saidBy[serviceFrom ?? 'process']}`}; ${runtime} ${runtimeVersion ?? ''}`;
  return <span className="row gap1"><span className="md ell" title={title}>{service ?? name}</span>{isWeir ? <Chip tone="line" title="A part of Weir itself">Weir</Chip> : <span className="t3 meta nw">{runtime}</span>}</span>;
}
const saidBy = { process: 'its own environment says the service', telemetry: 'its telemetry says the service', hearsay: 'telemetry that did not name this machine says the service' } as const;

const columns = (containers: boolean): readonly TableColumn<AgentProcess>[] => [
  { key: 'name', head: 'Service or process', width: 142, cell: process => <Name process={process} /> },
  { key: 'pid', head: 'Pid', width: 56, numeric: true, cell: ({ pid }) => pid },
  { key: 'started', head: 'Started', width: 108, cell: ({ startedUnixMs }) => <Time at={startedUnixMs} show="relative" /> },
  { key: 'command', head: 'Command', cell: ({ command }) => <span className="mono t2 run-command" title={command}><bdi>{shortCommand(command)}</bdi></span> },
  ...(containers ? [{ key: 'container', head: 'Container', width: 96, cell: ({ container }: AgentProcess) => (container === null ? <span className="t3">–</span> : <span className="mono t2 ell" title={container}>{container}</span>) }] : []),
  { key: 'cpu', head: 'CPU', width: 66, numeric: true, cell: ({ cpuShare }) => (cpuShare === null ? '–' : formatPercent(cpuShare)) },
  { key: 'rss', head: 'Memory', width: 78, numeric: true, cell: ({ rssBytes }) => formatBytes(rssBytes) },
];
