// A configuration, alone or beside another one: what differs between two processes, two agents or two moments.
import { useArtifactText } from '../../../api/index.ts';
import { TextDiff } from '../../../editor/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { formatDateTime, readable, Select, SkeletonRows } from '../../../ui/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { TextViewer } from './text-viewer.tsx';
import type { ViewerProps } from './viewer.tsx';

export function ConfigViewer({ artifact, others, against, onAgainst }: ViewerProps) {
  const zone = usePreferences(state => state.timeZone);
  const comparable = others.filter(({ id, kind, state }) => kind === 'config' && state === 'stored' && id !== artifact.id);
  const other = comparable.find(({ id }) => id === against);
  const words = ({ service, agent, createdUnixMs }: Artifact) => `${service ?? 'config'} on ${agent?.name ?? 'elsewhere'}, ${formatDateTime(createdUnixMs, zone)}`;
  const choice = <Select size="s" label="Compare with" value={other?.id ?? 'none'} onChange={id => onAgainst(id === 'none' ? undefined : id)} options={[{ value: 'none', label: comparable.length === 0 ? 'nothing to compare with yet' : 'compare with…' }, ...comparable.map(each => ({ value: each.id, label: words(each) }))]} />;
  if (other === undefined) return <TextViewer artifact={artifact} tools={choice} />;
  return (
    <div className="dump-body">
      <div className="dump-tools">{choice}</div>
      <Difference one={artifact} other={other} sides={[words(other), `${words(artifact)} (this one)`]} />
    </div>
  );
}

function Difference({ one, other, sides }: { readonly one: Artifact; readonly other: Artifact; readonly sides: readonly [string, string] }) {
  const [here, there] = [useArtifactText(one.id), useArtifactText(other.id)];
  const error = here.error ?? there.error;
  if (error !== null) return <LoadFailure error={error} onRetry={() => { void here.refetch(); void there.refetch(); }} />;
  if (here.data === undefined || there.data === undefined) return <SkeletonRows />;
  return <TextDiff className="dump-diff" sides={sides} language="yaml" label={`${other.name} against ${one.name}`} original={readable(there.data, other.format)} modified={readable(here.data, one.format)} />;
}
