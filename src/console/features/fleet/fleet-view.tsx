// The view: the table of agents, and the chosen one beside it.
import { explainFailure, useAgents, useSession } from '../../api/index.ts';
import { fleetSearch, useUrlState } from '../../state/index.ts';
import { EmptyState, ErrorState, Pane, plural, ResizablePanes, SkeletonRows, ViewBar } from '../../ui/index.ts';
import { AgentDetail } from './agent-detail.tsx';
import { AgentTable } from './agent-table.tsx';
import { useAgentRates } from './use-agent-rates.ts';
import './fleet.css';

export function FleetView() {
  const { data: agents, error, refetch } = useAgents();
  const rates = useAgentRates(agents);
  const [search, set] = useUrlState(fleetSearch);
  const chosen = agents?.find(agent => agent.id === search.agent);
  const list = (
    <Pane className="grow scroll fleet-list">
      {agents === undefined && !error && <SkeletonRows />}
      {agents === undefined && error && <LoadFailure error={error} onRetry={() => void refetch()} />}
      {agents?.length === 0 && <NoAgents />}
      {agents && agents.length > 0 && <AgentTable agents={agents} rates={rates} selected={search.agent} onPick={agent => set({ agent: agent.id })} />}
    </Pane>
  );
  const connected = agents?.filter(agent => agent.connected).length ?? 0;
  return (
    <div className="col grow">
      <ViewBar title="Fleet" meta={agents && agents.length > 0 ? `${connected} of ${plural(agents.length, 'agent')} connected` : undefined} />
      {chosen
        ? <ResizablePanes id="fleet.detail" label="the agent's detail" defaultSize={380} minSize={280} maxSize={720} first={list} second={<AgentDetail agent={chosen} tab={search.tab ?? 'summary'} onTab={tab => set({ tab }, { replace: true })} onClose={() => set({ agent: undefined, tab: undefined })} />} />
        : list}
    </div>
  );
}

function LoadFailure({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { title, help, details } = explainFailure(error);
  return <ErrorState title={title} details={details} onRetry={onRetry}>{help}</ErrorState>;
}

function NoAgents() {
  const otlp = useSession().data?.otlp;
  return <EmptyState title="No agent has ever connected">Start one with <span className="mono t1">weir agent</span>, or run <span className="mono t1">weir up</span>, which starts one beside the server{otlp && <> and receives OTLP at <span className="mono t1">{otlp.http}</span></>}.</EmptyState>;
}
