// Beside the machines: why not, what happened, the last records, limits, and measured bounds.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useActions } from '../../../api/index.ts';
import type { FleetNet, MachineDocument } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { formatCount, Icon, Pane, Tabs, Time } from '../../../ui/index.ts';
import { LimitsTab } from './limits-tab.tsx';
import { askedWords, eventsOf, eventWords, guardsOf, hasMoved, whyNot, type AgentEvent } from './net-facts.ts';
import { TrainingTab } from './training-tab.tsx';

type Reports = FleetNet['agents'];
type What = 'why' | 'events' | 'records' | 'limits' | 'training';

export interface ExplainPaneProps { readonly reports: Reports; readonly document: MachineDocument; readonly nowMs: number; readonly onEdit: (edits: readonly RuleEdit[]) => void }

export function ExplainPane({ reports, document, nowMs, onEdit }: ExplainPaneProps) {
  const [what, setWhat] = useState<What>('why');
  const trained = reports.some(({ net }) => net.training.length > 0) || document.train !== undefined;
  return (
    <Pane className="grow net-explain" label="Why not, firings and limits">
      <Tabs<What> label="Why not, firings and limits" value={!trained && what === 'training' ? 'why' : what} onChange={setWhat} tabs={[
        { value: 'why', label: 'Why not', content: <WhyNot reports={reports} /> },
        { value: 'events', label: 'Firings', content: <Events events={eventsOf(reports)} many={reports.length > 1} /> },
        { value: 'records', label: 'Records', content: <Records reports={reports} /> },
        { value: 'limits', label: 'Limits', content: <LimitsTab reports={reports} nowMs={nowMs} /> },
        ...(trained ? [{ value: 'training' as const, label: 'Measured bounds', content: <TrainingTab reports={reports} document={document} onEdit={onEdit} /> }] : []),
      ]} />
    </Pane>
  );
}

function WhyNot({ reports }: { readonly reports: Reports }) {
  const guards = guardsOf(reports);
  const looked = reports.reduce((sum, { net }) => sum + net.looked, 0);
  const moved = reports.reduce((sum, { net }) => sum + net.moved, 0);
  const failing = reports.filter(({ net }) => net.errors > 0);
  return (
    <div className="net-lines">
      <p className="t2">It looked at <b className="t1 md">{formatCount(looked)}</b> records; <b className="t1 md">{formatCount(moved)}</b> of them moved a machine. Counts are since it was armed, over all firings.</p>
      {failing.map(({ agent, net }) => <p key={agent.id} className="red">{agent.name}: {formatCount(net.errors)} records could not be looked at. {net.lastError}</p>)}
      <ul>{guards.map(guard => <li key={`${guard.state} ${guard.to} ${guard.text}`}><b className="md">{guard.state} → {guard.to}</b> <span className="t2">{askedWords(guard)}</span><code className="mono t2">{guard.text}</code><span className="meta t3">{whyNot(guard, looked, hasMoved(reports, guard))}</span></li>)}</ul>
    </div>
  );
}

/** Actions that nets started lately have their incident with them. */
const actionsRead = 500;

function Events({ events, many }: { readonly events: readonly AgentEvent[]; readonly many: boolean }) {
  const actions = useActions({ limit: actionsRead }).data?.actions ?? [];
  const incidents = new Map(actions.map(({ id, incident }) => [id, incident]));
  if (events.length === 0) return <p className="net-none t2">Nothing has moved since it was armed. When it does, every transition, every action, and every action that was held back stands here.</p>;
  return (
    <ul className="net-events">
      {events.slice(0, 100).map(event => (
        <li key={`${event.agent} ${event.atUnixMs} ${event.event} ${event.key} ${event.action ?? event.to ?? ''}`} className={event.event}>
          <span className="mono t3"><Time at={event.atUnixMs} /></span><Icon name={event.event === 'transition' ? 'right' : event.event === 'action' ? 'bolt' : 'warn'} size="s" label={event.event.replaceAll('-', ' ')} />
          <span className="net-text"><span className="mono">{event.key === '' ? '' : `${event.key} `}</span>{eventWords(event)}{many && <span className="t3"> {event.agent}</span>}<Started id={event.actionId} incident={event.actionId === undefined ? null : incidents.get(event.actionId) ?? null} /></span>
        </li>
      ))}
    </ul>
  );
}

/** What came of it: the incident that it opened or joined, and the run itself. */
function Started({ id, incident }: { readonly id: string | undefined; readonly incident: string | null }) {
  if (id === undefined) return null;
  return <span className="meta nw"> {incident !== null && <><Link to="/incidents/$incidentId" params={{ incidentId: incident }}>Incident</Link> </>}<Link to="/dumps" search={{ tab: 'actions', action: id }}>Run</Link></span>;
}

function Records({ reports }: { readonly reports: Reports }) {
  const records = reports.flatMap(({ agent, net }) => net.lastRecords.map(record => ({ ...record, agent: agent.name }))).toSorted((a, b) => b.atUnixMs - a.atUnixMs);
  if (records.length === 0) return <p className="net-none t2">It has not looked at a record yet. See in the tail whether such records come in at all.</p>;
  return <ul className="net-events">{records.map((record, i) => <li key={`${record.agent} ${record.atUnixMs} ${String(i)}`}><span className="mono t3"><Time at={record.atUnixMs} /></span><span /><span className="mono net-text"><span className="t3">{record.key}</span> {record.text}</span></li>)}</ul>;
}
