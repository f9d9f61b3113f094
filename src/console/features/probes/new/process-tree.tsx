// From services to their processes: those that say which service they are first, then the others by command. Weir's own come last.
import { useEffect, useRef, useState } from 'react';
import { explainFailure, useProcesses } from '../../../api/index.ts';
import type { AgentProcess } from '../../../../model/index.ts';
import { Chip, ErrorState, formatPercent, Input, plural, SkeletonRows } from '../../../ui/index.ts';
import { fileName } from '../words.ts';
import { listKeys } from './list-keys.ts';

export interface ProcessTreeProps { readonly agent: string; readonly chosen: number | undefined; /** Shares its room with the files: what is chosen stays in view. */ readonly isHalf: boolean; /** Only these runtimes can be probed by what is chosen; none: all. */ readonly runtimes: readonly string[]; readonly onChoose: (process: AgentProcess) => void }

export function ProcessTree({ agent, chosen, isHalf, runtimes, onChoose }: ProcessTreeProps) {
  const { data, error, refetch } = useProcesses(agent);
  const [find, setFind] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const isHere = data?.processes.some(({ pid }) => pid === chosen) === true;
  useEffect(() => { if (isHere) list.current?.querySelector('[aria-pressed=true]')?.scrollIntoView?.({ block: 'nearest' }); }, [chosen, isHalf, isHere]);
  if (data === undefined) return error === null ? <SkeletonRows rows={6} /> : <ErrorState title={explainFailure(error).title} onRetry={() => void refetch()}>{explainFailure(error).help}</ErrorState>;
  const groups = groupsOf(data.processes, find, runtimes);
  return (
    <div className="probe-tree" role="group" aria-label="Processes" onKeyDown={listKeys}>
      <div className="pad"><Input small autoFocus={chosen === undefined} aria-label="Find a process" placeholder="Find by service, command, pid" value={find} onChange={event => setFind(event.target.value)} /></div>
      <div className="scroll grow" tabIndex={-1} ref={list}>
        {groups.length === 0 && <p className="pad t2">{find === '' ? 'No process here can be probed this way.' : 'No process matches.'}</p>}
        {groups.map(({ title, isService, processes }) => (
          <section key={title} aria-label={title}>
            <h2 className="probe-group"><span className="ell">{title}</span>{!isService && <span className="t3">no service name</span>}</h2>
            <ul>{processes.map(process => (
              <li key={process.pid}><button type="button" className="probe-pick" aria-pressed={process.pid === chosen} onClick={() => onChoose(process)} title={process.command}>
                <span className="num t3">{process.pid}</span><span className="mono ell">{entryOf(process)}</span><span className="mono t3 ell grow" dir="rtl">{folderOf(process)}</span>{process.isWeir && <Chip tone="line">Weir</Chip>}<span className="t3">{process.runtime}</span><span className="num t2 probe-cpu">{process.cpuShare !== null && process.cpuShare >= 0.01 && formatPercent(process.cpuShare, 0)}</span>
              </button></li>
            ))}</ul>
          </section>
        ))}
        {data.hidden > 0 && <p className="pad t3">{plural(data.hidden, 'process', 'processes')} more whose program the user of this agent may not read: of other users, or shut off.</p>}
      </div>
    </div>
  );
}

/** What it runs: the last path of its command that is no option and no address; of npm and its like the script. */
export function entryOf({ command, name, runtime }: Pick<AgentProcess, 'command' | 'name' | 'runtime'>): string {
  const [program = '', ...words] = command.split(' ');
  if (runtime === 'native') return fileName(program) || name;
  const own = words.slice(0, words.includes('--') ? words.indexOf('--') : words.length);
  const entry = own.find((word, i) => !word.startsWith('-') && !takesValue.has(own[i - 1] ?? '') && /[/.]/.test(word) && !isAddress(word));
  if (entry === undefined && runners.has(fileName(program))) return [fileName(program), ...own.slice(0, 2)].join(' ');
  return fileName(entry ?? program) || name;
}
const runners: ReadonlySet<string> = new Set(['npm', 'npx', 'pnpm', 'yarn']);
const isAddress = (word: string): boolean => word.includes('://') || /^[\d.]+(?::\d+)?$|:\d+$/.test(word);
/** Options of Node whose value is the next word. */
const takesValue: ReadonlySet<string> = new Set(['--import', '-r', '--require', '--loader', '--experimental-loader', '--env-file', '-C', '--conditions']);

/** Where the entry lies: same-named processes differ there. */
function folderOf(process: AgentProcess): string {
  const entry = entryOf(process);
  const word = process.command.split(' ').find(each => each.endsWith(`/${entry}`)) ?? '';
  return word.slice(0, -entry.length - 1).split('/').slice(-3).join('/');
}

interface Group { readonly title: string; readonly isService: boolean; readonly processes: readonly AgentProcess[] }

export function groupsOf(processes: readonly AgentProcess[], find: string, runtimes: readonly string[]): readonly Group[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = processes.filter(process => (runtimes.length === 0 || runtimes.includes(process.runtime)) && words.every(word => `${process.service ?? ''} ${process.name} ${process.command} ${process.pid} ${process.container ?? ''}`.toLowerCase().includes(word)));
  const groups = [...Map.groupBy(wanted, process => process.service ?? entryOf(process))].map(([title, list]): Group => ({ title, isService: list[0]?.service != null, processes: list.toSorted((a, b) => a.pid - b.pid) }));
  const rank = ({ isService, processes: [first] }: Group) => (first?.isWeir === true ? 2 : isService ? 0 : 1);
  return groups.toSorted((a, b) => rank(a) - rank(b) || (a.title < b.title ? -1 : 1));
}
