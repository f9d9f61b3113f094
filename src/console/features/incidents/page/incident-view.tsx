// The page of one incident: what it is, its time, and what belongs to it. A chosen part of its time narrows everything below.
import { Link, useParams } from '@tanstack/react-router';
import { explainFailure, useIncident, useIncidentRates } from '../../../api/index.ts';
import type { IncidentDetail } from '../../../../model/index.ts';
import { incidentSearch, useUrlState } from '../../../state/index.ts';
import { Button, ErrorState, Pane, PaneHeader, ResizablePanes, SkeletonRows, Time, useNow } from '../../../ui/index.ts';
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
  const around = <><PaneHeader title="What changed" meta="an hour before, and since" /><ChangedPane detail={detail} /><AboutPane incident={detail.incident} /></>;
  return (
    <div className="col grow inc-page">
      <Header incident={detail.incident} />
      <Timeline detail={detail} rates={rates} span={part ?? whole} nowMs={nowMs} onPart={choose} />
      {part !== null && <div className="inc-part-bar"><span>Only <Time at={part.fromMs} /> to <Time at={part.toMs} />, everywhere below.</span><Button size="s" kbd="Esc" onClick={() => choose(null)}>Whole time</Button></div>}
      <ResizablePanes id="incident.side" label="what changed" defaultSize={300} minSize={220} maxSize={460}
        first={<ResizablePanes id={narrow ? 'incident.right-narrow' : 'incident.right'} label="actions and artifacts" defaultSize={narrow ? 420 : 470} minSize={300} maxSize={720}
          first={<EntriesPane detail={shown} all={detail} show={search.show} onShow={show => set({ show }, { replace: true })} />}
          second={<Pane className="grow scroll inc-stack"><ActionsPane detail={shown} narrowed={part !== null} /><ArtifactsPane detail={shown} narrowed={part !== null} />{narrow && around}</Pane>} />}
        second={narrow ? null : <Pane className="grow scroll inc-stack">{around}</Pane>} />
    </div>
  );
}
