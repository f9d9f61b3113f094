// The packets of a capture: a list with a text filter, and the bytes of the chosen one. Read in a worker.
import { useEffect, useState } from 'react';
import { readArtifact } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { EmptyState, ErrorState, formatBytes, formatCount, formatDuration, Icon, Input, plural, SkeletonRows } from '../../../ui/index.ts';
import { openPackets, type PacketClient } from '../../../workers/packets/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { PacketTable } from './packet-table.tsx';

export type OpenPackets = (file: Blob) => Promise<PacketClient>;
type Opened = { readonly client: PacketClient } | { readonly error: unknown; readonly read: boolean } | null;

export function PacketViewer({ artifact, open = openPackets }: { readonly artifact: Artifact; readonly open?: OpenPackets }) {
  const [turn, setTurn] = useState(0);
  const opened = useCapture(artifact.id, open, turn);
  const [filter, setFilter] = useState('');
  const [matched, setMatched] = useState<number | null>(null);
  if (opened === null) return <SkeletonRows label="Reading the capture" />;
  if ('error' in opened) return opened.read ? <ErrorState title="The capture cannot be shown">{opened.error instanceof Error ? opened.error.message : String(opened.error)} Download it to look at it with another tool.</ErrorState> : <LoadFailure error={opened.error} onRetry={() => setTurn(turn + 1)} />;
  const { summary } = opened.client;
  if (summary.packets === 0) return <EmptyState title="No packet was captured">{summary.problem ?? 'Nothing that the filter lets through came by in that time.'}</EmptyState>;
  return (
    <div className="dump-body packet-list">
      <div className="dump-tools">
        <span className="dump-find"><Input small mono aria-label="Filter packets" placeholder="10.0.0.40 tcp syn" value={filter} onChange={event => setFilter(event.target.value)} /></span>
        <span className="t3 ell">{filter.trim() !== '' && matched !== null && <b className="md t1">{formatCount(matched)} of </b>}{plural(summary.packets, 'packet')}{summary.fromMs !== null && summary.toMs !== null && <> in {formatDuration(summary.toMs - summary.fromMs)}</>}, {formatBytes(artifact.bytes)}{summary.beyond > 0 && `; ${formatCount(summary.beyond)} more are not listed`}</span>
      </div>
      {summary.problem !== null && <p className="dump-note warn"><Icon name="warn" size="s" className="amb" />{summary.problem} What comes before is listed.</p>}
      <PacketTable client={opened.client} filter={filter} onMatched={setMatched} />
    </div>
  );
}

function useCapture(id: string, open: OpenPackets, turn: number): Opened {
  const [opened, setOpened] = useState<Opened>(null);
  useEffect(() => {
    const abort = new AbortController();
    let client: PacketClient | null = null;
    const start = async () => {
      let read = false;
      try {
        const file = await readArtifact(id, abort.signal);
        read = true;
        client = await open(file);
        if (abort.signal.aborted) client.close(); else setOpened({ client });
      } catch (error) { if (!abort.signal.aborted) setOpened({ error, read }); }
    };
    void start();
    return () => { abort.abort(); client?.close(); setOpened(null); };
  }, [id, open, turn]);
  return opened;
}
