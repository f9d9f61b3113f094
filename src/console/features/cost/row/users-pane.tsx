// Who relies on an event: rules, nets, views, metrics, recorders. Nobody, and since when.
import { Link } from '@tanstack/react-router';
import type { CostRow, EventDetail } from '../../../../model/index.ts';
import { Chip, PaneHeader, SkeletonRows, Time } from '../../../ui/index.ts';

type User = EventDetail['usedBy'][number];
const mostUsers = 12;

export function UsersPane({ row, facts }: { readonly row: CostRow; readonly facts: EventDetail | undefined }) {
  const users = facts?.usedBy ?? [];
  return (
    <section aria-label="Who uses it">
      <PaneHeader title="Who uses it" meta={facts === undefined ? undefined : String(users.length)} />
      {facts === undefined && <SkeletonRows rows={2} />}
      {facts !== undefined && users.length === 0 && <p className="t2 pad">No rule, net, view, metric or recorder names it{row.unreadSince === null ? '' : <>, and nobody opened it since <Time at={row.unreadSince} show="relative" /></>}.</p>}
      {users.slice(0, mostUsers).map(user => <div key={`${user.kind} ${user.id}`} className="cost-user"><Chip>{user.kind}</Chip><UserLink user={user} />{user.fields.length > 0 && <span className="t3 meta ell" title={user.fields.join(', ')}>{user.fields.join(', ')}</span>}</div>)}
      {users.length > mostUsers && <p className="t3 meta pad">{users.length - mostUsers} more</p>}
    </section>
  );
}

function UserLink({ user: { kind, id, name } }: { readonly user: User }) {
  if (kind === 'rule' || kind === 'net') return <Link className="mono ell" to="/rules/$ruleId" params={{ ruleId: id }}>{name}</Link>;
  if (kind === 'recorder') return <Link className="mono ell" to="/recorders" search={{ recorder: name }}>{name}</Link>;
  return <span className="mono ell">{name}</span>;
}
