// One side: what is open there, of what and when, and ways to its own view or to close it.
import { Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Artifact } from '../../../../model/index.ts';
import { Chip, EmptyState, Icon, IconButton, Pane, Time } from '../../../ui/index.ts';
import type { Span } from '../timeline/axis.ts';
import { artifactIcon } from '../words.ts';
import { HeapBody } from './heap-body.tsx';
import { PacketsBody } from './packets-body.tsx';
import { bodyOf, type BodyName, type Side } from './pair.ts';
import { ProfileBody, type BodyProps } from './profile-body.tsx';
import { RecordingBody } from './recording-body.tsx';
import { TextBody } from './text-body.tsx';

export interface ArtifactPaneProps { readonly side: Side; /** Undefined: the address names one that the incident does not have. */ readonly artifact: Artifact | undefined; readonly part: Span | null; readonly onClose: () => void }

const bodies: Readonly<Record<BodyName, ComponentType<BodyProps>>> = { profile: ProfileBody, recording: RecordingBody, heap: HeapBody, packets: PacketsBody, text: TextBody };

export function ArtifactPane({ side, artifact, part, onClose }: ArtifactPaneProps) {
  const name = artifact?.name ?? 'not there';
  return (
    <Pane well label={`On the ${side}: ${name}`} className="grow bes-pane">
      <div className="ph">
        {artifact !== undefined && <Icon name={artifactIcon(artifact.kind)} size="s" className="t3" />}
        <h2 className="ell" title={artifact?.summary}>{name}</h2>
        {artifact !== undefined && <span className="mono meta ell">{artifact.service !== null && `${artifact.service}, `}<When artifact={artifact} /></span>}
        <span className="end row gap1">
          <Chip tone="accent">{side}</Chip>
          {artifact !== undefined && <OwnView artifact={artifact} />}
          <IconButton icon="x" label={`Close ${name} on the ${side}`} variant="ghost" size="s" onClick={onClose} />
        </span>
      </div>
      {artifact === undefined ? <EmptyState title="This incident has no such artifact">It may have been deleted, or its time was over. Close this side, or choose another artifact.</EmptyState> : <Body artifact={artifact} part={part} />}
    </Pane>
  );
}

function Body({ artifact, part }: BodyProps) {
  const body = bodyOf(artifact);
  if (artifact.state === 'uploading') return <EmptyState title="It is still on its way">It opens here as soon as all of it has arrived.</EmptyState>;
  if (artifact.state !== 'stored') return <EmptyState title={`It is ${artifact.state}`}>Its bytes are not as they were announced, or are gone. Run the action again.</EmptyState>;
  if (body === null) return <EmptyState title="Nothing here reads this format">Save it, and open it with the program that it is for.</EmptyState>;
  const Shown = bodies[body];
  const at = artifact.fromUnixMs ?? artifact.createdUnixMs;
  const apart = part !== null && (body === 'heap' || body === 'text') && (at > part.toMs || (artifact.toUnixMs ?? at) < part.fromMs);
  return <>{apart && <p className="bes-apart"><Icon name="clock" size="s" />Taken at <Time at={at} />, outside of the chosen time.</p>}<Shown key={artifact.id} artifact={artifact} part={part} /></>;
}

function When({ artifact: { fromUnixMs, toUnixMs, createdUnixMs } }: { readonly artifact: Artifact }) {
  return fromUnixMs !== null && toUnixMs !== null && toUnixMs - fromUnixMs >= 1000 ? <><Time at={fromUnixMs} /> to <Time at={toUnixMs} /></> : <Time at={fromUnixMs ?? createdUnixMs} />;
}

function OwnView({ artifact }: { readonly artifact: Artifact }) {
  const { id, name } = artifact;
  const look = { className: 'btn s ghost icon', 'aria-label': `Open ${name} in its own view`, title: 'Open in its own view' };
  const icon = <Icon name="ext" size="s" />;
  const body = bodyOf(artifact);
  if (body === 'profile') return <Link {...look} to="/profiles" search={{ artifact: id }}>{icon}</Link>;
  if (body === 'recording') return <Link {...look} to="/tail" search={{ recording: id }}>{icon}</Link>;
  if (body === 'heap') return <Link {...look} to="/dumps/heap" search={{ artifact: id }}>{icon}</Link>;
  return <Link {...look} to="/dumps" search={{ artifact: id }}>{icon}</Link>;
}
