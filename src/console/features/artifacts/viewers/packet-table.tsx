// A window of packets that moves with the keys and buttons, and the bytes of the chosen one.
import { useEffect, useState } from 'react';
import { Button, formatClock, formatCount, Pane, plural, ResizablePanes, Table } from '../../../ui/index.ts';
import type { TableColumn } from '../../../ui/index.ts';
import { usePreferences } from '../../../state/index.ts';
import type { PacketClient, PacketRow, PacketRows } from '../../../workers/packets/index.ts';
import { hexLines, maxHexBytes } from './hex.ts';

const page = 200;

export function PacketTable({ client, filter, onMatched }: { readonly client: PacketClient; readonly filter: string; /** Told how many packets the filter lets through. */ readonly onMatched: (matched: number) => void }) {
  const [at, setAt] = useState({ filter, from: 0 });
  const from = at.filter === filter ? at.from : 0;
  const found = usePage(client, from, filter);
  const matched = found?.matched;
  useEffect(() => { if (matched !== undefined) onMatched(matched); }, [matched, onMatched]);
  const [chosen, setChosen] = useState<PacketRow | null>(null);
  const zone = usePreferences(state => state.timeZone);
  const go = (next: number) => setAt({ filter, from: next });
  const list = (
    <div className="col grow">
      <div className="scroll grow">
        {found?.matched === 0 && <p className="pad t2">No packet has all of these words. Addresses, ports, protocols and flags are searched.</p>}
        {found !== null && found.matched > 0 && <Table label="Packets" columns={columnsOf(zone)} rows={found.rows} rowKey={({ index }) => String(index)} selectedKey={chosen === null ? null : String(chosen.index)} onPick={setChosen} rowLabel={({ index, source, destination, protocol }) => `Packet ${index + 1}, ${protocol} from ${source} to ${destination}`} />}
      </div>
      {found !== null && found.matched > page && (
        <div className="dump-tools bt"><span className="t3">{formatCount(from + 1)} to {formatCount(Math.min(found.matched, from + page))} of {formatCount(found.matched)}</span><span className="end row gap1">
          <Button size="s" icon="left" disabledReason={from === 0 ? 'These are the first.' : null} onClick={() => go(Math.max(0, from - page))}>Before</Button>
          <Button size="s" iconAfter="right" disabledReason={from + page >= found.matched ? 'These are the last.' : null} onClick={() => go(from + page)}>Next</Button>
        </span></div>
      )}
    </div>
  );
  return <ResizablePanes id="dumps.packet" label="the packet's bytes" direction="vertical" defaultSize={180} minSize={80} maxSize={500} first={list} second={chosen === null ? null : <Bytes client={client} row={chosen} />} />;
}

const columnsOf = (zone: 'utc' | 'local'): readonly TableColumn<PacketRow>[] => [
  { key: 'no', head: 'No', width: 76, numeric: true, cell: ({ index }) => <span className="t3">{formatCount(index + 1)}</span> },
  { key: 'time', head: 'Time', width: 100, cell: ({ timeMs }) => <span className="mono">{timeMs === null ? '–' : formatClock(timeMs, zone, true)}</span> },
  { key: 'source', head: 'From', cell: ({ source }) => <span className="mono">{source}</span> },
  { key: 'destination', head: 'To', cell: ({ destination }) => <span className="mono">{destination}</span> },
  { key: 'protocol', head: 'Protocol', width: 66, cell: ({ protocol }) => protocol },
  { key: 'length', head: 'Length', width: 58, numeric: true, cell: ({ length, captured }) => <span title={captured < length ? `${captured} bytes were kept` : undefined}>{formatCount(length)}</span> },
  { key: 'info', head: 'Flags', width: 76, cell: ({ info }) => <span className="t2">{info}</span> },
];

function usePage(client: PacketClient, from: number, filter: string): PacketRows | null {
  const [found, setFound] = useState<PacketRows | null>(null);
  useEffect(() => {
    let live = true;
    void client.rows(from, page, filter).then(rows => { if (live) setFound(rows); });
    return () => { live = false; };
  }, [client, from, filter]);
  return found;
}

function Bytes({ client, row }: { readonly client: PacketClient; readonly row: PacketRow }) {
  const [bytes, setBytes] = useState<Uint8Array>(new Uint8Array(0));
  useEffect(() => {
    let live = true;
    void client.bytes(row.index).then(value => { if (live) setBytes(value); });
    return () => { live = false; };
  }, [client, row.index]);
  return (
    <Pane well className="grow" label={`Bytes of packet ${row.index + 1}`}>
      <pre className="code dump-hex scroll grow" tabIndex={0}>{hexLines(bytes).join('\n')}</pre>
      {(row.captured < row.length || bytes.length > maxHexBytes) && <p className="dump-note t3">{row.captured < row.length ? `${plural(row.captured, 'byte')} of ${formatCount(row.length)} were kept by the capture. ` : ''}{bytes.length > maxHexBytes ? `The first ${formatCount(maxHexBytes)} are shown.` : ''}</p>}
    </Pane>
  );
}
