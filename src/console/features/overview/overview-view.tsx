// The view: what is open on top; figures, flow, talkers and agents on the left; the big red button, running actions, nets, what needs a person, exporters,
// rules and demo faults on the right.
import { explainFailure, useOverview } from '../../api/index.ts';
import type { Overview } from '../../../model/index.ts';
import { overviewSearch, useUrlState } from '../../state/index.ts';
import { ErrorState, Pane, ResizablePanes, SkeletonRows } from '../../ui/index.ts';
import { BrokenLine } from '../../renames/index.ts';
import { AgentsStrip } from './agents-strip.tsx';
import { AttentionPane, RunningRulesPane } from './attention-pane.tsx';
import { CapturePane } from './capture-pane.tsx';
import { ExportersPane } from './exporters-pane.tsx';
import { FaultsPane } from './faults-pane.tsx';
import { FigureRow } from './figures.tsx';
import { FlowPane } from './flow-pane.tsx';
import { NetsPane } from './nets-pane.tsx';
import { OpenIncidents } from './open-incidents.tsx';
import { RunningActionsPane } from './running-actions.tsx';
import { SendTelemetry } from './send-telemetry.tsx';
import { TalkersPane } from './talkers-pane.tsx';
import './overview.css';

export function OverviewView() {
  const { data, error, refetch } = useOverview();
  if (data === undefined && error) {
    const { title, help, details } = explainFailure(error);
    return <Pane className="grow"><h1 className="vh">Overview</h1><ErrorState title={title} details={details} onRetry={() => void refetch()}>{help}</ErrorState></Pane>;
  }
  return (
    <div className="col grow">
      <h1 className="vh">Overview</h1>
      <OpenIncidents />
      <BrokenLine />
      <ResizablePanes id="overview.side" label="the side pane" defaultSize={336} minSize={240} maxSize={480}
        first={data === undefined ? <Pane className="grow"><SkeletonRows rows={14} /></Pane> : <Main data={data} />}
        second={<Pane className="grow scroll overview-side">{data && <Side data={data} />}</Pane>} />
    </div>
  );
}

function Main({ data }: { readonly data: Overview }) {
  const [search, set] = useUrlState(overviewSearch);
  const silent = data.points.every(point => point.in === 0) && data.talkers.length === 0;
  return (
    <Pane className="grow overview">
      <FigureRow data={data} />
      {silent ? <SendTelemetry agentsKnown={data.agents.known} /> : (
        <>
          <FlowPane data={data} minutes={search.minutes ?? 5} onMinutes={minutes => set({ minutes }, { replace: true })} />
          <TalkersPane data={data} by={search.by ?? 'records'} onBy={by => set({ by }, { replace: true })} />
        </>
      )}
      <AgentsStrip budget={data.cpuBudgetShare} />
    </Pane>
  );
}

function Side({ data }: { readonly data: Overview }) {
  return <><CapturePane /><RunningActionsPane /><NetsPane /><AttentionPane /><ExportersPane exporters={data.exporters} /><RunningRulesPane /><FaultsPane /></>;
}
