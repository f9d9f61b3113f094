// The rail of views. A count in it means that something needs a person.
import { Link, useRouterState } from '@tanstack/react-router';
import { useLeakingSources, useOpenIncidents, useOverview } from '../api/index.ts';
import { redactionSearch, useUrlState } from '../state/index.ts';
import { Icon } from '../ui/index.ts';
import { views } from './views.ts';

const defaultRange = 900;
/** As the Redaction view has it while it is open, so that both say one number. */
function useRedactionRange(): number {
  const open = useRouterState({ select: state => state.location.pathname === '/redaction' });
  const [{ range = defaultRange }] = useUrlState(redactionSearch);
  return open ? range : defaultRange;
}

export function Rail() {
  const agents = useOverview().data?.agents;
  const away = agents ? agents.known - agents.connected : 0;
  const leaking = useLeakingSources(useRedactionRange()).data ?? 0;
  const open = useOpenIncidents().data?.incidents.length ?? 0;
  return (
    <nav className="rail" aria-label="Views">
      {views.map(view => (
        <Link key={view.to} to={view.to} title={`${view.label} (G ${view.key.toUpperCase()})`} activeOptions={{ includeSearch: false }}>
          <Icon name={view.icon} /><span>{view.label}</span>
          {view.to === '/fleet' && away > 0 && <Badge count={away} says="away" />}
          {view.to === '/incidents' && open > 0 && <Badge count={open} says="open" danger />}
          {view.to === '/redaction' && leaking > 0 && <Badge count={leaking} says="still leaking" />}
        </Link>
      ))}
    </nav>
  );
}

const Badge = ({ count, says, danger = false }: { readonly count: number; readonly says: string; readonly danger?: boolean }) => <em className={danger ? 'cnt red' : 'cnt'} style={{ fontStyle: 'normal' }}>{count}<span className="vh"> {says}</span></em>;
