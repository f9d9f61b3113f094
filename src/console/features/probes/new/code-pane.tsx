// The source of the chosen file: lines that can take a probe, the one that is chosen, and what probes of this process saw at their lines.
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { explainFailure, isProbeIn, useProbes, useSource, type ProcessAt } from '../../../api/index.ts';
import { CodeView, type CodeNote } from '../../../editor/index.ts';
import type { FleetProbe } from '../../../../model/index.ts';
import { EmptyState, ErrorState, Pane, SkeletonRows } from '../../../ui/index.ts';
import { valuesLine } from '../words.ts';
import { isSame } from './file-list.tsx';

const longestNote = 120;

export interface CodePaneProps { readonly at: ProcessAt | null; readonly file: string | undefined; readonly line: number | undefined; /** The probe that was put in from here, also when it has ended: its last values stay. */ readonly last: FleetProbe | undefined; readonly onLine: (line: number, byHand: boolean) => void }

export function CodePane({ at, file, line, last, onLine }: CodePaneProps) {
  const { data, error, refetch } = useSource(at, file);
  const probes = useProbes({ state: 'in' }).data?.probes;
  const pid = at?.target.pid;
  const path = data?.path ?? '';
  const [moved, setMoved] = useState<string | null>(null);
  const text = useMemo(() => JSON.stringify(notesOf([...(probes ?? []).filter(({ id }) => id !== last?.id), ...(last === undefined ? [] : [last])], path, pid)), [probes, last, path, pid]);
  // By content: readings of every second mostly bring the same.
  const notes = useMemo(() => JSON.parse(text) as readonly CodeNote[], [text]);
  const near = data === undefined || line === undefined || data.problem !== null ? null : nearestStop(data.lines, line);
  const settle = useEffectEvent((to: number) => { onLine(to, false); });
  // A profile or a record may name the line of a declaration.
  useEffect(() => { if (near !== null && near !== line) settle(near); }, [near, line]);
  if (at === null) return <EmptyState title={file === undefined ? 'Choose a process' : `Choose the process that runs ${file}`}>On the left are the services of this agent and their processes. Nothing needs to be prepared in them.</EmptyState>;
  if (file === undefined) return <EmptyState title="Choose a file">Its source comes from the process itself, as it runs now; where there is a source map, the original.</EmptyState>;
  if (data === undefined) return error === null ? <div role="status" aria-label="Reading the source"><SkeletonRows rows={12} /></div> : <ErrorState title={explainFailure(error).title} onRetry={() => void refetch()}>{explainFailure(error).help}</ErrorState>;
  if (data.problem !== null) return <ErrorState title={data.problem.message} onRetry={() => void refetch()}>{data.problem.help}</ErrorState>;
  const choose = (wanted: number) => {
    const nearest = nearestStop(data.lines, wanted);
    setMoved(nearest === null ? 'No line of this file can take a probe: it has no code that runs.' : nearest === wanted ? null : `Line ${wanted} runs no code of its own; line ${nearest} is the next that does.`);
    if (nearest !== null) onLine(nearest, true);
  };
  return (
    <Pane className="grow" label={`Source of ${path}`}>
      <div className="ph"><h2 className="mono ell" title={path}>{path}</h2><span className="meta ell" role="status">{moved ?? `${data.cut ? 'cut: it is too long; ' : ''}click beside a line number, or F9`}</span></div>
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
  return probes.flatMap((probe): CodeNote[] => {
    const { name, what, places } = probe;
    if (what.kind !== 'logpoint' || !isSame(path, what.spec.at.file)) return [];
    const place = places.find(({ process }) => process?.pid === pid);
    if (place === undefined) return [];
    const { line } = what.spec.at;
    const last = place.latest.at(-1);
    const seen = last === undefined ? `${name}: no hit yet` : valuesLine(last.values);
    return [...(isProbeIn(probe) ? [{ line, text: '', tone: 'probe' } as const] : []), { line, text: seen.length > longestNote ? `${seen.slice(0, longestNote)}…` : seen, tone: 'value' }];
  });
}
