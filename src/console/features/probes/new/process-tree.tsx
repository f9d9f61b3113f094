// From services to their processes: those that say which service they are first, then the others by command. Weir's own come last.
import { useState } from 'react';
import { explainFailure, useProcesses } from '../../../api/index.ts';
import type { AgentProcess } from '../../../../model/index.ts';
import { Chip, ErrorState, formatPercent, Input, plural, SkeletonRows } from '../../../ui/index.ts';
import { fileName } from '../words.ts';

export interface ProcessTreeProps { readonly agent: string; readonly chosen: number | undefined; /** Only these runtimes can be probed by what is chosen; none: all. */ readonly runtimes: readonly string[]; readonly onChoose: (process: AgentProcess) => void }

export function ProcessTree({ agent, chosen, runtimes, onChoose }: ProcessTreeProps) {
  const { data, error, refetch } = useProcesses(agent);
  const [find, setFind] = useState('');
  if (data === undefined) return error === null ? <SkeletonRows rows={6} /> : <ErrorState title={explainFailure(error).title} onRetry={() => void refetch()}>{explainFailure(error).help}</ErrorState>;
  const groups = groupsOf(data.processes, find, runtimes);
  return (
    <div className="probe-tree" role="group" aria-label="Processes">
      <div className="pad"><Input small autoFocus={chosen === undefined} aria-label="Find a process" placeholder="Find by service, command, pid" value={find} onChange={event => setFind(event.target.value)} /></div>
      <div className="scroll grow" tabIndex={-1}>
        {groups.length === 0 && <p className="pad t2">{find === '' ? 'No process here can be probed this way.' : 'No process matches.'}</p>}
        {groups.map(({ title, isService, processes }) => (
          <section key={title} aria-label={title}>
            <h2 className="probe-group"><span className="ell">{title}</span>{!isService && <span className="t3">no service name</span>}</h2>
            <ul>{processes.map(process => (
              <li key={process.pid}><button type="button" className="probe-pick" aria-pressed={process.pid === chosen} onClick={() => onChoose(process)} title={process.command}>
                <span className="num t3">{process.pid}</span><span className="mono ell">{entryOf(process)}</span><span className="mono t3 ell grow" dir="rtl">{folderOf(process)}</span>{process.isWeir && <Chip tone="line">Weir</Chip>}<span className="t3">{process.runtime}</span>{process.cpuShare !== null && process.cpuShare >= 0.01 && <span className="num t2">{formatPercent(process.cpuShare, 0)}</span>}
              </button></li>
            ))}</ul>
          </section>
        ))}
        {data.hidden > 0 && <p className="pad t3">{plural(data.hidden, 'process', 'processes')} may not be looked into.</p>}
      </div>
    </div>
  );
}

/** What it runs: the last path of its command that is no option. */
export function entryOf({ command, name, runtime }: Pick<AgentProcess, 'command' | 'name' | 'runtime'>): string {
  const [program = '', ...words] = command.split(' ');
  if (runtime === 'native') return fileName(program) || name;
  const entry = words.find((word, i) => !word.startsWith('-') && !takesValue.has(words[i - 1] ?? '') && /[/.]/.test(word));
  return fileName(entry ?? program) || name;
}
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
