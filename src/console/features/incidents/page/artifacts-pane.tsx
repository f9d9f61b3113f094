// What the incident brought home: each artifact to be opened on a side here or in its own view, saved, or, of a recorder, read in the tail.
import { Link } from '@tanstack/react-router';
import { downloadUrl } from '../../../api/index.ts';
import type { Artifact, IncidentDetail } from '../../../../model/index.ts';
import { canOpen, type BesideState, type Side } from '../beside/index.ts';
import { Button, Chip, EmptyState, formatBytes, formatPercent, Icon, PaneHeader, plural, viewOfArtifact } from '../../../ui/index.ts';
import { artifactIcon } from '../words.ts';

export function ArtifactsPane({ detail: { artifacts }, narrowed, beside }: { readonly detail: IncidentDetail; readonly narrowed: boolean; readonly beside: BesideState }) {
  const bytes = artifacts.reduce((sum, artifact) => sum + artifact.bytes, 0);
  return (
    <section aria-label="Artifacts">
      <PaneHeader title="Artifacts" meta={artifacts.length === 0 ? 'none' : `${plural(artifacts.length, 'artifact')}, ${formatBytes(bytes)}`} />
      {artifacts.length === 0 && <EmptyState title={narrowed ? 'No artifact of this time' : 'No artifact yet'}>Actions bring them; each appears here as soon as it begins to arrive.</EmptyState>}
      <ul className="inc-artifacts">{artifacts.map(artifact => <Row key={artifact.id} artifact={artifact} beside={beside} />)}</ul>
    </section>
  );
}

function Row({ artifact, beside }: { readonly artifact: Artifact; readonly beside: BesideState }) {
  const { id, kind, name, summary, bytes, sensitive, agent, state } = artifact;
  return (
    <li>
      <Icon name={artifactIcon(kind)} size="s" className="t3" />
      <Link className="ell t1" {...viewOfArtifact(artifact)} title={`${name}: ${summary}`}>{summary}</Link>
      <span className="t3 nw num">{formatBytes(bytes)}</span>
      <span className="row gap1 inc-artifact-ways">
        {canOpen(artifact) && (['left', 'right'] as const).map(side => <OnSide key={side} side={side} artifact={artifact} beside={beside} />)}
        {sensitive && <Chip tone="attn" title="Holds memory or packets, which no detector can mask">sensitive</Chip>}
        <State artifact={artifact} />
        <span className="row gap1 end">
          {kind === 'recorder' && state === 'stored' && <Link className="meta nw" to="/tail" search={{ recording: id }}>In the tail</Link>}
          {state === 'stored' && <a className="btn s ghost icon" href={downloadUrl(id)} download={name} aria-label={`Save ${name}${agent === null ? '' : ` of ${agent.name}`}`} title={`Save ${name}`}><Icon name="down" size="s" /></a>}
        </span>
      </span>
    </li>
  );
}

/** Pressed again it closes the side. */
function OnSide({ side, artifact: { id, name }, beside: { pair, put } }: { readonly side: Side; readonly artifact: Artifact; readonly beside: BesideState }) {
  const on = pair[side] === id;
  return <Button size="s" on={on} aria-label={`${name} on the ${side}`} onClick={() => put(side, on ? null : id)}>{side}</Button>;
}

function State({ artifact: { state, receivedBytes, bytes } }: { readonly artifact: Artifact }) {
  if (state === 'stored') return null;
  if (state === 'uploading') return <Chip tone="pending">arriving, {formatPercent(bytes === 0 ? 0 : receivedBytes / bytes, 0)}</Chip>;
  return <Chip tone="danger">{state}</Chip>;
}
