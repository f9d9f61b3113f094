// What is open: which profile, of what, when, with how many samples; whose threads; what it is compared with; link and files.
import { Link } from '@tanstack/react-router';
import { useIncidents } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { Button, copyText, formatCount, formatDuration, Icon, Select } from '../../../ui/index.ts';
import type { OpenedProfile, ProfileClient, ProfileLook } from '../../../workers/profile/index.ts';
import { kindWords } from '../list/profile-artifacts.ts';
import { weightRow } from '../model/selection.ts';
import { formatNanos, weightName } from '../model/weight-words.ts';
import type { ProfilePageProps } from '../profile-page.tsx';
import { samplesText, type FlamePicture } from '../../../flame/index.ts';
import { SaveMenu } from '../save/save-menu.tsx';
import { Chooser } from './chooser.tsx';
import { CompareMenu } from './compare-menu.tsx';
import { ThreadMenu } from './thread-menu.tsx';

export interface ProfileBarProps extends ProfilePageProps {
  /** Null while it is read. */
  readonly profile: OpenedProfile | null; readonly client: ProfileClient | null;
  readonly artifacts: readonly Artifact[]; readonly onKeep: () => void;
  /** Another profile of the same file. */
  readonly onPart: (part: number) => void;
  /** The graph that is drawn, for SVG and PNG; null where there is none. */
  readonly picture?: (() => FlamePicture | null) | undefined;
  /** What of it is shown. */
  readonly selection?: ProfileLook | undefined;
  /** Of the comparison while it is read: "reading, 40 %". */
  readonly comparing?: string | null | undefined;
}

export function ProfileBar(props: ProfileBarProps) {
  const { artifact, file, profile, client, artifacts, search, set, onKeep, picture } = props;
  const zone = usePreferences(state => state.timeZone);
  const incidents = useIncidents().data?.incidents;
  return (
    <div className="bar prof-bar">
      <h1>{kindWords(artifact)}</h1>
      <Chooser artifact={artifact} file={file} artifacts={artifacts} zone={zone} duration={profile?.durationNanos ?? null} onOpen={props.onOpen} onList={props.onList} onFile={props.onFile} />
      {artifact?.incident != null && <IncidentChip id={artifact.incident} />}
      {profile !== null && <span className="t3 meta ell prof-facts">{factsOf(profile)}</span>}
      {profile !== null && profile.parts.length > 1 && <Select size="s" label="Profile of the file" value={String(profile.part)} onChange={part => props.onPart(Number(part))} options={profile.parts.map((name, part) => ({ value: String(part), label: name || `profile ${part + 1}` }))} />}
      {profile !== null && profile.threads.length > 1 && <ThreadMenu threads={profile.threads} chosen={search.threads ?? []} onChange={threads => set({ threads })} />}
      {profile !== null && profile.weights.length > 1 && <Select size="s" label="Weight" value={String(weightRow(profile, search.weight))} onChange={row => set({ weight: profile.weights[Number(row)]?.name })} options={profile.weights.map((weight, row) => ({ value: String(row), label: weightName(weight) }))} />}
      <span className="row end">
        {file !== null && <Button size="s" icon="deploy" title="It goes to the server, and others can open it by a link" onClick={onKeep}>Keep as an artifact</Button>}
        <CompareMenu shown={artifact} artifacts={artifacts} incidents={incidents ?? []} zone={zone} against={search.against} state={props.comparing ?? null} onChange={against => set({ against, colour: against === undefined && search.colour === 'change' ? undefined : search.colour })} />
        <span className="vr" />
        <Button size="s" icon="link" aria-label="Copy a link to this picture" onClick={() => void copyText(location.href, 'Link')}><span className="hide-n">Link</span></Button>
        <SaveMenu artifact={artifact} file={file} client={client} selection={props.selection ?? null} picture={picture} />
      </span>
    </div>
  );
}

/** "7,921 samples, 3,100 of them idle, one every 1.04 ms, 10.4 s". */
function factsOf({ samples, idleSamples, durationNanos, intervalNanos, threads }: OpenedProfile): string {
  const every = intervalNanos !== null && intervalNanos > 0 ? [`one every ${formatNanos(intervalNanos)}`] : [];
  return [samplesText(samples, idleSamples), ...every, ...(threads.length > 1 ? [`${formatCount(threads.length)} threads`] : []), ...(durationNanos === null ? [] : [formatDuration(durationNanos / 1e6)])].join(', ');
}

function IncidentChip({ id }: { readonly id: string }) {
  const incident = useIncidents().data?.incidents.find(each => each.id === id);
  return <Link className="chip danger" to="/incidents/$incidentId" params={{ incidentId: id }} title={incident?.title ?? 'Open the incident'}><Icon name="warn" size="xs" />{incident === undefined ? 'Incident' : `Incident ${incident.number}`}</Link>;
}
