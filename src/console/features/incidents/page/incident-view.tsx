// The page of one incident: what it is, its time, artifacts beside each other, and what else belongs to it. A chosen part of its time
// narrows everything below.
import { Link, useParams } from '@tanstack/react-router';
import { explainFailure, useIncident, useIncidentRates } from '../../../api/index.ts';
import type { IncidentDetail } from '../../../../model/index.ts';
import { incidentSearch, useUrlState, type IncidentSearch } from '../../../state/index.ts';
import { Button, ErrorState, Pane, PaneHeader, ResizablePanes, SkeletonRows, Tabs, Time, useNow } from '../../../ui/index.ts';
import { Beside, useBeside } from '../beside/index.ts';
import { partOf, wholeSpan, type Span } from '../timeline/axis.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { ActionsPane } from './actions-pane.tsx';
import { ArtifactsPane } from './artifacts-pane.tsx';
import { ChangedPane } from './changed-pane.tsx';
import { EntriesPane } from './entries-pane.tsx';
import { Header } from './header.tsx';
import { AboutPane } from './about-pane.tsx';
import { narrowed } from './narrow.ts';
import { useNarrow } from './use-narrow.ts';
import '../incidents.css';

export function IncidentView() {
  const { incidentId } = useParams({ from: '/incidents/$incidentId' });
  const { data, error, refetch } = useIncident(incidentId);
  if (data !== undefined) return <Page key={incidentId} detail={data} />;
  if (error === null) return <Pane className="grow"><SkeletonRows rows={14} /></Pane>;
  const { title, help, details } = explainFailure(error);
  return <Pane className="grow"><h1 className="vh">Incident</h1><ErrorState title={title} details={details} onRetry={() => void refetch()} actions={<Link to="/incidents">All incidents</Link>}>{help}</ErrorState></Pane>;
}

function Page({ detail }: { readonly detail: IncidentDetail }) {
  const [search, set] = useUrlState(incidentSearch);
  const rates = useIncidentRates(detail.incident.id).data ?? null;
  const nowMs = useNow(detail.incident.closedAt === null && detail.incident.imported === null);
  const whole = wholeSpan(detail, rates, nowMs);
  const part = partOf(whole, search.from, search.to);
  const choose = (next: Span | null) => set(next === null ? { from: undefined, to: undefined } : { from: next.fromMs, to: next.toMs });
  const shown = narrowed(detail, part);
  const narrow = useNarrow();
  const beside = useBeside(detail.incident, detail.artifacts, search, set);
  const isOpen = beside.pair.left !== null || beside.pair.right !== null;
  const entries = <EntriesPane detail={shown} all={detail} show={search.show} onShow={show => set({ show }, { replace: true })} />;
  const collected = <Pane className="grow scroll inc-stack"><ArtifactsPane detail={shown} narrowed={part !== null} beside={beside} /><ActionsPane detail={shown} narrowed={part !== null} /></Pane>;
  const changed = <Pane className="grow scroll inc-stack"><PaneHeader title="What changed" meta="an hour before, and since" /><ChangedPane detail={detail} /><AboutPane incident={detail.incident} /></Pane>;
  type Side = NonNullable<IncidentSearch['side']>;
  const tabs = [{ value: 'collected' as const, label: 'Collected', count: shown.artifacts.length, content: collected }, { value: 'changed' as const, label: 'What changed', content: changed }, ...(isOpen ? [{ value: 'entries' as const, label: 'Entries', count: shown.timeline.length, content: entries }] : [])];
  const side = search.side === 'entries' && !isOpen ? 'collected' : search.side ?? 'collected';
  return (
    <div className="col grow inc-page">
      <Header incident={detail.incident} />
      <Timeline detail={detail} rates={rates} span={part ?? whole} nowMs={nowMs} onPart={choose} />
      {part !== null && <div className="inc-part-bar"><span>Only <Time at={part.fromMs} /> to <Time at={part.toMs} />, everywhere below.</span><Button size="s" kbd="Esc" onClick={() => choose(null)}>Whole time</Button></div>}
      <ResizablePanes id="incident.around" label="what was collected" defaultSize={340} minSize={260} maxSize={640}
        first={isOpen ? <Beside beside={beside} artifacts={detail.artifacts} part={part} narrow={narrow} /> : entries}
        second={<Tabs<Side> label="Around the incident" value={side} onChange={next => set({ side: next === 'collected' ? undefined : next }, { replace: true })} tabs={tabs} />} />
    </div>
  );
}
