// The chosen event: its name and where it leads, its facts, and what is known of it in five panes.
import type { EventDetail, EventRef } from '../../../../model/index.ts';
import { explainFailure, useAliases, useEvent } from '../../../api/index.ts';
import type { EventPane } from '../../../state/index.ts';
import { EmptyState, ErrorState, IconButton, Pane, Skeleton, SkeletonRows, Tabs } from '../../../ui/index.ts';
import { DetailHead } from './detail-head.tsx';
import { DriftPane } from './drift-pane.tsx';
import { Facts } from './facts.tsx';
import { LintPane } from './lint-pane.tsx';
import { NamesPane } from './names/names-pane.tsx';
import { aliasesOf, fieldAliasesOf } from './names/proposals.ts';
import { SchemaPane } from './schema-pane.tsx';
import { UsedPane } from './used-pane.tsx';

export interface DetailPaneProps { readonly event: EventRef; readonly pane: EventPane; readonly onPane: (pane: EventPane) => void; readonly onClose: () => void }

export function DetailPane({ event, pane, onPane, onClose }: DetailPaneProps) {
  const { data, error, refetch } = useEvent(event);
  return (
    <Pane className="grow ev-detail" label={`Event ${event.id}`}>
      {data !== undefined ? <><DetailHead event={data} onClose={onClose} /><Facts event={data} /><Panes event={data} pane={pane} onPane={onPane} /></> : <>
        <div className="ev-title row"><span className="mono ell grow">{event.id}</span><IconButton icon="x" label="Close the event" size="s" variant="ghost" onClick={onClose} /></div>
        {error === null ? <><div className="pad"><Skeleton width={260} /></div><SkeletonRows rows={10} label="Loading the event" /></> : <Failed error={error} onRetry={() => void refetch()} />}
      </>}
    </Pane>
  );
}

function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { title, help, details } = explainFailure(error);
  return <ErrorState title={title} details={details} onRetry={onRetry}>{help ?? 'Agents tell of an event again when they meet its next record. Choose another from the list.'}</ErrorState>;
}

function Panes({ event, pane, onPane }: { readonly event: EventDetail; readonly pane: EventPane; readonly onPane: (pane: EventPane) => void }) {
  const aliases = useAliases().data ?? [];
  const [about, fields] = [aliasesOf(aliases, event), fieldAliasesOf(aliases, event)];
  const proposed = about.filter(({ state }) => state === 'proposed').length;
  const count = (value: number) => (value === 0 ? '' : value);
  return (
    <Tabs<EventPane> label="About the event" value={pane} onChange={onPane} tabs={[
      { value: 'schema', label: 'Schema', count: count(event.fieldRows.length), content: <SchemaPane event={event} /> },
      { value: 'drift', label: 'Changes', count: count(event.drift.length), content: <DriftPane event={event} /> },
      { value: 'names', label: 'Names', count: count(event.formerNames.length + fields.length + proposed), content: event.source === 'folded' || event.source === 'none' ? <EmptyState title="These events have no name">They are counted together, so there is nothing to rename.</EmptyState> : <NamesPane event={event} aliases={about} fields={fields} /> },
      { value: 'used', label: 'Used by', count: count(event.usedBy.length), content: <UsedPane event={event} /> },
      { value: 'lint', label: 'Lint', count: count(event.lint.length), content: <LintPane event={event} /> },
    ]} />
  );
}
