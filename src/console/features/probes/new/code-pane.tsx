// The source of the chosen file: lines that can take a probe, the one that is chosen, and what probes of this process saw at their lines.
import { useMemo } from 'react';
import { explainFailure, isProbeIn, useProbes, useSource, type ProcessAt } from '../../../api/index.ts';
import { CodeView, type CodeNote } from '../../../editor/index.ts';
import type { FleetProbe } from '../../../../model/index.ts';
import { EmptyState, ErrorState, Pane, SkeletonRows, toast } from '../../../ui/index.ts';
import { valuesLine } from '../words.ts';
import { isSame } from './file-list.tsx';

const longestNote = 120;

export interface CodePaneProps { readonly at: ProcessAt | null; readonly file: string | undefined; readonly line: number | undefined; readonly onLine: (line: number) => void }

export function CodePane({ at, file, line, onLine }: CodePaneProps) {
  const { data, error, refetch } = useSource(at, file);
  const probes = useProbes({ state: 'in' }).data?.probes;
  const pid = at?.target.pid;
  const path = data?.path ?? '';
  const text = useMemo(() => JSON.stringify(notesOf(probes ?? [], path, pid)), [probes, path, pid]);
  // By content: readings of every second mostly bring the same.
  const notes = useMemo(() => JSON.parse(text) as readonly CodeNote[], [text]);
  if (at === null) return <EmptyState title={file === undefined ? 'Choose a process' : `Choose the process that runs ${file}`}>On the left are the services of this agent and their processes. Nothing needs to be prepared in them.</EmptyState>;
  if (file === undefined) return <EmptyState title="Choose a file">Its source comes from the process itself, as it runs now; where there is a source map, the original.</EmptyState>;
  if (data === undefined) return error === null ? <div role="status" aria-label="Reading the source"><SkeletonRows rows={12} /></div> : <ErrorState title={explainFailure(error).title} onRetry={() => void refetch()}>{explainFailure(error).help}</ErrorState>;
  if (data.problem !== null) return <ErrorState title={data.problem.message} onRetry={() => void refetch()}>{data.problem.help}</ErrorState>;
  const choose = (wanted: number) => {
    const nearest = nearestStop(data.lines, wanted);
    if (nearest === null) { toast({ kind: 'error', title: 'No line of this file can take a probe', detail: 'It has no code that runs.' }); return; }
    if (nearest !== wanted) toast({ title: `Line ${wanted} runs no code of its own`, detail: `Line ${nearest} is the next that does.` });
    onLine(nearest);
  };
  return (
    <Pane className="grow" label={`Source of ${path}`}>
      <div className="ph"><h2 className="mono ell" title={path}>{path}</h2><span className="meta nw">{data.cut ? 'cut: it is too long; ' : ''}click beside a line number, or F9</span></div>
      <div className="grow probe-code"><CodeView path={path} text={data.text} label={`Source of ${path}`} stops={data.lines} chosen={line ?? null} notes={notes} onLine={choose} /></div>
    </Pane>
  );
}

/** The line itself, else the next that can take one, else the last before. */
export function nearestStop(lines: readonly number[], wanted: number): number | null {
  if (lines.includes(wanted)) return wanted;
  return lines.filter(line => line > wanted).toSorted((a, b) => a - b)[0] ?? lines.toSorted((a, b) => b - a)[0] ?? null;
}

/** Last values at the lines of this file in this process. */
export function notesOf(probes: readonly FleetProbe[], path: string, pid: number | undefined): readonly CodeNote[] {
  return probes.filter(isProbeIn).flatMap(({ name, what, places }): CodeNote[] => {
    if (what.kind !== 'logpoint' || !isSame(path, what.spec.at.file)) return [];
    const place = places.find(({ process }) => process?.pid === pid);
    if (place === undefined) return [];
    const { line } = what.spec.at;
    const last = place.latest.at(-1);
    const seen = last === undefined ? `${name}: no hit yet` : valuesLine(last.values);
    return [{ line, text: '', tone: 'probe' }, { line, text: seen.length > longestNote ? `${seen.slice(0, longestNote)}…` : seen, tone: 'value' }];
  });
}
