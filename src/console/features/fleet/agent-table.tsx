// The table of agents.
import type { AgentSummary } from '../../../model/index.ts';
import { Chip, formatBytes, formatDuration, formatPercent, formatRate, Table, Time } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { configState, healthState, shortHash } from './config-state.ts';
import type { AgentRates } from './rates.ts';

const none = <span className="t3">–</span>;

export interface AgentTableProps { readonly agents: readonly AgentSummary[]; readonly rates: ReadonlyMap<string, AgentRates>; readonly selected: string | undefined; readonly onPick: (agent: AgentSummary) => void }

export function AgentTable({ agents, rates, selected, onPick }: AgentTableProps) {
  return <Table label="Agents" columns={columnsOf(rates)} rows={agents} rowKey={agent => agent.id} selectedKey={selected ?? null} onPick={onPick} rowLabel={agent => `${agent.name} on ${agent.host}, ${healthState(agent).word}`} />;
}

function columnsOf(rates: ReadonlyMap<string, AgentRates>): readonly TableColumn<AgentSummary>[] {
  const rate = (agent: AgentSummary, way: keyof AgentRates) => { const known = rates.get(agent.id); return known ? formatRate(known[way]) : none; };
  const process = (agent: AgentSummary, show: (process: NonNullable<AgentSummary['status']>['process']) => string) => (agent.connected && agent.status ? show(agent.status.process) : none);
  return [
    { key: 'name', head: 'Agent', cell: agent => <span className="row"><span className={`dot ${healthState(agent).dot}`} /><span className="ell md">{agent.name}</span>{agent.kind === 'opamp' && <Chip tone="line" title="An OpAMP agent that is not Weir's own">OpAMP</Chip>}</span> },
    { key: 'host', head: 'Host', width: 130, className: 'c-host', cell: agent => <span className="t2">{agent.host}</span> },
    { key: 'version', head: 'Version', width: 72, className: 'c-version', cell: agent => <span className="t2">{agent.version || 'unknown'}</span> },
    { key: 'state', head: 'State', width: 150, cell: agent => <Connection agent={agent} /> },
    { key: 'in', head: 'In /s', width: 68, numeric: true, cell: agent => rate(agent, 'in') },
    { key: 'out', head: 'Out /s', width: 68, numeric: true, cell: agent => rate(agent, 'out') },
    { key: 'cpu', head: 'CPU', width: 64, numeric: true, cell: agent => process(agent, p => formatPercent(p.cpuShare, 2)) },
    { key: 'rss', head: 'Memory', width: 78, numeric: true, cell: agent => process(agent, p => formatBytes(p.rssBytes)) },
    { key: 'delay', head: 'Loop p99', width: 72, numeric: true, className: 'c-delay', cell: agent => process(agent, p => formatDuration(p.eventLoopDelayP99Ms)) },
    { key: 'config', head: 'Rules', width: 178, cell: agent => <ConfigCell agent={agent} /> },
  ];
}

function Connection({ agent }: { readonly agent: AgentSummary }) {
  if (!agent.connected) return <span className="amb">away <Time at={agent.lastSeenAt} show="relative" /></span>;
  const health = healthState(agent);
  return <span className={agent.healthy === false ? 'amb' : 't2'} title={health.says}>{health.word}</span>;
}

function ConfigCell({ agent }: { readonly agent: AgentSummary }) {
  const state = configState(agent);
  const same = agent.effectiveConfigHash === agent.intendedConfigHash;
  return <span className="row gap1" title={state.says}><Chip tone={state.tone}>{state.word}</Chip><span className="mono t3 ell">{shortHash(agent.effectiveConfigHash)}{!same && agent.intendedConfigHash !== '' && ` → ${shortHash(agent.intendedConfigHash)}`}</span></span>;
}
