// A collected recorder in place of the live tail: found by the artifact's id in the address, said in a banner that cannot be missed.
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { contentUrl, explainFailure, useArtifact } from '../../api/index.ts';
import { Button, ErrorState, formatBytes, formatCount, Icon, plural, SkeletonRows, Time } from '../../ui/index.ts';
import type { RecordingWish, TailState } from '../../workers/tail/index.ts';

export interface OpenRecording {
  readonly id: string; readonly name: string; readonly agent: string; readonly fromUnixMs: number | null; readonly toUnixMs: number | null;
  /** What the tail is asked for; null while nobody knows the artifact, or when it is none that opens here. */
  readonly wish: RecordingWish | null;
  /** Why it does not open. */
  readonly problem: { readonly title: string; readonly help: string } | null;
}

/** Undefined: the tail is live. */
export function useRecording(id: string | undefined): OpenRecording | undefined {
  const { data, error } = useArtifact(id);
  const agent = data?.agent?.name ?? data?.by ?? '';
  const opens = data !== undefined && data.format === 'otlp-frames' && data.state === 'stored';
  const wish = useMemo(() => (id !== undefined && opens ? { url: contentUrl(id), agent } : null), [id, opens, agent]);
  if (id === undefined) return undefined;
  const failure = error === null || data !== undefined ? null : explainFailure(error);
  const other = data !== undefined && !opens ? { title: `${data.name} does not open in the tail`, help: data.format === 'otlp-frames' ? `Its file is not here: it is ${data.state}. Look at it in Dumps.` : 'It was not collected from a flight recorder. Open it in Dumps.' } : null;
  return { id, name: data?.name ?? id, agent, fromUnixMs: data?.fromUnixMs ?? null, toUnixMs: data?.toUnixMs ?? null, wish, problem: failure ?? other };
}

export function RecordingBanner({ recording, state, onLeave }: { readonly recording: OpenRecording; readonly state: TailState; readonly onLeave: () => void }) {
  const { id, name, agent, fromUnixMs, toUnixMs } = recording;
  return (
    <div className="banner tail-recording" role="region" aria-label="Recording">
      <Icon name="recorder" />
      <span className="ell"><b className="md">Recording</b> <Link className="mono" to="/dumps" search={{ artifact: id }}>{name}</Link>{agent !== '' && <> from <b className="md">{agent}</b></>}{fromUnixMs !== null && toUnixMs !== null && <>, <Time at={fromUnixMs} /> to <Time at={toUnixMs} show="full" /></>}, <b className="md">not live</b></span>
      <span className="end row"><Damage state={state} /><Button size="s" icon="x" onClick={onLeave}>Back to live</Button></span>
    </div>
  );
}

/** A damaged end costs what comes after it, and is said. */
function Damage({ state: { recording } }: { readonly state: TailState }) {
  if (recording?.status !== 'read' || recording.leftBytes === 0) return null;
  return <span className="row gap1 amb" title={recording.problem ?? ''}><Icon name="warn" size="s" />{formatBytes(recording.leftBytes)} at the end could not be read</span>;
}

const share = ({ receivedBytes, totalBytes }: NonNullable<TailState['recording']>) => `${formatBytes(receivedBytes)}${totalBytes === null ? '' : ` of ${formatBytes(totalBytes)}`}`;

/** What the list shows before there are rows, in place of rows that are of something else. Null: the rows may show. */
export function recordingInPlace(recording: OpenRecording | undefined, state: TailState, onLeave: () => void) {
  if (recording === undefined) return null;
  const leave = <Button size="s" onClick={onLeave}>Back to live</Button>;
  if (recording.problem !== null) return <div className="tail-list"><ErrorState title={recording.problem.title} actions={leave}>{recording.problem.help}</ErrorState></div>;
  if (state.recording?.status === 'failed') return <div className="tail-list"><ErrorState title="The recording cannot be shown" actions={leave}>{state.recording.problem}</ErrorState></div>;
  if (state.recording?.status !== 'read') return <div className="tail-list"><SkeletonRows rows={8} label={state.recording === null ? 'Opening the recording' : `Reading the recording, ${share(state.recording)}`} /></div>;
  return null;
}

/** Of the whole file, in words: "1,204 logs, 31 spans". */
export function recordingCounts({ records }: NonNullable<TailState['recording']>): string {
  const parts = [records.logs > 0 && plural(records.logs, 'log'), records.spans > 0 && plural(records.spans, 'span'), records.metrics > 0 && `${formatCount(records.metrics)} metric points`].filter(Boolean);
  return parts.length === 0 ? 'no record' : parts.join(', ');
}
