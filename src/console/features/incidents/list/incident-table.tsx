// One row an incident.
import type { Incident } from '../../../../model/index.ts';
import { Chip, formatBytes, formatCount, formatDuration, Icon, Table, Time, useNow } from '../../../ui/index.ts';
import type { TableColumn } from '../../../ui/index.ts';
import { openedWords } from '../words.ts';

export function IncidentTable({ incidents, more, onPick }: { readonly incidents: readonly Incident[]; readonly more: number; readonly onPick: (id: string) => void }) {
  const footer = more > 0 ? <tr><td colSpan={columns.length} className="t3">{formatCount(more)} more; search to find them</td></tr> : null;
  return <div className="inc-table"><Table label="Incidents" columns={columns} rows={incidents} rowKey={({ id }) => id} onPick={({ id }) => onPick(id)} rowLabel={({ number, title, state }) => `Open #${number} ${title}, ${state}`} footer={footer} /></div>;
}

const columns: readonly TableColumn<Incident>[] = [
  { key: 'state', head: 'State', width: 72, cell: ({ state }) => <Chip tone={state === 'open' ? 'solid' : 'plain'}>{state}</Chip> },
  { key: 'number', head: 'No.', width: 56, numeric: true, cell: ({ number }) => <span className="t2">#{number}</span> },
  { key: 'title', head: 'Title', cell: ({ title, imported }) => <span className="row gap1"><span className="ell md" title={title}>{title}</span>{imported !== null && <Chip tone="line" icon="down" title={`From ${imported.from}, brought by ${imported.by}`}>{imported.copyOf === undefined ? 'imported' : `copy of #${imported.copyOf}`}</Chip>}</span> },
  { key: 'by', head: 'Opened by', width: 168, className: 'i-by', cell: incident => <span className="row gap1" title={openedWords(incident)}><Icon name={incident.openedBy.kind === 'net' ? 'net' : 'user'} size="s" className="t3" /><span className={incident.openedBy.kind === 'net' ? 'mono ell' : 'ell'}>{incident.openedBy.name}</span></span> },
  { key: 'when', head: 'Opened', width: 104, cell: ({ openedAt }) => <Time at={openedAt} show="relative" /> },
  { key: 'took', head: 'For', width: 76, numeric: true, className: 'i-opt', cell: incident => <Age incident={incident} /> },
  { key: 'triggers', head: 'Triggers', width: 70, numeric: true, cell: ({ triggers }) => <Quiet value={triggers} /> },
  { key: 'actions', head: 'Actions', width: 204, cell: incident => <ActionCounts incident={incident} /> },
  { key: 'artifacts', head: 'Artifacts', width: 108, numeric: true, cell: ({ artifacts, artifactBytes }) => (artifacts === 0 ? <span className="t3">0</span> : <>{artifacts} <span className="t3">{formatBytes(artifactBytes)}</span></>) },
  { key: 'where', head: 'Services, agents', width: 170, className: 'i-where', cell: ({ services, agents }) => <span title={[...services, ...agents].join(', ')}>{services.length > 0 && <>{services.join(', ')} </>}<span className="t3">{agents.join(', ')}</span></span> },
];

const Quiet = ({ value }: { readonly value: number }) => <span className={value === 0 ? 't3' : undefined}>{formatCount(value)}</span>;

function Age({ incident: { openedAt, closedAt, imported } }: { readonly incident: Incident }) {
  const now = useNow(closedAt === null && imported === null);
  if (closedAt === null && imported !== null) return <span className="t3">–</span>;
  return <span className={closedAt === null ? 't1' : 't3'}>{formatDuration(Math.max(0, (closedAt === null ? now : Date.parse(closedAt)) - Date.parse(openedAt)))}</span>;
}

function ActionCounts({ incident: { actions: { waiting = 0, running, done, failed } } }: { readonly incident: Incident }) {
  if (waiting + running + done + failed === 0) return <span className="t3">none</span>;
  return <span className="row gap1">{running > 0 && <Chip tone="accent">{running} running</Chip>}{waiting > 0 && <Chip tone="pending">{waiting} waiting</Chip>}<span className="t2">{done} done</span>{failed > 0 && <span className="amb">{failed} not done</span>}</span>;
}
