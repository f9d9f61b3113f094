// The lower pane of the editor: what the rule would do to records before rules. Nothing is deployed.
import { useState, type ReactNode } from 'react';
import { Button, EmptyState, ErrorState, formatDuration, Pane, PaneHeader, plural, Segmented, SkeletonRows } from '../../../ui/index.ts';
import type { TailState } from '../../../workers/tail/index.ts';
import { useTailState } from '../services.tsx';
import { DiffList } from './diff-list.tsx';
import type { DiffView } from './diff-rows.ts';
import { DryRunFigures } from './dry-run-figures.tsx';
import { tellingSpanMs, type DryRun } from './use-dry-run.ts';

const views = [{ value: 'difference', label: 'Difference' }, { value: 'before', label: 'Before' }, { value: 'after', label: 'After' }] as const;

export interface DryRunPaneProps {
  readonly dryRun: DryRun;
  readonly run: () => void;
  /** Why it cannot run now; null when it can. */
  readonly blocked: string | null;
  /** The text has changed since the result. */
  readonly stale: boolean;
}

export function DryRunPane({ dryRun, run, blocked, stale }: DryRunPaneProps) {
  const [view, setView] = useState<DiffView>('difference');
  const tail = useTailState();
  const ran = dryRun.result !== null;
  return (
    <Pane label="Dry run" className="grow">
      <PaneHeader title="Dry run" meta={<Source dryRun={dryRun} tail={tail} stale={stale} />}>
        <Segmented label="What to show" value={view} options={views} onChange={setView} />
        <Button size="s" icon="play" kbd="Ctrl Enter" onClick={run} disabledReason={blocked}>{ran ? 'Run again' : 'Run'}</Button>
      </PaneHeader>
      <Body dryRun={dryRun} tail={tail} blocked={blocked} run={run} view={view} />
    </Pane>
  );
}

function Source({ dryRun, tail, stale }: { readonly dryRun: DryRun; readonly tail: TailState; readonly stale: boolean }) {
  if (dryRun.result === null) return <>{plural(tail.buffered, 'record')} before rules, nothing deployed</>;
  return <>{formatDuration(Math.round(dryRun.coveredMs / 1000) * 1000 || dryRun.coveredMs)} of records before rules{tail.ratio < 1 ? `, a sample of ${Math.round(tail.ratio * 100)} %` : ''}{stale ? <b className="amb md">, before your last edit</b> : ''}</>;
}

function Body({ dryRun, tail, blocked, run, view }: { readonly dryRun: DryRun; readonly tail: TailState; readonly blocked: string | null; readonly run: () => void; readonly view: DiffView }): ReactNode {
  const { result, failure } = dryRun;
  if (failure !== null) return <ErrorState title="The dry run stopped" details={failure} onRetry={run}>{failure} Nothing was deployed. Mend the rule, or wait for fresh records and try again.</ErrorState>;
  if (result !== null) {
    return (
      <>
        <DryRunFigures result={result} cpuMicros={dryRun.cpuMicros} />
        {result.scanned > 0 && result.matched === 0 ? <NoMatch scanned={result.scanned} coveredMs={dryRun.coveredMs} /> : <DiffList result={result} view={view} />}
      </>
    );
  }
  if (blocked !== null) return <EmptyState title="Not run yet">{blocked}</EmptyState>;
  if (tail.buffered === 0) return <Waiting tail={tail} />;
  return <SkeletonRows rows={8} label="Running the rule over records before rules" />;
}

function NoMatch({ scanned, coveredMs }: { readonly scanned: number; readonly coveredMs: number }) {
  if (coveredMs < tellingSpanMs) return <EmptyState title="No record matched yet">The rule read {plural(scanned, 'record')} in {formatDuration(coveredMs)}; that is little. It runs again by itself as records come.</EmptyState>;
  return <EmptyState title="No record matched">The rule read {plural(scanned, 'record')} and its conditions held for none. Check names and values against the tail; text comparison with == is exact, =~ ignores case.</EmptyState>;
}

function Waiting({ tail }: { readonly tail: TailState }) {
  if (tail.status === 'live' && tail.agents === 0) return <EmptyState title="No agent sends records">The dry run reads records as agents receive them, and no agent is connected. Look at Fleet for why.</EmptyState>;
  return <EmptyState title={tail.status === 'live' ? 'Waiting for the first records' : 'Opening the tail'}>The dry run reads what agents receive right now, before any rule; it starts by itself when records arrive.</EmptyState>;
}
