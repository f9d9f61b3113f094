// The agents as a strip of tiles: CPU share against the budget, or how long away.
import { Link } from '@tanstack/react-router';
import { useAgents } from '../../api/index.ts';
import type { AgentSummary } from '../../../model/index.ts';
import { formatDuration, formatPercent, Meter, useNow } from '../../ui/index.ts';

const maxTiles = 12;

export function AgentsStrip({ budget }: { readonly budget: number }) {
  const agents = useAgents().data ?? [];
  if (agents.length === 0) return null;
  const hosts = [...new Set(agents.map(agent => agent.host))];
  return (
    <div className="agents bt">
      {hosts.slice(0, maxTiles).map(host => {
        const here = agents.filter(agent => agent.host === host);
        const connected = here.filter(agent => agent.connected).length;
        return (
          <section key={host} className="ag" aria-label={`Agents on ${host}`}>
            <h3><span className="ell">{host}</span><span className={connected < here.length ? 'end amb nw' : 'end nw'}>{connected} of {here.length}</span></h3>
            <div className="tiles">{here.slice(0, maxTiles).map(agent => <Tile key={agent.id} agent={agent} budget={budget} />)}</div>
          </section>
        );
      })}
      {agents.length > maxTiles && <Link className="ag t3 meta" to="/fleet">All {agents.length} agents in Fleet</Link>}
    </div>
  );
}

function Tile({ agent, budget }: { readonly agent: AgentSummary; readonly budget: number }) {
  const now = useNow(!agent.connected);
  const share = agent.status?.process.cpuShare;
  const used = share === undefined || budget <= 0 ? 0 : share / budget;
  const hot = used > 0.8;
  return (
    <Link className={`tile ${!agent.connected ? 'away' : hot ? 'hot' : ''}`} to="/fleet" search={{ agent: agent.id }} title={share === undefined ? agent.name : `${agent.name}: CPU of its last report. The overhead above is the mean of all agents over the last 5 seconds.`}>
      <span className="ell">{agent.name}</span>
      {!agent.connected
        ? <span className="nw">away {formatDuration(Math.max(0, now - Date.parse(agent.lastSeenAt)))}</span>
        : <><span className={hot ? 'amb nw' : 'nw'}>{share === undefined ? 'no report' : `${formatPercent(share, 2)}`}</span><Meter share={used} tone={hot ? 'attn' : 'plain'} label={`CPU of ${agent.name}, share of its budget`} /></>}
    </Link>
  );
}
