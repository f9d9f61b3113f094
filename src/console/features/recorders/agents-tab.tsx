// What each agent holds, with start and stop.
import { Link } from '@tanstack/react-router';
import { explainFailure, useStartAction } from '../../api/index.ts';
import type { FleetRecorder } from '../../../model/index.ts';
import { Button, EmptyState, formatBytes, formatCount, formatDuration, formatRate, Icon, Meter, Time, toast, useNow } from '../../ui/index.ts';
import { fillingRule } from './filling-rule.ts';

type AgentState = FleetRecorder['agents'][number];

export function AgentsTab({ recorder }: { readonly recorder: FleetRecorder }) {
  if (recorder.agents.length === 0) return <EmptyState title="No agent holds anything of it" actions={recorder.rules.length === 0 && <Link className="btn s primary" to="/rules/new" search={fillingRule(recorder.definition.name)}>Write the rule that fills it</Link>}>It appears on an agent with the first record that a rule puts there: <span className="mono t1">| invoke record("{recorder.definition.name}")</span>.</EmptyState>;
  return <div className="scroll">{recorder.agents.map(agent => <OneAgent key={agent.agent.id} state={agent} recorder={recorder.definition.name} />)}</div>;
}

function OneAgent({ state, recorder }: { readonly state: AgentState; readonly recorder: string }) {
  const { agent, problem } = state;
  return (
    <section className="recorder-agent" aria-label={`On ${agent.name}`}>
      <header><span className={`dot ${agent.connected ? state.running === false ? 'off' : '' : 'grey'}`} /><h3 className="md">{agent.name}</h3><span className="t3">{agent.connected ? state.running === false ? 'stopped' : 'running' : 'away'}</span><span className="end"><StartStop state={state} recorder={recorder} /></span></header>
      {problem != null && <p className="recorder-problem"><Icon name="warn" size="s" className="amb" />{problem}</p>}
      <Facts state={state} />
    </section>
  );
}

function StartStop({ state, recorder }: { readonly state: AgentState; readonly recorder: string }) {
  const start = useStartAction();
  const running = state.running !== false;
  const run = () => start.mutate({ agent: state.agent.id, action: running ? 'stop-recorder' : 'start-recorder', parameters: { recorder }, reason: `${running ? 'Stopped' : 'Started'} in the console` }, {
    onSuccess: () => toast({ title: running ? `${recorder} stops on ${state.agent.name}` : `${recorder} starts on ${state.agent.name}`, detail: running ? 'What it holds stays; records pass it by until it is started again.' : undefined }),
    onError: error => { const { title, help } = explainFailure(error); toast({ kind: 'error', title, detail: help }); },
  });
  return <Button size="s" icon={running ? 'pause' : 'play'} onClick={run} disabledReason={state.agent.connected ? null : 'The agent is away.'} aria-label={`${running ? 'Stop' : 'Start'} on ${state.agent.name}`}>{running ? 'Stop' : 'Start'}</Button>;
}

function Facts({ state }: { readonly state: AgentState }) {
  const now = useNow();
  const { bytes, maxBytes, records, oldestUnixMs, newestUnixMs, recordsPerSecond, bytesPerSecond, evicted, refused = 0, evictedKeys = 0, taken } = state;
  return (
    <dl className="recorder-facts">
      <div><dt>Holds</dt><dd>{formatCount(records)} <span className="t3">records</span></dd></div>
      <div><dt>Fill</dt><dd className="row"><Meter label={`Fill on ${state.agent.name}`} share={bytes / maxBytes} /><span className="nw">{formatBytes(bytes)} <span className="t3">of {formatBytes(maxBytes)}</span></span></dd></div>
      <div><dt>Reaches back</dt><dd>{oldestUnixMs === null ? <span className="t3">holds nothing</span> : <>{formatDuration(Math.max(0, now - oldestUnixMs))} <span className="t3">to <Time at={oldestUnixMs} /></span></>}</dd></div>
      <div><dt>Comes in, last 10 s</dt><dd>{formatRate(recordsPerSecond)}/s <span className="t3">{formatBytes(bytesPerSecond)}/s</span></dd></div>
      <div><dt>Newest record</dt><dd>{newestUnixMs == null ? <span className="t3">none</span> : <Time at={newestUnixMs} show="relative" />}</dd></div>
      <div><dt>Ever taken</dt><dd>{taken === undefined ? <span className="t3">not told</span> : formatCount(taken)}</dd></div>
      <div><dt>Evicted</dt><dd>{formatCount(evicted)} <span className="t3">older left for newer</span></dd></div>
      <div><dt>Refused</dt><dd className={refused > 0 ? 'amb' : undefined}>{formatCount(refused)} <span className="t3">had no room</span></dd></div>
      {evictedKeys > 0 && <div><dt>Keys evicted</dt><dd>{formatCount(evictedKeys)} <span className="t3">quiet longest</span></dd></div>}
    </dl>
  );
}
