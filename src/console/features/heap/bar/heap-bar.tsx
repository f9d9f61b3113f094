// What is open: which snapshot, of what, when; what it is compared with; how secret it is, what it cost, and its file.
import { Link } from '@tanstack/react-router';
import { downloadUrl, useIncidents } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { Button, Chip, copyText, Icon, IconButton } from '../../../ui/index.ts';
import type { HeapPageProps } from '../heap-page.tsx';
import type { Revealing } from '../reveal/use-reveal.ts';
import { costOf } from '../words/snapshots.ts';
import { CompareMenu } from './compare-menu.tsx';
import { SnapshotMenu } from './snapshot-menu.tsx';

export interface HeapBarProps extends HeapPageProps {
  readonly artifacts: readonly Artifact[]; readonly onKeep: () => void;
  /** Of the comparison while it is read: "is read, 40 %". */
  readonly comparing: string | null;
  /** Null while the snapshot is read. */
  readonly reveal: Revealing | null;
}

export function HeapBar(props: HeapBarProps) {
  const { artifact, file, artifacts, search, set, onKeep, comparing, reveal } = props;
  const zone = usePreferences(state => state.timeZone);
  const cost = artifact === null ? null : costOf(artifact);
  return (
    <div className="bar heap-bar">
      <h1>Heap snapshot</h1>
      <SnapshotMenu artifact={artifact} file={file} artifacts={artifacts} zone={zone} onOpen={props.onOpen} onList={props.onList} onFile={props.onFile} />
      <CompareMenu shown={artifact} file={file} artifacts={artifacts} zone={zone} compare={search.compare} state={comparing} onChange={compare => set({ compare, ...(compare === undefined && search.view === 'comparison' && { view: undefined }) })} />
      {artifact?.incident != null && <IncidentChip id={artifact.incident} />}
      {reveal !== null && (reveal.on ? <Chip tone="attn" icon="eye">strings are shown in this tab</Chip> : <Chip tone="line" icon="shield" title="The text of strings may be anybody's secret. It stays hidden until you ask for it."><span className="hide-n">sensitive: </span>strings masked</Chip>)}
      <span className="t3 meta ell end heap-cost" title={cost === null ? undefined : `How long the process stood still while it was written: ${cost}`}>{cost === null ? '' : `cost: ${cost}`}</span>
      <span className="row heap-acts">
        {file !== null && <Button size="s" icon="deploy" title="It goes to the server, and others can open it by a link" onClick={onKeep}>Keep as an artifact</Button>}
        <IconButton size="s" icon="link" label="Copy a link to what is shown" onClick={() => void copyText(location.href, 'Link')} />
        {artifact !== null && <a className="btn s" href={downloadUrl(artifact.id)} download={artifact.name} title="The file itself, with all values; the download is written to the audit"><Icon name="down" size="s" />Export</a>}
      </span>
    </div>
  );
}

function IncidentChip({ id }: { readonly id: string }) {
  const incident = useIncidents().data?.incidents.find(each => each.id === id);
  return <Link className="chip danger" to="/incidents/$incidentId" params={{ incidentId: id }} title={incident?.title ?? 'Open the incident'}><Icon name="warn" size="xs" />{incident === undefined ? 'Incident' : `Incident ${incident.number}`}</Link>;
}
