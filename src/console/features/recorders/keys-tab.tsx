// The rings of a keyed recorder on one agent, fullest first.
import { useState } from 'react';
import { useRecorderKeys } from '../../api/index.ts';
import type { FleetRecorder } from '../../../model/index.ts';
import { EmptyState, formatBytes, formatCount, Input, plural, Select, SkeletonRows, Table, Time } from '../../ui/index.ts';
import { LoadFailure } from './load-failure.tsx';

export interface KeysTabProps { readonly recorder: FleetRecorder; readonly agent: string | undefined; readonly onAgent: (agent: string) => void }

export function KeysTab({ recorder, agent, onAgent }: KeysTabProps) {
  const [find, setFind] = useState('');
  const here = recorder.agents.filter(state => state.agent.connected);
  const chosen = here.find(state => state.agent.id === agent) ?? here[0];
  const { data, error, refetch } = useRecorderKeys(recorder.definition.name, chosen?.agent.id ?? null);
  if (chosen === undefined) return <EmptyState title="No agent that holds it is connected">Keys are asked of the agent itself; they show when one is back.</EmptyState>;
  if (data === undefined) return error === null ? <SkeletonRows /> : <LoadFailure error={error} onRetry={() => void refetch()} />;
  const shown = data.keys.filter(({ key }) => key.toLowerCase().includes(find.toLowerCase()));
  return (
    <>
      <div className="row pad bb">
        <Select size="s" label="Agent" value={chosen.agent.id} onChange={onAgent} options={here.map(state => ({ value: state.agent.id, label: state.agent.name }))} />
        <Input small aria-label="Find a key" placeholder="Find a key" value={find} onChange={event => setFind(event.target.value)} />
      </div>
      <div className="scroll grow">
        {data.keys.length === 0 ? <EmptyState title="No key yet">A ring begins with the first record that has a value for {recorder.definition.key.map(text => <code key={text} className="mono t1">{text} </code>)}.</EmptyState> : (
          <Table label={`Keys on ${chosen.agent.name}`} rows={shown} rowKey={({ key }) => key} columns={[
            { key: 'key', head: 'Key', cell: ({ key }) => <span className="mono">{key === '' ? <span className="t3">(empty)</span> : key}</span> },
            { key: 'records', head: 'Records', width: 70, numeric: true, cell: ({ records }) => formatCount(records) },
            { key: 'bytes', head: 'Size', width: 76, numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
            { key: 'newest', head: 'Newest', width: 92, numeric: true, cell: ({ newestUnixMs }) => (newestUnixMs === null ? '–' : <Time at={newestUnixMs} show="relative" />) },
          ]} />
        )}
        {data.more > 0 && <p className="pad t3">{plural(data.more, 'more key')} with less in them.</p>}
      </div>
    </>
  );
}
