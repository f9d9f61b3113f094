// The tail: live records of the whole fleet, filtered, counted, and the place where most rules start.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Signal } from '../../../model/index.ts';
import { useKqlClient, type EditorHandle } from '../../editor/index.ts';
import { tailSearch, useUrlState, type TailSearch } from '../../state/index.ts';
import { copyText, ResizablePanes, SkeletonRows, useSlash } from '../../ui/index.ts';
import type { TailRow } from '../../workers/tail/index.ts';
import { FilterBar } from './bar/filter-bar.tsx';
import { HonestBar } from './bar/honest-bar.tsx';
import { DetailPane } from './detail/detail-pane.tsx';
import type { FieldActions } from './detail/field-list.tsx';
import { EmptyTail } from './empty.tsx';
import { choiceInUrl, facetFilters } from './facets/facet-choice.ts';
import { FacetPane } from './facets/facet-pane.tsx';
import { Histogram } from './histogram/histogram.tsx';
import { RowList } from './list/row-list.tsx';
import { mainActions, moreEntries, recordEntries, recordKey, useRecordActions } from './record-menu.tsx';
import { recordingInPlace, RecordingBanner, useRecording } from './recording.tsx';
import { RedactAtSelection, RedactDialog, useRedaction } from './redact/index.ts';
import { useTailClient, useTailState } from './services.tsx';
import './tail.css';
import { RecordDialog } from './record-dialog.tsx';
import { TestDialog } from './test-dialog.tsx';
import { useAnew } from './use-anew.ts';
import { useFilter, useFilterOfUrl } from './use-filter.ts';
import { useKnownNames } from './use-known-names.ts';
import { usePolled } from './use-polled.ts';
import { useSpaceToPause } from './use-space.ts';
import { FilterNote } from '../../renames/index.ts';
import { SavedViews, useViewOfUrl, ViewNote } from './views/index.ts';
import { narrow, timePredicate } from './words/kql-text.ts';

const liveSignals: readonly Signal[] = ['logs'];
/** A recording is whole: nothing is saved by leaving a part of it out. */
const recordedSignals: readonly Signal[] = ['logs', 'spans', 'metrics'];
const noColumns: readonly string[] = [];
const noValues: Record<string, string[]> = {};
const histogramBuckets = 150;

export function TailView() {
  const client = useTailClient();
  const state = useTailState();
  const [url, setUrl] = useUrlState(tailSearch);
  const [selected, setSelected] = useState<TailRow | null>(null);
  const [detail, setDetail] = useState(false);
  const [facetsOpen, setFacetsOpen] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const filterBox = useRef<EditorHandle>(null);
  const recording = useRecording(url.recording);
  const usualSignals = recording === undefined ? liveSignals : recordedSignals;
  const { q = '', stage = 'out', signals = usualSignals, columns = noColumns, wrap = false, off = noValues, only = noValues } = url;
  const stable = useStable({ signals, columns, choice: { off, only } });
  const filter = useFilter(stable.signals);
  useKnownNames();
  const view = useViewOfUrl(url.view, saidOfView(url), usualSignals, (search) => setUrl(search, { replace: true }));
  const arriving = useFilterOfUrl(filter, q);
  const wish = recording === undefined ? null : recording.wish;
  const waits = recording !== undefined && wish === null;
  useEffect(() => { if (!waits) client.open({ signals: stable.signals, stage, ...(wish !== null && { recording: wish }) }); }, [client, stable.signals, stage, wish, waits]);
  useEffect(() => client.setFacetFilters(facetFilters(stable.choice)), [client, stable.choice]);
  useSlash(() => filterBox.current?.focus());
  const anew = useAnew(stage, stable.signals);
  useSpaceToPause(() => { if (recording === undefined) client.setPaused(!client.getState().paused); });
  const leave = () => { setSelected(null); setDetail(false); setUrl({ recording: undefined, signals: undefined, off: undefined, only: undefined }); };

  const key = `${q} ${JSON.stringify(stable.choice)} ${stage} ${signals.join()} ${state.paused} ${url.recording ?? ''} ${state.recording?.status ?? ''}`;
  // Until the filter of a link is in force, figures would be of everything.
  const histogram = usePolled(() => client.histogram(histogramBuckets), key, 1000, !arriving);
  const facets = usePolled(() => client.facets(), key, 1000, !arriving);
  const known = useKnownFields();

  const apply = (text: string) => { void filter.apply(text).then((inForce) => { if (inForce) setUrl(text.trim() === '' ? { q: undefined, view: undefined } : { q: text }); }); };
  const filterFor = (predicate: string) => apply(narrow(q, predicate));
  const [testing, setTesting] = useState<TailRow | null>(null);
  const [toRecord, setRecording] = useState<TailRow | null>(null);
  const { root, ...redaction } = useRedaction(selected);
  const actions = useRecordActions(filterFor, setTesting, redaction.record, setRecording);
  const fieldActions: FieldActions = {
    filterFor,
    addColumn: (name) => { if (!columns.includes(name)) setUrl({ columns: [...columns, name] }, { replace: true }); },
    redact: redaction.field,
    toMetric: (place, name) => { if (selected !== null) actions.makeRule('metric', selected, { place, name }); },
    copy: (text) => void copyText(text, 'Value'),
  };
  const close = () => { setDetail(false); setSelected(null); grid.current?.focus({ preventScroll: true }); };
  const facetsInForce = Object.keys(off).length + Object.keys(only).length;
  const list = recordingInPlace(recording, state, leave) ?? (arriving ? <div className="tail-list"><SkeletonRows rows={8} label="Applying the filter of the link" /></div> : (
    <RowList gridRef={grid} state={state} columns={stable.columns} wrap={wrap} selectedId={selected?.id ?? null}
      onSelect={(row) => { setSelected(row); if (row === null) setDetail(false); }} onOpen={(row) => { setSelected(row); setDetail(true); }}
      menu={(row) => recordEntries(row, actions)} onKey={(pressed, row) => recordKey(pressed, row, actions)}
      empty={<EmptyTail state={state} anew={anew} filter={q} facetsOff={facetsInForce > 0} onClearFilter={() => apply('')} onClearFacets={() => setUrl({ off: undefined, only: undefined })} />} />
  ));
  return (
    <div className="tail" ref={root}>
      <h1 className="vh">Tail</h1>
      {recording !== undefined && <RecordingBanner recording={recording} state={state} onLeave={leave} />}
      <FilterBar live={recording === undefined} boxRef={filterBox} onLeave={() => grid.current?.focus({ preventScroll: true })} text={q} filter={filter} onApply={apply} stage={stage} onStage={(next) => setUrl({ stage: next === 'out' ? undefined : next })}
        paused={state.paused} onPause={(paused) => client.setPaused(paused)} columns={columns} onColumns={(next) => setUrl({ columns: next.length === 0 ? undefined : [...next] }, { replace: true })} known={known}
        facetsOpen={facetsOpen} facetsInForce={facetsInForce} onFacets={setFacetsOpen} wrap={wrap} onWrap={(next) => setUrl({ wrap: next ? true : undefined }, { replace: true })}
        views={recording === undefined && <SavedViews shown={{ kql: q, signals: [...signals], columns: [...columns], stage, facets: { hidden: off, only }, wrap }} openId={url.view} usual={usualSignals} onOpen={setUrl} onLeave={() => setUrl({ view: undefined }, { replace: true })} />} />
      <ViewNote view={recording === undefined ? view : undefined} filter={q} stage={stage} matched={arriving || state.status !== 'live' ? null : state.matched} onStage={(next) => setUrl({ stage: next === 'out' ? undefined : next })} />
      <FilterNote filter={q} />
      <HonestBar arriving={arriving} state={state} signals={signals} onSignals={(next) => setUrl({ signals: next.join() === usualSignals.join() ? undefined : [...next] })} filtered={q !== '' && !arriving} anew={anew} />
      <Histogram histogram={arriving ? null : histogram} onRange={(fromMs, toMs) => filterFor(timePredicate(fromMs, toMs))} />
      <div className={`tail-main ${facetsOpen ? 'with-facets' : ''} ${selected !== null && detail ? 'with-detail' : ''}`}>
        <FacetPane facets={arriving ? null : facets} choice={stable.choice} onChange={(next) => setUrl(choiceInUrl(next), { replace: true })} />
        <ResizablePanes id="tail-detail" label="Record detail" defaultSize={364} minSize={280} maxSize={720} first={list} second={selected === null || !detail ? null : (
            <DetailPane row={selected} stage={stage} tab={url.tab === 'json' || url.tab === 'explain' ? url.tab : 'record'} onTab={(tab) => setUrl({ tab: tab === 'record' ? undefined : tab }, { replace: true })} onClose={close} main={mainActions(selected, actions)} more={moreEntries(selected, actions)} actions={fieldActions} />)} />
      </div>
      <RedactAtSelection pointed={redaction.pointed} onRedact={redaction.selected} />
      <RedactDialog target={redaction.target} onClose={redaction.close} />
      <RecordDialog row={toRecord} onClose={() => setRecording(null)} />
      <TestDialog row={testing} onClose={() => setTesting(null)} />
      {state.paused && state.newWhilePaused > 0 && <span className="vh" role="status">Paused, new records arrive meanwhile</span>}
    </div>
  );
}

const saidOfView = ({ q, stage, signals, columns, wrap, off, only }: TailSearch) => ({ q, stage, signals, columns, wrap, off, only });

/** URL state is parsed anew at every render; effects need the same object while its content is the same. */
function useStable<T extends object>(value: T): T {
  const text = JSON.stringify(value);
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => value, [text]);
}

/** Attribute names of the buffer, most present first; also told to the KQL service for completion. */
function useKnownFields(): readonly string[] {
  const client = useTailClient();
  const kql = useKqlClient();
  const fields = usePolled(() => client.liveFields(), 'fields', 5000);
  useEffect(() => { if (fields !== null && fields.length > 0) kql.setLiveFields(fields); }, [fields, kql]);
  return useMemo(() => [...new Set((fields ?? []).filter((field) => field.column !== 'Record').map((field) => field.name))], [fields]);
}
