// Collects from a recorder: from one agent or all, one key or all, the last minutes or everything; with progress and Cancel, and the way
// to what came of it.
import { useState } from 'react';
import { explainFailure, useStartAction } from '../../api/index.ts';
import type { FleetRecorder, StartAction } from '../../../model/index.ts';
import { Button, Input, Select, toast } from '../../ui/index.ts';
import { CollectRun } from './collect-run.tsx';

const spans = [{ value: 'all', label: 'all it holds' }, { value: '60000', label: 'last minute' }, { value: '300000', label: 'last 5 minutes' }, { value: '900000', label: 'last 15 minutes' }, { value: '3600000', label: 'last hour' }] as const;

export function CollectForm({ recorder }: { readonly recorder: FleetRecorder }) {
  const { definition, agents } = recorder;
  const [agent, setAgent] = useState('all');
  const [span, setSpan] = useState<(typeof spans)[number]['value']>('all');
  const [key, setKey] = useState('');
  const [runs, setRuns] = useState<readonly string[]>([]);
  const start = useStartAction();
  const here = agents.filter(state => state.agent.connected);
  const from = here.filter(state => agent === 'all' || state.agent.id === agent);
  const collect = async () => {
    for (const { agent: { id } } of from) {
      try {
        const run = await start.mutateAsync(wishOf(id, definition.name, key, span));
        setRuns(before => [run.id, ...before]);
      } catch (error) { const { title, help } = explainFailure(error); toast({ kind: 'error', title, detail: help }); }
    }
  };
  return (
    <form className="recorder-collect" aria-label="Collect" onSubmit={event => { event.preventDefault(); void collect(); }}>
      <div className="row wrapline">
        <Select size="s" label="From which agent" value={agent} onChange={setAgent} options={[{ value: 'all', label: here.length === 1 ? here[0]!.agent.name : `all ${here.length} agents` }, ...(here.length > 1 ? here.map(state => ({ value: state.agent.id, label: state.agent.name })) : [])]} />
        <Select size="s" label="How far back" value={span} onChange={setSpan} options={spans} />
        {definition.key.length > 0 && <span className="grow"><Input small mono aria-label="Only this key" placeholder="every key" value={key} onChange={event => setKey(event.target.value)} /></span>}
        <Button type="submit" size="s" variant="primary" icon="down" className="end" disabledReason={here.length === 0 ? agents.length === 0 ? 'No agent holds anything of it yet.' : 'The agents that hold it are away.' : start.isPending ? 'It is being asked for.' : null}>Collect</Button>
      </div>
      {runs.map(id => <CollectRun key={id} id={id} />)}
    </form>
  );
}

/** What is asked for; a span of "all" and an empty key leave both open. */
export const wishOf = (agent: string, recorder: string, key: string, span: string): StartAction => ({ agent, action: 'collect-recorder', parameters: { recorder, ...(key !== '' && { key }), ...(span !== 'all' && { lastMs: Number(span) }) }, reason: 'Collected in the console' });
