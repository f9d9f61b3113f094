// The audit: figures, findings over time, where they came from, the chosen one, and the proofs beside it.
import { useDeferredValue, useRef, useState } from 'react';
import type { RedactionOverview, RedactionSource, RedactionSources } from '../../../../model/index.ts';
import { useRedactionSource, useRedactionSources } from '../../../api/index.ts';
import type { RedactionSearch } from '../../../state/index.ts';
import { Button, formatDuration, Input, Pane, PaneHeader, ResizablePanes, Segmented, SkeletonRows, Time, useSlash } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { rangeWords, type RangeSeconds } from '../words/ranges.ts';
import { terms } from '../words/terms.ts';
import { CanaryPane } from './canary-pane.tsx';
import { CoveragePane } from './coverage-pane.tsx';
import { NoneHere, NothingFound } from './empty.tsx';
import { Uncounted } from './uncounted.tsx';
import { OverTimePane } from './over-time-pane.tsx';
import { LowerPanes } from './lower-panes.tsx';
import { NextStepBar } from './next-step-bar.tsx';
import type { ScanResult } from './scan-result.ts';
import { findSources, firstSorting, isAllowList, sortSources, type SourceRow } from './source-list.ts';
import { ScansPane } from './scans-pane.tsx';
import { SourcePane } from './source-pane.tsx';
import { SourceTable } from './source-table.tsx';
import { StopsPane } from './stops-pane.tsx';
import { Tiles } from './tiles.tsx';
import { useHeldRows, useKeptInView } from './use-held-rows.ts';
import { useNarrow } from './use-narrow.ts';

const noScans: readonly never[] = [];

export type SetSearch = (patch: Partial<RedactionSearch>, options?: { readonly replace?: boolean }) => void;
export interface AuditTabProps { readonly search: RedactionSearch; readonly set: SetSearch; readonly seconds: RangeSeconds; readonly overview: RedactionOverview | undefined; readonly overviewError: Error | null; readonly onRetry: () => void; readonly scanResult: ScanResult | null }

export function AuditTab({ search, set, seconds, overview, overviewError, onRetry, scanResult }: AuditTabProps) {
  const { at, wide } = search;
  const sources = useRedactionSources(seconds, at === undefined || wide === undefined ? null : { from: at, to: at + wide });
  const [sorting, setSorting] = useState(firstSorting);
  const rows = useRows(sources.data, search);
  const sorted = useHeldRows(rows, sorting, JSON.stringify([seconds, at, wide, search.show, search.find]));
  // Without a choice the first row that needs a person is shown.
  const chosen = search.source ?? (sorting === firstSorting ? sorted : sortSources(rows, firstSorting))[0]?.source.id;
  const box = useRef<HTMLDivElement>(null);
  useKeptInView(box, search.source === undefined ? -1 : sorted.findIndex(({ source }) => source.id === chosen));
  const narrow = useNarrow();
  const detail = useRedactionSource(chosen, seconds);
  const none = chosen === undefined && sources.data !== undefined;
  const list = (
    <Pane className="grow redact-sources" label="Sources">
      <SourceTools search={search} set={set} answer={sources.data} />
      <div className="grow scroll" ref={box}>
        {sources.data === undefined && (sources.error ? <LoadFailure error={sources.error} onRetry={() => void sources.refetch()} /> : <SkeletonRows rows={8} />)}
        {sources.data?.sources.length === 0 && search.at === undefined && <NothingFound seconds={seconds} scanned={overview?.scanned} />}
        {sources.data !== undefined && (sources.data.sources.length > 0 || search.at !== undefined) && rows.length === 0 && <NoneHere onClear={() => set({ show: undefined, find: undefined, at: undefined, wide: undefined })} />}
        {rows.length > 0 && <SourceTable rows={sorted} rangeLabel={rangeWords(seconds)} sorting={sorting} onSort={setSorting} chosen={chosen ?? null} onPick={source => set({ source: source.id })} />}
        <Uncounted overview={overview} />
        {sources.data !== undefined && sources.data.more > 0 && <p className="t3 meta pad">{sources.data.more} smaller sources are not listed: choose a shorter range, or export the proof, which has them all.</p>}
      </div>
    </Pane>
  );
  const pane = <SourcePane detail={detail.data} error={detail.error} onRetry={() => void detail.refetch()} seconds={seconds} overview={overview} none={none} />;
  const proofs = { coverage: <CoveragePane coverage={overview?.coverage} seconds={overview?.coverageSeconds} />, canary: <CanaryPane />, scans: <ScansPane overview={overview} />, stops: <StopsPane detail={detail.data} range={sources.data} none={none} /> };
  const lower = narrow ? <LowerPanes source={pane} proofs={proofs} nextStep={detail.data !== undefined && <NextStepBar detail={detail.data} seconds={seconds} overview={overview} />} /> : pane;
  return (
    <div className="redact-audit">
      {overview === undefined && overviewError ? <LoadFailure error={overviewError} onRetry={onRetry} /> : <Tiles overview={overview} seconds={seconds} result={scanResult} />}
      <div className="redact-body">
        <div className="redact-main">
          <OverTimePane seconds={seconds} by={search.by ?? 'detector'} onBy={by => set({ by: by === 'detector' ? undefined : by }, { replace: true })} onPick={(at, wide) => set({ at, wide, source: undefined })} chosenAt={at} detail={detail.data} scans={overview?.fullScans ?? noScans} />
          <ResizablePanes key={String(narrow)} id={narrow ? 'redaction.lower' : 'redaction.source'} label="the chosen source" direction="vertical" defaultSize={narrow ? 264 : 288} minSize={160} maxSize={560} first={list} second={lower} />
        </div>
        {!narrow && <div className="redact-side">{proofs.stops}{proofs.scans}{proofs.coverage}{proofs.canary}</div>}
      </div>
    </div>
  );
}

function useRows(answer: RedactionSources | undefined, { show, find }: RedactionSearch): readonly SourceRow[] {
  const wanted = useDeferredValue(find ?? '');
  return answer === undefined ? [] : findSources(answer, { show, find: wanted });
}

function SourceTools({ search, set, answer }: { readonly search: RedactionSearch; readonly set: SetSearch; readonly answer: RedactionSources | undefined }) {
  const secrets = answer?.sources.filter(source => !isAllowList(source));
  const count = (state?: RedactionSource['state']) => secrets?.filter(source => state === undefined || source.state === state).length ?? '';
  const removals = (answer?.sources.length ?? 0) - (secrets?.length ?? 0);
  const field = useRef<HTMLInputElement>(null);
  useSlash(() => field.current?.focus());
  return (
    <PaneHeader title="Where secrets came from" meta={<span className="hide-n">one row per line of code, detector and key</span>}>
      {search.at !== undefined && <Button size="s" on iconAfter="x" title="Show the whole range again" onClick={() => set({ at: undefined, wide: undefined })}><Time at={search.at} /> + {formatDuration(search.wide ?? 0)}</Button>}
      <Segmented<RedactionSource['state'] | 'all' | 'allow-list'> label="State" value={search.show ?? 'all'} onChange={show => set({ show: show === 'all' ? undefined : show }, { replace: true })} options={[{ value: 'all', label: `All ${count()}` }, { value: 'leaking', label: `Leaking ${count('leaking')}` }, ...(search.show === 'unproved' || Number(count('unproved')) > 0 ? [{ value: 'unproved', label: `Not proved ${count('unproved')}`, title: terms.unproved } as const] : []), { value: 'clean', label: `Clean ${count('clean')}` }, { value: 'ignored', label: `Let pass ${count('ignored')}`, title: terms.letPass }, ...(search.show === 'allow-list' || removals > 0 ? [{ value: 'allow-list', label: `Removed by allow-list ${removals}`, title: terms.allowList } as const] : [])]} />
      <Input ref={field} small type="search" className="redact-find" placeholder="Detector, key, line, rule" aria-label="Find a source" aria-keyshortcuts="/" value={search.find ?? ''} onChange={event => set({ find: event.target.value === '' ? undefined : event.target.value }, { replace: true })} />
    </PaneHeader>
  );
}
