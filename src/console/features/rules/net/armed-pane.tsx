// Below the graph of a net that is deployed: its machines at the left, and what explains them at the right; for all agents, or for one.
import { useState } from 'react';
import { explainFailure, useNet } from '../../../api/index.ts';
import type { FleetNet, MachineDocument, RuleDetail } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { Chip, EmptyState, ErrorState, Pane, PaneHeader, plural, ResizablePanes, Select, SkeletonRows, useNow } from '../../../ui/index.ts';
import { ExplainPane } from './explain-pane.tsx';
import { KeysTable } from './keys-table.tsx';
import { isFresh, keysOf } from './net-facts.ts';
import './net.css';

export interface ArmedPaneProps { readonly rule: RuleDetail; readonly document: MachineDocument; readonly onEdit: (edits: readonly RuleEdit[]) => void }

export function ArmedPane({ rule, document, onEdit }: ArmedPaneProps) {
  const { data, error, refetch } = useNet(rule.id);
  if (data === undefined && error !== null) {
    const { title, help, details } = explainFailure(error);
    return <Pane className="grow"><ErrorState title={title} details={details} onRetry={() => void refetch()}>{help}</ErrorState></Pane>;
  }
  if (data === undefined) return <Pane className="grow"><SkeletonRows rows={5} /></Pane>;
  if (data === null || data.agents.length === 0) return <Pane className="grow" label="Armed"><EmptyState title="No agent has reported it yet">An agent reports a second after it has the net. {rule.appliedAgents} of {plural(rule.targetAgents, 'agent')} have it; Fleet shows what keeps the others.</EmptyState></Pane>;
  return <Reported net={data} document={document} onEdit={onEdit} />;
}

function Reported({ net, document, onEdit }: { readonly net: FleetNet } & Pick<ArmedPaneProps, 'document' | 'onEdit'>) {
  const nowMs = useNow();
  const [agent, setAgent] = useState('all');
  const chosen = net.agents.some(report => report.agent.id === agent) ? agent : 'all';
  const reports = net.agents.filter(report => chosen === 'all' || report.agent.id === chosen);
  const quiet = reports.filter(report => !isFresh(report, nowMs));
  const keys = keysOf(reports, document.initial);
  const sum = (of: (report: FleetNet['agents'][number]) => number): number => reports.reduce((all, report) => all + of(report), 0);
  const options = [{ value: 'all', label: plural(net.agents.length, 'agent') }, ...net.agents.map(report => ({ value: report.agent.id, label: report.agent.name }))];
  const machines = sum(report => report.net.instances);
  return (
    <ResizablePanes id="rules.net" label="Why not" sized="second" defaultSize={560} minSize={320} maxSize={900}
      first={<Pane label="Machines" className="grow">
        <PaneHeader title="Machines" meta={`${plural(machines, 'key')} of at most ${plural(sum(report => report.net.maxKeys), 'key')}`}>
          {reports.some(report => report.net.mode === 'shadow') && <Chip tone="pending" title="It moves, and starts nothing">shadow</Chip>}
          {net.agents.length > 1 && <Select size="s" label="Whose machines" value={chosen} options={options} onChange={setAgent} />}
        </PaneHeader>
        {quiet.length > 0 && <p className="net-quiet" role="status">{quiet.map(report => report.agent.name).join(', ')} {quiet.length === 1 ? 'has' : 'have'} not reported for a while; what it said last is shown.</p>}
        <KeysTable keys={keys} initial={document.initial} document={document} more={sum(report => report.net.moreKeys)} evicted={sum(report => report.net.evicted)} looked={sum(report => report.net.looked)} nowMs={nowMs} showAgent={chosen === 'all' && net.agents.length > 1} />
      </Pane>}
      second={<ExplainPane reports={reports} document={document} nowMs={nowMs} onEdit={onEdit} />} />
  );
}
