// Who relies on the event: rules, nets, views, metrics, themes, recorders; how they name it, and whether a rename breaks them.
import type { EventDetail } from '../../../../model/index.ts';
import { EmptyState } from '../../../ui/index.ts';
import { UserTable } from './user-table.tsx';

export function UsedPane({ event }: { readonly event: EventDetail }) {
  if (event.usedBy.length === 0) return <EmptyState title="Nobody uses it">No rule, net, saved view, metric, theme or recorder names it. If nobody reads it either, the Cost view suggests what to do with it.</EmptyState>;
  const [naming, other] = [event.usedBy.filter(({ by }) => by !== ''), event.usedBy.filter(({ by }) => by === '')];
  return <div className="grow scroll"><UserTable label="Used by" users={[...naming, ...other]} /></div>;
}
