// One record in full: body, columns, attributes, resource, trace; or the same as JSON.
import { useEffect, useState } from 'react';
import { Button, Icon, IconButton, MaskedText, Menu, millisFromNanos, SeverityMark, Skeleton, Tabs, Time, formatBytes, type MenuEntry } from '../../../ui/index.ts';
import type { TailStage } from '../../../../model/index.ts';
import type { Value } from '../../../../otlp/index.ts';
import { valueText, type TailRecord, type TailRow } from '../../../workers/tail/index.ts';
import type { MainAction } from '../record-menu.tsx';
import { useTailClient } from '../services.tsx';
import { recordJson } from '../words/copy-record.ts';
import { fieldPredicate } from '../words/kql-text.ts';
import { fieldRef, fieldWords, listed } from '../redact/index.ts';
import { ExplainTab } from './explain-tab.tsx';
import { FieldList, type FieldActions } from './field-list.tsx';
import { FoundText } from './found-text.tsx';
import { SourceLine } from './source-line.tsx';
import { useFindings, type Findings } from './use-findings.ts';

export type DetailTab = 'record' | 'json' | 'explain';

export interface DetailPaneProps { readonly row: TailRow; /** What the tail shows: records as they came, or as they leave. */ readonly stage: TailStage; readonly tab: DetailTab; readonly onTab: (tab: DetailTab) => void; readonly onClose: () => void; /** Shown as buttons; `more` is behind the three dots. */ readonly main: readonly MainAction[]; readonly more: readonly MenuEntry[]; readonly actions: FieldActions }

/** Shown elsewhere in the pane, so not repeated among the columns. */
const shownApart = new Set(['Body', 'TraceId', 'SpanId', 'ParentSpanId', 'Timestamp']);

export function DetailPane({ row, stage, tab, onTab, onClose, main, more, actions }: DetailPaneProps) {
  const record = useRecord(row);
  const findings = useFindings(record);
  const title = row.durableSource === 'code' || row.durableSource === 'template' || row.durableId === '' ? row.summary : row.durableId;
  return (
    <section className="tail-detail" aria-label="Record detail" onKeyDown={(event) => { if (event.key === 'Escape' && event.currentTarget.contains(event.target as Node)) { event.stopPropagation(); onClose(); } }}>
      <header className="row">
        <SeverityMark severity={row.severity} /><h2 className="b ell" title={title}><MaskedText text={title} /></h2><span className="t3 nw"><Time at={millisFromNanos(row.timeUnixNano)} millis /></span>
        <span className="end row gap1">
          <Menu entries={more} align="end" label="More actions for the record"><IconButton icon="more" size="s" variant="ghost" tooltip={false} label="More actions for the record" /></Menu>
          <IconButton icon="x" size="s" variant="ghost" label="Close" kbd="Esc" onClick={onClose} />
        </span>
      </header>
      <div className="tail-actions" role="group" aria-label="Actions for the record">
        {main.map((action) => <Button key={action.kbd} size="s" icon={action.icon} aria-keyshortcuts={action.kbd} title={`Key ${action.kbd}`} onMouseDown={keepSelection} onClick={action.onSelect}>{action.label}</Button>)}
      </div>
      <Tabs label="Record as" value={tab} onChange={onTab} tabs={[
        { value: 'record', label: 'Record', content: <Scrolled>{record === undefined ? <div className="pad"><Skeleton /></div> : record === null ? <Gone /> : <RecordTab record={record} findings={findings} actions={actions} />}</Scrolled> },
        { value: 'explain', label: 'Explain', content: <Scrolled><ExplainTab id={row.id} agent={row.agent} stage={stage} record={record ?? null} /></Scrolled> },
        { value: 'json', label: 'JSON', content: <Scrolled>{record ? <pre className="tail-json"><MaskedText text={recordJson(record)} /></pre> : record === null ? <Gone /> : null}</Scrolled> },
      ]} />
    </section>
  );
}

/** What is selected in the record is what an action is about. */
const keepSelection = (event: React.MouseEvent): void => event.preventDefault();

function Scrolled({ children }: { readonly children: React.ReactNode }) { return <div className="scroll grow" tabIndex={0} role="group" aria-label="Record fields">{children}</div>; }

function Gone() { return <p className="pad t2">This record has left the buffer to make room for newer ones. Pause earlier, or narrow the filter so that the buffer reaches back further.</p>; }

function RecordTab({ record, findings, actions }: { readonly record: TailRecord; readonly findings: Findings; readonly actions: FieldActions }) {
  const shared = { signal: record.signal, findings, actions };
  const columns = Object.entries(record.columns).filter(([name]) => !shownApart.has(name));
  const attributes = Object.entries(record.attributes);
  const resource = Object.entries(record.resource);
  const body = record.columns['Body'] ?? null;
  return (
    <>
      <InClear findings={findings} />
      {body !== null && (typeof body === 'string' ? <div className="tail-body mono" data-redact-place="column" data-redact-name="Body"><FoundText text={body} spans={findings.in(fieldRef('column', 'Body'), body)} /></div> : <FieldList label="Body" place="column" fields={[['Body', body]]} {...shared} />)}
      <SourceLine record={record} />
      <Section title="Attributes" count={attributes.length}><FieldList label="Attributes" place="attribute" fields={attributes} {...shared} /></Section>
      <Section title="Columns" count={columns.length}><FieldList label="Columns" place="column" fields={columns} {...shared} /></Section>
      <Trace record={record} findings={findings} actions={actions} />
      <Section title="Resource" count={resource.length}><FieldList label="Resource" place="resource" fields={resource} {...shared} /></Section>
      <p className="pad t3 meta">From agent {record.agent}, {formatBytes(record.bytes)} on the wire.</p>
    </>
  );
}

/** Secrets below the fold are said above it. */
function InClear({ findings: { all } }: { readonly findings: Findings }) {
  if (all.length === 0) return null;
  const detectors = [...new Set(all.map(({ detector }) => detector))];
  return <p className="tail-in-clear" role="status"><Icon name="warn" size="s" /><span>In clear here: {listed(detectors.map((name) => `${name} in ${listed([...new Set(all.filter(({ detector }) => detector === name).map(fieldWords))])}`))}.</span></p>;
}

function Section({ title, count, children }: { readonly title: string; readonly count: number; readonly children: React.ReactNode }) {
  return <section><h3 className="dh">{title}<span className="t3">{count}</span></h3>{count === 0 ? <p className="pad t3 meta">None.</p> : children}</section>;
}

function Trace({ record, findings, actions }: { readonly record: TailRecord; readonly findings: Findings; readonly actions: FieldActions }) {
  const ids = ['TraceId', 'SpanId', 'ParentSpanId'].map((name) => [name, record.columns[name] ?? null] as const).filter(([, value]) => typeof value === 'string' && value !== '') as readonly (readonly [string, Value])[];
  const trace = ids.find(([name]) => name === 'TraceId')?.[1];
  if (trace === undefined) return null;
  const predicate = fieldPredicate(record.signal, 'column', 'TraceId', trace);
  return (
    <section>
      <h3 className="dh">Trace <span className="mono t3">{shortId(valueText(trace))}</span><button type="button" className="end link" onClick={() => { if (predicate !== null) actions.filterFor(predicate); }}>Filter by this trace</button></h3>
      <FieldList signal={record.signal} label="Trace" place="column" fields={ids} findings={findings} actions={actions} />
    </section>
  );
}

function shortId(id: string): string { return id.length > 12 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id; }

/** Undefined while it loads, null when it has left the ring. The record of before is never shown under a new title. */
function useRecord(row: TailRow): TailRecord | null | undefined {
  const client = useTailClient();
  const [loaded, setLoaded] = useState<{ readonly id: number; readonly record: TailRecord | null } | null>(null);
  useEffect(() => {
    let live = true;
    client.record(row.id).then((record) => { if (live) setLoaded({ id: row.id, record }); }, () => { if (live) setLoaded({ id: row.id, record: null }); });
    return () => { live = false; };
  }, [client, row.id]);
  return loaded?.id === row.id ? loaded.record : undefined;
}
