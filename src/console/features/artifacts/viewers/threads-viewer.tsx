// The threads of a process that stood still: one line each, alike ones together, with their stacks behind, and registers where they were taken.
import { useDeferredValue, useMemo, useState } from 'react';
import { useArtifactText } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { Button, copyText, EmptyState, formatCount, Icon, Input, maxShownBytes, plural, Select, shortenPath, SkeletonRows } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { TextViewer } from './text-viewer.tsx';
import { alikeThreads, mainRegisters, threadStacks, type StackFrame, type ThreadGroup, type ThreadStack } from './thread-stacks.ts';

/** No more threads are drawn; the search finds the others. */
const maxGroups = 300;

export function ThreadsViewer({ artifact }: { readonly artifact: Artifact }) {
  const fits = artifact.bytes <= maxShownBytes;
  const { data, error, refetch } = useArtifactText(fits ? artifact.id : undefined);
  const threads = useMemo(() => threadStacks(data ?? ''), [data]);
  if (fits && data === undefined) return error === null ? <SkeletonRows label="Reading the stacks" /> : <LoadFailure error={error} onRetry={() => void refetch()} />;
  // What another tool wrote, or is too large, is text.
  return threads.length === 0 ? <TextViewer artifact={artifact} /> : <Threads threads={threads} text={data ?? ''} name={artifact.name} />;
}

function Threads({ threads, text, name }: { readonly threads: readonly ThreadStack[]; readonly text: string; readonly name: string }) {
  const groups = useMemo(() => alikeThreads(threads), [threads]);
  const [find, setFind] = useState('');
  const wanted = useDeferredValue(find).trim().toLowerCase();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set(firstOf(groups)));
  const shown = wanted === '' ? groups : groups.filter(group => holds(group, wanted));
  const toggle = (number: number) => setOpen(before => { const next = new Set(before); if (!next.delete(number)) next.add(number); return next; });
  const all = shown.every(group => open.has(numberOf(group)));
  return (
    <div className="dump-body">
      <div className="dump-tools">
        <span className="dump-find"><Input small mono aria-label="Search in threads" placeholder="Function, file or thread" value={find} onChange={event => setFind(event.target.value)} /></span>
        <span className="t3 nw" role="status">{wanted === '' ? `${plural(threads.length, 'thread')}, ${plural(groups.length, 'different stack')}` : `${plural(shown.length, 'stack')} of ${formatCount(groups.length)}`}</span>
        <span className="end row gap1"><Button size="s" variant="ghost" onClick={() => setOpen(all ? new Set() : new Set(shown.map(numberOf)))}>{all ? 'Close all' : 'Open all'}</Button><Button size="s" variant="ghost" icon="copy" onClick={() => void copyText(text, name)}>Copy</Button></span>
      </div>
      <div className="scroll grow" tabIndex={0} role="region" aria-label={`Threads of ${name}`}>
        {shown.length === 0 && <EmptyState title="No thread has that in its stack">Names of functions, files and threads are searched.</EmptyState>}
        {shown.slice(0, maxGroups).map(group => <Group key={numberOf(group)} group={group} open={open.has(numberOf(group)) || wanted !== ''} wanted={wanted} onToggle={() => toggle(numberOf(group))} />)}
        {shown.length > maxGroups && <p className="dump-note t3">The first {formatCount(maxGroups)} of {formatCount(shown.length)} stacks. Search for the others.</p>}
      </div>
    </div>
  );
}

const numberOf = ({ threads }: ThreadGroup): number => threads[0]?.number ?? 0;
const firstOf = (groups: readonly ThreadGroup[]): readonly number[] => groups.slice(0, 1).map(numberOf);
const frameHolds = ({ name, place }: StackFrame, wanted: string): boolean => `${name} ${place}`.toLowerCase().includes(wanted);
const holds = ({ threads, frames }: ThreadGroup, wanted: string): boolean => threads.some(({ name, lwp }) => `${name} ${lwp ?? ''}`.toLowerCase().includes(wanted)) || frames.some(frame => frameHolds(frame, wanted));

function Group({ group: { threads, frames }, open, wanted, onToggle }: { readonly group: ThreadGroup; readonly open: boolean; readonly wanted: string; readonly onToggle: () => void }) {
  const [first] = threads;
  if (first === undefined) return null;
  const at = frames[0];
  return (
    <section className="thread" aria-label={`Thread ${first.number}`}>
      <button type="button" className="thread-head" aria-expanded={open} onClick={onToggle}>
        <Icon name={open ? 'chev' : 'right'} size="xs" className="t3" />
        <span className="md nw">{threads.length === 1 ? `Thread ${first.number}` : `${formatCount(threads.length)} threads`}</span>
        <span className="mono nw">{first.name}</span>
        <span className="t3 ell">{threads.length === 1 ? first.lwp : `${threads.map(({ number }) => number).join(', ')}: all at the same place`}</span>
        <span className="mono t2 ell end">{at === undefined ? 'no stack' : at.name}</span>
      </button>
      {open && <ol className="thread-frames">{frames.map(frame => <Frame key={frame.level} frame={frame} found={wanted !== '' && frameHolds(frame, wanted)} />)}</ol>}
      {open && <GroupRegisters threads={threads} />}
      {open && first.notes.map(note => <p key={note} className="dump-note t3">{note}</p>)}
    </section>
  );
}

const Frame = ({ frame: { level, name, place, address }, found }: { readonly frame: StackFrame; readonly found: boolean }) => (
  <li className={found ? 'hit' : undefined}><span className="num t3">{level}</span><span className="mono ell" title={[name, address].filter(Boolean).join('\n')}>{name === '??' ? address ?? '??' : name}</span><span className="mono t3 ell" title={place}>{shortenPath(place, 52)}</span></li>
);

/** Each thread has its own; of several one is shown at a time. */
function GroupRegisters({ threads }: Pick<ThreadGroup, 'threads'>) {
  const told = threads.filter(({ registers }) => registers.length > 0);
  const [chosen, setChosen] = useState(0);
  const thread = told[Math.min(chosen, told.length - 1)];
  if (thread === undefined) return null;
  return (
    <>
      {told.length > 1 && <div className="dump-note row gap1"><span className="t3">Registers of</span><Select size="s" label="Registers of" value={String(told.indexOf(thread))} onChange={at => setChosen(Number(at))} options={told.map(({ number, lwp }, at) => ({ value: String(at), label: `Thread ${number}${lwp === null ? '' : `, ${lwp}`}` }))} /></div>}
      <Registers key={thread.number} thread={thread} />
    </>
  );
}

function Registers({ thread: { number, registers } }: { readonly thread: ThreadStack }) {
  const [all, setAll] = useState(false);
  const main = registers.filter(({ name }) => mainRegisters.has(name));
  const shown = all || main.length === 0 ? registers : main;
  return (
    <div className="thread-registers">
      <dl aria-label={`Registers of thread ${number}`}>{shown.map(({ name, value }) => <div key={name}><dt className="t3">{name}</dt><dd className="mono ell" title={value}>{value}</dd></div>)}</dl>
      {main.length > 0 && main.length < registers.length && <Button size="s" variant="ghost" onClick={() => setAll(!all)}>{all ? 'Only the main ones' : `All ${formatCount(registers.length)} registers`}</Button>}
    </div>
  );
}
