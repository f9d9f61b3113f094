// Where it is: services with their live records, agents, and what a bundle takes along.
import { Link } from '@tanstack/react-router';
import { useAgents } from '../../../api/index.ts';
import type { Incident } from '../../../../model/index.ts';
import { formatBytes, PaneHeader, plural } from '../../../ui/index.ts';

export function AboutPane({ incident }: { readonly incident: Incident }) {
  const own = incident.imported === null;
  const agents = useAgents().data ?? [];
  const idOf = (name: string) => (own ? agents.find(agent => agent.name === name)?.id : undefined);
  return (
    <>
      <PaneHeader title="Where" meta={`${plural(incident.services.length, 'service')}, ${plural(incident.agents.length, 'agent')}`} />
      <ul className="inc-where">
        {incident.services.map(service => <li key={`s ${service}`}><span className="ell">{service}</span>{own && <Link className="end meta nw" to="/tail" search={{ q: `ServiceName == ${JSON.stringify(service)}` }}>Live records</Link>}</li>)}
        {incident.agents.map(name => { const id = idOf(name); return <li key={`a ${name}`}><span className="t3 ell">{name}</span>{id !== undefined && <Link className="end meta nw" to="/fleet" search={{ agent: id }}>Agent</Link>}</li>; })}
        {incident.services.length + incident.agents.length === 0 && <li className="t2">Nothing was collected yet, so it names no service and no agent.</li>}
      </ul>
      <PaneHeader title="Bundle" meta={`${plural(incident.artifacts, 'artifact')}, ${formatBytes(incident.artifactBytes)}`} />
      <p className="inc-none t2">One zip with timeline, rates, notes and artifacts. It opens in another Weir; what is sensitive goes along only when you may read it.</p>
    </>
  );
}
