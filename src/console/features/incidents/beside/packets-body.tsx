// A packet capture in place: the packets of the chosen time as a plain list. Filter and bytes are in Dumps.
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { readArtifact } from '../../../api/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { EmptyState, formatBytes, formatClock, formatCount, plural, SkeletonRows, Table, type TableColumn } from '../../../ui/index.ts';
import { openPackets, type PacketClient, type PacketRow } from '../../../workers/packets/index.ts';
import type { Span } from '../timeline/axis.ts';
import { Foot } from './foot.tsx';
import { OpeningState } from './opening-state.tsx';
import { packetsIn } from './packet-time.ts';
import type { BodyProps } from './profile-body.tsx';
import { useOpening } from './use-opening.ts';

const mostRows = 500;
interface Shown { readonly rows: readonly PacketRow[]; readonly count: number }

export function PacketsBody({ artifact, part }: BodyProps) {
  const { current, again } = useOpening<PacketClient>(artifact.id, async (_, signal) => {
    const client = await openPackets(await readArtifact(artifact.id, signal));
    if (signal.aborted) client.close(); else signal.addEventListener('abort', () => client.close(), { once: true });
    return client;
  });
  return current.state === 'open' ? <Packets client={current.value} artifact={artifact} part={part} /> : <OpeningState current={current} name={artifact.name} onAgain={again} />;
}

function Packets({ client, artifact, part }: { readonly client: PacketClient } & BodyProps) {
  const shown = useShown(client, part);
  const zone = usePreferences(state => state.timeZone);
  const { packets } = client.summary;
  if (shown === null) return <SkeletonRows label="Looking for packets" />;
  return (
    <>
      <div className="scroll grow" tabIndex={0} role="region" aria-label={`Packets of ${artifact.name}`}>
        {shown.count === 0 ? <EmptyState title={packets === 0 ? 'No packet was captured' : 'No packet of the chosen time'}>{packets === 0 ? client.summary.problem ?? 'Nothing came by in that time.' : 'Choose another time, or the whole time.'}</EmptyState>
          : <Table label="Packets" columns={columnsOf(zone)} rows={shown.rows} rowKey={({ index }) => String(index)} />}
      </div>
      <Foot end={<Link to="/dumps" search={{ artifact: artifact.id }}>Open in Dumps</Link>}>{formatBytes(artifact.bytes)}, {part === null ? plural(packets, 'packet') : `${formatCount(shown.count)} of ${plural(packets, 'packet')}`}{shown.count > mostRows && `; the first ${mostRows} are listed`}{client.summary.problem !== null && `; ${client.summary.problem}`}</Foot>
    </>
  );
}

function useShown(client: PacketClient, part: Span | null): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  const [fromMs, toMs] = [part?.fromMs ?? null, part?.toMs ?? null];
  useEffect(() => {
    let live = true;
    const look = async () => {
      const { from, to } = await packetsIn(client, client.summary.packets, fromMs === null || toMs === null ? null : { fromMs, toMs });
      const { rows } = await client.rows(from, Math.min(mostRows, to - from), '');
      if (live) setShown({ rows, count: to - from });
    };
    look().catch(() => { if (live) setShown({ rows: [], count: 0 }); });
    return () => { live = false; };
  }, [client, fromMs, toMs]);
  return shown;
}

const columnsOf = (zone: 'utc' | 'local'): readonly TableColumn<PacketRow>[] => [
  { key: 'time', head: 'Time', width: 96, cell: ({ timeMs }) => <span className="mono">{timeMs === null ? '–' : formatClock(timeMs, zone, true)}</span> },
  { key: 'source', head: 'From', cell: ({ source }) => <span className="mono" title={source}>{source}</span> },
  { key: 'destination', head: 'To', cell: ({ destination }) => <span className="mono" title={destination}>{destination}</span> },
  { key: 'protocol', head: 'Protocol', width: 62, cell: ({ protocol }) => protocol },
  { key: 'length', head: 'Bytes', width: 58, numeric: true, cell: ({ length }) => formatCount(length) },
];
