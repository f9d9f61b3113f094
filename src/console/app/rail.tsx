// The rail of views. A count in it means that something needs a person.
import { Link } from '@tanstack/react-router';
import { useLeakingSources, useOverview } from '../api/index.ts';
import { Icon } from '../ui/index.ts';
import { views } from './views.ts';

export function Rail() {
  const agents = useOverview().data?.agents;
  const away = agents ? agents.known - agents.connected : 0;
  const leaking = useLeakingSources().data ?? 0;
  return (
    <nav className="rail" aria-label="Views">
      {views.map(view => (
        <Link key={view.to} to={view.to} title={`${view.label} (G ${view.key.toUpperCase()})`} activeOptions={{ includeSearch: false }}>
          <Icon name={view.icon} /><span>{view.label}</span>
          {view.to === '/fleet' && away > 0 && <Badge count={away} says="away" />}
          {view.to === '/redaction' && leaking > 0 && <Badge count={leaking} says="still leaking" />}
        </Link>
      ))}
    </nav>
  );
}

const Badge = ({ count, says }: { readonly count: number; readonly says: string }) => <em className="cnt" style={{ fontStyle: 'normal' }}>{count}<span className="vh"> {says}</span></em>;
