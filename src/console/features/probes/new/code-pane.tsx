// The source of the chosen file: lines that can take a probe, the one that is chosen, and what probes of this process saw at their lines.
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { explainFailure, useProbes, useSource, type ProcessAt } from '../../../api/index.ts';
import { CodeView, type CodeNote } from '../../../editor/index.ts';
import type { FleetProbe } from '../../../../model/index.ts';
import { EmptyState, ErrorState, Pane, SkeletonRows } from '../../../ui/index.ts';
import { fileName } from '../words.ts';
import { notesOf } from './line-notes.ts';
import { NotShown } from './not-shown.tsx';

export interface CodePaneProps { readonly at: ProcessAt | null; /** As people know it, with its pid. */ readonly processName: string; readonly file: string | undefined; readonly line: number | undefined; /** The probe that was put in from here, also when it has ended: its last values stay. */ readonly last: FleetProbe | undefined; readonly onLine: (line: number, byHand: boolean) => void; readonly onFile: (file: string) => void; /** Named by the address, and not there. */ readonly missing: { readonly title: string; readonly help: string } | null; /** To the files that the process does run. */ readonly onOtherFile: () => void }

export function CodePane({ at, processName, file, line, last, missing, onLine, onFile, onOtherFile }: CodePaneProps) {
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
  if (at === null && missing !== null) return <EmptyState title={missing.title}>{missing.help}{file !== undefined && <div className="mono t3">{file}{line !== undefined && `:${line}`}</div>}</EmptyState>;
  if (at === null) return <EmptyState title={file === undefined ? 'Choose a process' : `Choose the process that runs ${file}`}>On the left are the services of this agent and their processes. Nothing needs to be prepared in them.</EmptyState>;
  if (file === undefined) return <EmptyState title="Choose a file">Its source comes from the process itself, as it runs now; where there is a source map, the original.</EmptyState>;
  if (data === undefined) return error === null ? <div role="status" aria-label="Reading the source"><SkeletonRows rows={12} /></div> : <ErrorState title={explainFailure(error).title} onRetry={() => void refetch()}>{explainFailure(error).help}</ErrorState>;
  if (data.problem !== null) return <NotShown at={at} file={file} problem={data.problem} onRetry={() => void refetch()} onFile={onFile} onOtherFile={onOtherFile} />;
  const choose = (wanted: number) => {
    const nearest = nearestStop(data.lines, wanted);
    setMoved(nearest === null ? 'No line of this file can take a probe: it has no code that runs.' : nearest === wanted ? null : `Line ${wanted} runs no code of its own; line ${nearest} is the next that does.`);
    if (nearest !== null) onLine(nearest, true);
  };
  const name = fileName(path);
  return (
    <Pane className="grow" label={`Source of ${path}`}>
      <div className="ph"><h2 className="mono nw" title={path}>{name}</h2><span className="mono t3 ell" dir="rtl" title={path}><bdi dir="ltr">{path.slice(0, Math.max(0, path.length - name.length - 1))}</bdi></span><span className="t2 nw">in {processName}</span><span className="meta ell" role="status">{moved ?? `${data.cut ? 'cut: it is too long; ' : ''}click beside a line number, or F9`}</span></div>
      <div className="grow probe-code"><CodeView path={path} text={data.text} label={`Source of ${path}`} stops={data.lines} chosen={line ?? null} notes={notes} onLine={choose} /></div>
    </Pane>
  );
}

/** The line itself, else the next that can take one, else the last before. */
export function nearestStop(lines: readonly number[], wanted: number): number | null {
  if (lines.includes(wanted)) return wanted;
  return lines.filter(line => line > wanted).toSorted((a, b) => a - b)[0] ?? lines.toSorted((a, b) => b - a)[0] ?? null;
}
