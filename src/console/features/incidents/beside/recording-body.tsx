// A collected recorder in place: its records of the chosen time, newest first, read by a tail of its own that ends with the pane.
import { Link } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { contentUrl } from '../../../api/index.ts';
import { printDatetime } from '../../../../kql/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { EmptyState, ErrorState, formatBytes, formatCount, plural, Progress, Time } from '../../../ui/index.ts';
import { createReleasingTail, type ReleasingTail, type TailState } from '../../../workers/tail/index.ts';
import type { Span } from '../timeline/axis.ts';
import { Foot } from './foot.tsx';
import type { BodyProps } from './profile-body.tsx';
import { RecordList } from './record-list.tsx';

export function RecordingBody({ artifact, part }: BodyProps) {
  const [client] = useState(() => createReleasingTail());
  const state = useSyncExternalStore(client.subscribe, client.getState);
  const url = contentUrl(artifact.id);
  const agent = artifact.agent?.name ?? artifact.by ?? '';
  const [fromMs, toMs] = [part?.fromMs ?? null, part?.toMs ?? null];
  useEffect(() => {
    client.open({ signals: ['logs', 'spans', 'metrics'], stage: 'out', recording: { url, agent } });
    return () => client.close();
  }, [client, url, agent]);
  useEffect(() => client.setTimeRange(fromMs === null || toMs === null ? null : { fromMs, toMs }), [client, url, agent, fromMs, toMs]);
  return <Records client={client} state={state} artifact={artifact} part={part} />;
}

function Records({ client, state, artifact, part }: { readonly client: ReleasingTail; readonly state: TailState } & BodyProps) {
  const { recording, buffered, matched } = state;
  if (recording?.status === 'failed') return <ErrorState title={`${artifact.name} cannot be shown`} {...(recording.problem !== null && { details: recording.problem })}>{recording.problem}</ErrorState>;
  if (recording?.status !== 'read') return <div className="bes-opening"><Progress label={`Reading ${artifact.name}`} share={recording === null || recording.totalBytes === null ? 0 : recording.receivedBytes / Math.max(1, recording.totalBytes)} left={recording === null ? '' : formatBytes(recording.receivedBytes)} /></div>;
  const held = recording.records.logs + recording.records.spans + recording.records.metrics;
  return (
    <>
      {held === 0 && <EmptyState title="It holds no record">Nothing reached the recorder before it was collected.</EmptyState>}
      {held > 0 && matched === 0 && buffered >= held && part !== null && <EmptyState title="No record of the chosen time">{artifact.fromUnixMs !== null && artifact.toUnixMs !== null && <>It holds <Time at={artifact.fromUnixMs} /> to <Time at={artifact.toUnixMs} />. </>}Choose a time that reaches there, or the whole time.</EmptyState>}
      <RecordList client={client} state={state} label={`Records of ${artifact.name}, newest first`} />
      <Foot end={<Link to="/tail" search={{ recording: artifact.id, ...(part !== null && { q: timeFilter(part) }) }}>Open in Tail</Link>}>{words(artifact, state, held, part)}</Foot>
    </>
  );
}

/** What of the file is shown; what is missing is said. */
function words({ bytes }: Artifact, { recording, matched, buffered, evicted }: TailState, held: number, part: Span | null): string {
  const count = part === null ? plural(held, 'record') : `${formatCount(matched)} of ${plural(held, 'record')}`;
  const lost = recording?.leftBytes ?? 0;
  const missing = [...(evicted > 0 ? [`the oldest ${formatCount(evicted)} did not fit`] : []), ...(lost > 0 ? [`${formatBytes(lost)} at its end could not be read`] : []), ...(buffered + evicted < held ? [`${formatCount(buffered)} so far`] : [])];
  return [formatBytes(bytes), count, ...(missing.length > 0 ? missing : ['none left out'])].join(', ');
}

const timeFilter = ({ fromMs, toMs }: Span): string => `Timestamp between (${printDatetime(nanos(fromMs))} .. ${printDatetime(nanos(toMs))})`;
const nanos = (unixMs: number): bigint => BigInt(Math.round(unixMs)) * 1_000_000n;
