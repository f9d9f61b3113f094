// A CPU or heap profile in place: its flame graph of the chosen time, and the function that weighs most.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { contentUrl } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { FlameGraph, samplesText } from '../../../flame/index.ts';
import { EmptyState, formatCount, formatDuration, SkeletonRows, Time } from '../../../ui/index.ts';
import { createProfileClient, type OpenedProfile, type ProfileClient } from '../../../workers/profile/index.ts';
import type { Span } from '../timeline/axis.ts';
import { Foot } from './foot.tsx';
import { OpeningState } from './opening-state.tsx';
import { overlapOf, profileSpan, type Overlap } from './overlap.ts';
import { hottestBox, pictureOf, shareOfBox } from './profile-picture.ts';
import { useMerged, type Merged } from './use-merged.ts';
import { useOpening } from './use-opening.ts';

export interface BodyProps { readonly artifact: Artifact; /** Null: the whole time. */ readonly part: Span | null }
interface Open { readonly client: ProfileClient; readonly profile: OpenedProfile }

export function ProfileBody({ artifact, part }: BodyProps) {
  const { current, again } = useOpening<Open>(artifact.id, async (progress, signal) => {
    const client = createProfileClient();
    signal.addEventListener('abort', () => client.close(), { once: true });
    return { client, profile: await client.ask({ progress: ({ share }) => progress(share) }, 'open', { kind: 'artifact', url: contentUrl(artifact.id), name: artifact.name, bytes: artifact.bytes }, 0) };
  });
  return current.state === 'open' ? <Opened {...current.value} artifact={artifact} part={part} /> : <OpeningState current={current} name={artifact.name} onAgain={again} />;
}

function Opened({ client, profile, artifact, part }: Open & BodyProps) {
  const span = profileSpan(profile, artifact);
  const overlap = overlapOf(span, profile.hasTimes, part);
  const { value, failure } = useMerged(client, profile, overlap);
  if (overlap.kind === 'outside') return <EmptyState title="It was not taken in the chosen time">It is of <Time at={span.fromMs} />{span.toMs > span.fromMs && <> to <Time at={span.toMs} /></>}. Choose a time that reaches there, or the whole time.</EmptyState>;
  if (failure !== null) return <EmptyState title="It cannot be drawn">{failure.message} {failure.help}</EmptyState>;
  if (value === null) return <SkeletonRows rows={6} label="Laying out the flame graph" />;
  if ((value.tree.total[0] ?? 0) <= 0) return <><EmptyState title="Nothing ran in the chosen time">The process was idle, or waited for something else.</EmptyState><Foot end={<Elsewhere artifact={artifact} overlap={overlap} />}>{shownWords(value, profile, overlap)}</Foot></>;
  return <Graph key={artifact.id} merged={value} profile={profile} artifact={artifact} overlap={overlap} />;
}

function Graph({ merged, profile, artifact, overlap }: { readonly merged: Merged; readonly profile: OpenedProfile; readonly artifact: Artifact; readonly overlap: Overlap }) {
  const [view, setView] = useState<{ readonly merged: Merged; readonly window: { readonly start: number; readonly end: number } | null; readonly selected: number | null }>({ merged, window: null, selected: null });
  const own = view.merged === merged ? view : { merged, window: null, selected: null };
  const hottest = hottestBox(merged);
  const at = own.selected ?? hottest;
  const picture = pictureOf(merged, profile, `Flame graph of ${artifact.name}, ${samplesText(merged.samples, merged.idleSamples)}`);
  return (
    <>
      <FlameGraph {...picture} selected={at} window={own.window ?? { start: 0, end: merged.boxes.extent }} onWindow={window => setView({ ...own, window })} onSelect={selected => setView({ ...own, selected })} />
      <Foot end={<Elsewhere artifact={artifact} overlap={overlap} place={at === null ? '' : merged.names.place(merged.boxes.function[at] ?? -1)} />}>
        {at !== null && <><span className="mono">{picture.labels.nameOf(at)}</span> <b className="md t1">{shareOfBox(merged, at)}</b> total, </>}{shownWords(merged, profile, overlap)}
      </Foot>
    </>
  );
}

/** How much of it is looked at: what is left out is said. */
function shownWords({ samples, idleSamples }: Pick<Merged, 'samples' | 'idleSamples'>, profile: OpenedProfile, overlap: Overlap): string {
  if (overlap.kind === 'unknown') return `all ${samplesText(samples, idleSamples)}: they have no times, so the chosen time cannot narrow them`;
  if (overlap.kind !== 'part') return samplesText(samples, idleSamples);
  return `${formatDuration((overlap.toNanos - overlap.fromNanos) / 1e6)} of it, ${formatCount(samples)} of ${samplesText(profile.samples, profile.idleSamples)}`;
}

function Elsewhere({ artifact, overlap, place = '' }: { readonly artifact: Artifact; readonly overlap: Overlap; readonly place?: string }) {
  const range = overlap.kind === 'part' ? { from: overlap.fromNanos / 1e6, to: overlap.toNanos / 1e6 } : {};
  return <Link to="/profiles" search={{ artifact: artifact.id, ...range }} title="Open in Profiles, with tables, tree and comparison">{place === '' ? 'Open in Profiles' : place}</Link>;
}
