// Users of an event or a field as a table: what they are, how they name it, and whether they go on after a rename.
import { Link } from '@tanstack/react-router';
import type { EventUser } from '../../../../model/index.ts';
import { Icon, Table, type IconName, type TableColumn } from '../../../ui/index.ts';
import { userLink } from '../words/links.ts';

const icons: Readonly<Record<EventUser['kind'], IconName>> = { rule: 'rules', net: 'net', view: 'tail', metric: 'metric', theme: 'gear', recorder: 'recorder' };

const columns: readonly TableColumn<EventUser>[] = [
  { key: 'who', head: 'Who', width: 180, cell: user => <span className="row gap1"><Icon name={icons[user.kind]} size="s" className="t3" /><Link {...userLink(user)} className="mono ell" title={user.name}>{user.name}</Link></span> },
  { key: 'kind', head: 'Kind', width: 60, cell: user => <span className="t3">{user.kind}</span> },
  { key: 'by', head: 'Names it by', cell: user => <span className="mono t2" title={user.by}>{user.by === '' ? '–' : user.by}</span> },
  { key: 'fields', head: 'Fields', width: 130, className: 'c-fields', cell: user => <span className="mono t2" title={user.fields.join(', ')}>{user.fields.length === 0 ? <span className="t3">–</span> : user.fields.join(', ')}</span> },
  { key: 'follows', head: 'After a rename', width: 112, cell: user => (user.follows ? <span className="row gap1"><span className="dot" />follows</span> : <span className="row gap1 amb"><Icon name="warn" size="s" />breaks</span>) },
];

export const UserTable = ({ label, users }: { readonly label: string; readonly users: readonly EventUser[] }) => <Table label={label} columns={columns} rows={users} rowKey={({ kind, id, by }) => `${kind} ${id} ${by}`} />;
