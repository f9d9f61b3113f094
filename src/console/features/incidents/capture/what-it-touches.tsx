// Each process that the button touches, agent by agent: its name, pid and start, what is done to it, and how long it may stand still.
import { usePreview, useProcessesOf } from '../../../api/index.ts';
import { maxProcessesPerAgent, maxPromised, processesOfPlan, type PromisedProcess, type ActionName, type AgentProcess, type AgentSummary } from '../../../../model/index.ts';
import { Chip, formatDuration, plural, Skeleton, Time } from '../../../ui/index.ts';
import { doneToEach, recordersOf, type Choice } from './plan.ts';

/** `processes` is undefined while it is asked, null when the agent cannot list them. */
export interface Touched { readonly agent: AgentSummary; readonly processes: readonly AgentProcess[] | null | undefined }

export function useTouched(agents: readonly AgentSummary[], services: readonly string[]): readonly Touched[] {
  const lists = useProcessesOf(agents.map(({ id }) => id));
  return agents.map((agent, at) => ({ agent, processes: lists[at]?.data === undefined ? (lists[at]?.error == null ? undefined : null) : processesOfPlan(lists[at].data.processes, services) }));
}

/** Null while one of them is not known yet. */
export const processCount = (touched: readonly Touched[]): number | null => (touched.some(({ processes }) => processes === undefined) ? null : touched.reduce((sum, { processes }) => sum + Math.min(processes?.length ?? 0, maxProcessesPerAgent), 0));

/** What the dialog names, for the server to hold against what is still there. */
export const promisesOf = (touched: readonly Touched[]): PromisedProcess[] => touched.flatMap(({ agent, processes }) =>
  (processes ?? []).slice(0, maxProcessesPerAgent).map(({ pid, startTicks, name, service }) => ({ agent: agent.id, pid, startTicks, name: name.slice(0, 200), service: service?.slice(0, 200) ?? null }))).slice(0, maxPromised);

export function WhatItTouches({ touched, choice }: { readonly touched: readonly Touched[]; readonly choice: Choice }) {
  if (touched.length === 0) return null;
  return (
    <section className="inc-touched" aria-label="Processes it touches" tabIndex={0}>
      {touched.map(each => <OfAgent key={each.agent.id} touched={each} choice={choice} />)}
    </section>
  );
}

function OfAgent({ touched: { agent, processes }, choice }: { readonly touched: Touched; readonly choice: Choice }) {
  const each = doneToEach(choice);
  const held = recordersOf([agent]).count;
  const recorders = choice.recorders && held > 0 ? `${plural(held, 'recorder')}: no process is touched by that` : null;
  const says = [processes === undefined ? null : processes === null ? 'its processes cannot be listed now; it is asked by service' : each === '' ? 'no process is touched' : plural(processes.length, 'process', 'processes'), each === '' ? null : each, recorders].filter(part => part !== null).join('; ');
  const shown = each === '' ? [] : processes?.slice(0, maxProcessesPerAgent) ?? [];
  return (
    <div role="group" aria-label={`Touched on ${agent.name}`}>
      <h3 className="inc-agent"><span className="t1">{agent.name}</span><span className="ell" title={says}>{says}</span></h3>
      {processes === undefined && <Skeleton width={220} />}
      <ul>{shown.map(process => <Row key={`${process.pid} ${process.startTicks}`} agent={agent.id} process={process} choice={choice} />)}</ul>
      {each !== '' && processes !== null && processes !== undefined && processes.length > shown.length && <p className="amb meta">{plural(processes.length - shown.length, 'process is', 'processes are')} left out: {maxProcessesPerAgent} at once are the most of one agent.</p>}
      {each !== '' && processes?.length === 0 && <p className="t3 meta">None of its processes is of a chosen service.</p>}
    </div>
  );
}

function Row({ agent, process, choice }: { readonly agent: string; readonly process: AgentProcess; readonly choice: Choice }) {
  const { name, service, pid, startedUnixMs, runtime, container, command } = process;
  return (
    <li title={command}>
      <span className="ell"><b className="md">{service ?? name}</b> <span className="t3">{runtime}{container === null ? '' : `, ${container}`}</span></span>
      <span className="num t2">pid {pid}</span>
      <span className="t3 nw">started <Time at={startedUnixMs} show="relative" /></span>
      <span className="row gap1 end"><Stands agent={agent} process={process} choice={choice} /></span>
    </li>
  );
}

/** The longest of what it is asked for, as its agent estimates it; and what would be refused. */
function Stands({ agent, process: { pid, startTicks }, choice }: { readonly agent: string; readonly process: AgentProcess; readonly choice: Choice }) {
  const ask = (action: ActionName, on: boolean) => (on ? { action, target: { pid, startTicks }, parameters: {} } : null);
  const [cpu, heap] = [usePreview(agent, ask('cpu-sample', choice.cpuMs !== null)), usePreview(agent, ask('memory-dump', choice.heap))];
  if (choice.cpuMs === null && !choice.heap) return <span className="t3">is not held up</span>;
  const asked = [...(choice.cpuMs === null ? [] : [cpu]), ...(choice.heap ? [heap] : [])];
  if (asked.some(({ data, error }) => data === undefined && error === null)) return <Skeleton width={90} />;
  const known = asked.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const refused = known.flatMap(({ problems }) => problems);
  const [least, most] = [Math.max(0, ...known.map(({ pauseMs }) => pauseMs ?? 0)), Math.max(0, ...known.map(({ pauseMs, pauseMostMs }) => pauseMostMs ?? pauseMs ?? 0))];
  return (
    <>
      {refused.length > 0 && <Chip tone="attn" title={refused.map(({ message }) => message).join(' ')}>part is refused</Chip>}
      {known.length < asked.length ? <span className="t3">pause not known</span> : most === 0 ? <span className="t3">is not held up</span> : <span className={least > 1000 ? 'amb' : 't2'} title="At rest, and where the machine is busy">pause {formatDuration(least)}{most > least && ` to ${formatDuration(most)}`}</span>}
    </>
  );
}
