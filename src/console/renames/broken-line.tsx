// A line across the overview: a rename that leaves somebody behind shows nowhere else until a dashboard is empty.
import { Link } from '@tanstack/react-router';
import type { BrokenName } from '../../model/index.ts';
import { useBrokenNames } from '../api/index.ts';
import { Icon, plural } from '../ui/index.ts';

const mostNamed = 4;

export function BrokenLine() {
  const broken = useBrokenNames().data ?? [];
  if (broken.length === 0) return null;
  const users = [...new Map(broken.flatMap(one => one.users).map(user => [`${user.kind} ${user.id}`, user])).values()];
  const waits = broken.filter(({ alias }) => alias.state === 'proposed').length;
  const told = `${users.slice(0, mostNamed).map(({ kind, name }) => `${kind} ${name}`).join(', ')}${users.length > mostNamed ? ` and ${users.length - mostNamed} more` : ''}`;
  return (
    <div className="open-incident ev-broken" role="status" aria-label="Renames that break something">
      <span className="amb"><Icon name="warn" /></span>
      <b className="nw">{plural(broken.length, 'rename')} {broken.length === 1 ? 'breaks' : 'break'} {plural(users.length, 'thing')}:</b>
      <span className="ell" title={`${broken.map(pairOf).join(', ')}: ${told}`}>{told}</span>
      <span className="t2 ell x-opt"><span className="mono">{pairOf(broken[0]!)}</span>{broken.length > 1 && `, ${broken.length - 1} more`}</span>
      <span className="end row">{waits > 0 && <span className="amb nw">{waits} to accept</span>}<Link className="btn s" to="/events" search={linkOf(broken[0]!, broken.length)}>See what breaks</Link></span>
    </div>
  );
}

const pairOf = ({ alias: { former, current } }: BrokenName): string => `${former} → ${current}`;
/** Of one event its names, with what makes them follow; else all changes. */
const linkOf = ({ alias: { kind, current, service, state } }: BrokenName, count: number) =>
  (count === 1 && kind === 'event' && state === 'active' && service !== null ? { id: current, eventService: service, eventSignal: 'logs' as const, pane: 'names' as const } : { tab: 'drift' as const });
