// The table of artifacts.
import { useNavigate } from '@tanstack/react-router';
import { useActions } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { Chip, formatBytes, Icon, Meter, Table, Time, viewOfArtifact } from '../../../ui/index.ts';
import type { TableColumn } from '../../../ui/index.ts';
import { artifactState, kindIcons, kindNames } from '../words/artifact-words.ts';

const none = <span className="t3">–</span>;

export interface ArtifactTableProps { readonly artifacts: readonly Artifact[]; readonly selected: string | undefined; readonly onPick: (artifact: Artifact) => void }

export function ArtifactTable({ artifacts, selected, onPick }: ArtifactTableProps) {
  const navigate = useNavigate();
  const actions = useActions({ limit: reasonsRead }).data?.actions ?? [];
  const reasons = new Map(actions.map(({ id, reason }) => [id, reason]));
  const columns = columnsOf(({ action }) => (action === null ? '' : reasons.get(action) ?? ''));
  return <Table rowProps={artifact => ({ onDoubleClick: () => void navigate(viewOfArtifact(artifact)) })} label="Artifacts" columns={columns} rows={artifacts} rowKey={({ id }) => id} selectedKey={selected ?? null} onPick={onPick} rowLabel={artifact => `${kindNames[artifact.kind]} ${artifact.name}, ${artifactState(artifact).word}`} />;
}

/** Why each was asked for stands with the run; so many are looked through. */
const reasonsRead = 500;

const columnsOf = (reasonOf: (artifact: Artifact) => string): readonly TableColumn<Artifact>[] => [
  { key: 'kind', head: 'Kind', width: 128, className: 'c-what', cell: ({ kind }) => <span className="row"><Icon name={kindIcons[kind]} size="s" className="t3" /><span className="ell">{kindNames[kind]}</span></span> },
  { key: 'name', head: 'Name', cell: artifact => <span className="row" title={artifact.summary}><span className="mono ell">{artifact.name}</span>{reasonOf(artifact) !== '' && <span className="t3 ell" title={`Why: ${reasonOf(artifact)}`}>{reasonOf(artifact)}</span>}{artifact.pinned && <span title="Pinned: neither age nor quota takes it away"><Icon name="pin" size="xs" className="t3" /><span className="vh">pinned</span></span>}{artifact.sensitive && <Chip tone="line" title="It may hold what no detector can mask">sensitive</Chip>}</span> },
  { key: 'size', head: 'Size', width: 72, numeric: true, className: 'c-size', cell: ({ bytes }) => formatBytes(bytes) },
  { key: 'service', head: 'Service', width: 90, className: 'c-service', cell: ({ service }) => service ?? none },
  { key: 'process', head: 'Process', width: 100, className: 'c-process', cell: ({ process }) => (process === null ? none : <span className="t2">{process.name} <span className="t3">{process.pid}</span></span>) },
  { key: 'when', head: 'When', width: 168, className: 'c-when', cell: ({ createdUnixMs }) => <Time at={createdUnixMs} show="both" /> },
  { key: 'from', head: 'From', width: 150, className: 'c-from', cell: artifact => <From artifact={artifact} /> },
  { key: 'state', head: 'State', width: 88, cell: artifact => <State artifact={artifact} /> },
  { key: 'expires', head: 'Expires', width: 92, className: 'c-expires', cell: ({ expiresAt, pinned }) => (expiresAt === null ? <span className="t3">{pinned ? 'pinned' : 'never'}</span> : <Time at={expiresAt} show="relative" />) },
];

function From({ artifact: { agent, rule, incident, by } }: { readonly artifact: Artifact }) {
  const what = rule !== null ? 'a net' : incident !== null ? 'an incident' : agent !== null ? 'an action' : `${by ?? 'someone'}`;
  return <span className="ell">{agent?.name ?? ''}<span className="t3">{agent === null ? `brought by ${what}` : `, ${what}`}</span></span>;
}

function State({ artifact }: { readonly artifact: Artifact }) {
  const { word, tone, says } = artifactState(artifact);
  if (artifact.state === 'uploading') return <span className="row" title={says}><Meter label="Here" width={34} tone="accent" share={artifact.bytes === 0 ? 0 : artifact.receivedBytes / artifact.bytes} /><span className="t2">{word}</span></span>;
  return artifact.state === 'stored' ? <span className="t3">{word}</span> : <Chip tone={tone} title={says}>{word}</Chip>;
}
