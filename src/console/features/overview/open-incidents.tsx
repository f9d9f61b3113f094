// A line across the top for what is open: nobody should have to look for it.
import { Link } from '@tanstack/react-router';
import { useOpenIncidents } from '../../api/index.ts';
import { formatDuration, Icon, plural, useNow } from '../../ui/index.ts';

export function OpenIncidents() {
  const open = useOpenIncidents().data?.incidents ?? [];
  const now = useNow(open.length > 0);
  const [first] = open;
  if (first === undefined) return null;
  const { running } = first.actions;
  return (
    <div className="open-incident" role="status">
      <span className="red"><Icon name="warn" /></span>
      <b className="ell">#{first.number} {first.title}</b>
      {first.title.toLowerCase() !== `opened by ${first.openedBy.name}`.toLowerCase() && <span className="t2 ell x-opt">opened by {first.openedBy.kind === 'net' ? 'net ' : ''}<span className={first.openedBy.kind === 'net' ? 'mono' : undefined}>{first.openedBy.name}</span></span>}
      <span className="red nw">open {formatDuration(Math.max(0, now - Date.parse(first.openedAt)))}</span>
      <span className="t2 nw x-opt">{plural(first.artifacts, 'artifact')}{running > 0 && `, ${running} running`}</span>
      <span className="end row">{open.length > 1 && <Link className="meta nw" to="/incidents" search={{ state: 'open' }}>{open.length - 1} more open</Link>}<Link className="btn s" to="/incidents/$incidentId" params={{ incidentId: first.id }}>Go to incident</Link></span>
    </div>
  );
}
