// What a state machine would have done over the records: transitions and actions in order, and how often each guard held.
import type { MachineEvent } from '../../../../engine/index.ts';
import type { MachineDryRunResult } from '../../../../rules/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { EmptyState, formatClock, formatCount, plural, Table } from '../../../ui/index.ts';

export function MachineResult({ result }: { readonly result: MachineDryRunResult }) {
  return (
    <div className="scroll grow" tabIndex={0} role="region" aria-label="What the net would have done">
      <dl className="rules-figs">
        <Fig label="Records" value={formatCount(result.reached)} /><Fig label="Keys" value={`${formatCount(result.keys)}${result.keysEvicted > 0 ? `, ${formatCount(result.keysEvicted)} left for room` : ''}`} />
        <Fig label="Transitions" value={formatCount(result.transitions)} /><Fig label="Actions it would start" value={formatCount(result.actions)} /><Fig label="Held back by limits" value={formatCount(result.actionsNotRun)} />
      </dl>
      <Events result={result} />
      <Table label="Guards" rows={result.guards} rowKey={guard => `${guard.state}.${guard.index}`} columns={[
        { key: 'state', head: 'From', width: 110, cell: guard => guard.state }, { key: 'to', head: 'To', width: 110, cell: guard => guard.to },
        { key: 'text', head: 'Guard', cell: guard => <code className="ell" title={guard.text}>{guard.text}</code> },
        { key: 'true', head: 'True', numeric: true, width: 76, cell: guard => <>{formatCount(guard.isTrue)}</> }, { key: 'false', head: 'False', numeric: true, width: 76, cell: guard => <>{formatCount(guard.isFalse)}</> }, { key: 'null', head: 'Null', numeric: true, width: 76, cell: guard => <>{formatCount(guard.isNull)}</> },
      ]} />
    </div>
  );
}

function Fig({ label, value }: { readonly label: string; readonly value: string }) { return <div className="rules-fig"><dt>{label}</dt><dd>{value}</dd></div>; }

function Events({ result }: { readonly result: MachineDryRunResult }) {
  const zone = usePreferences(state => state.timeZone);
  if (result.events.length === 0) return <EmptyState title="Nothing happened">No guard of the first state held over {plural(result.reached, 'record')}. The table says how often each was false.</EmptyState>;
  const rows = result.events.slice(0, 500).map((event, index) => ({ event, key: String(index) }));
  return (
    <Table label="What happened, in order" rows={rows} rowKey={row => row.key} columns={[
      { key: 'time', head: 'Time', width: 96, cell: ({ event }) => formatClock(Number(event.atUnixNano / 1_000_000n), zone, true) },
      { key: 'key', head: 'Key', width: 160, cell: ({ event }) => <span className="mono ell">{event.key || 'one machine'}</span> },
      { key: 'what', head: 'What', cell: ({ event }) => <span className="ell" title={eventWords(event)}>{eventWords(event)}</span> },
    ]} />
  );
}

export function eventWords(event: MachineEvent): string {
  switch (event.event) {
    case 'transition': return `${event.from} → ${event.to}: ${event.because}`;
    case 'action': return `would start ${event.action}${event.as === null ? '' : ` as ${event.as}`}`;
    case 'action-not-run': return `${event.action} held back: ${event.because}`;
    case 'key-evicted': return `left in ${event.state} to make room for newer keys`;
  }
}
