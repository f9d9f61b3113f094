// The actions of an incident, agent by agent: how far each is, how it ended, and why it did not run.
import { Link } from '@tanstack/react-router';
import { isUnderWay, useCancelAction, useCancelling } from '../../../api/index.ts';
import type { ActionRun, IncidentDetail } from '../../../../model/index.ts';
import { Button, Chip, EmptyState, formatDuration, formatPercent, Icon, Meter, PaneHeader, plural } from '../../../ui/index.ts';
import { stateCounts, stateWords, targetWords } from '../words.ts';
import { figureWords } from './figure-words.ts';
import { tellFailure } from '../tell.ts';

export function ActionsPane({ detail: { actions, incident }, narrowed }: { readonly detail: IncidentDetail; readonly narrowed: boolean }) {
  const byAgent = Map.groupBy(actions.toSorted((a, b) => a.requestedUnixMs - b.requestedUnixMs), ({ agent }) => agent.id);
  return (
    <section aria-label="Actions">
      <PaneHeader title="Actions" meta={actions.length === 0 ? 'none' : `${stateCounts(actions)}${plural(actions.length, 'action')} on ${plural(byAgent.size, 'agent')}`}><CancelAll actions={actions} /></PaneHeader>
      {actions.length === 0 && <EmptyState title={narrowed ? 'No action in this time' : 'Nothing was collected'}>{narrowed ? 'Show the whole time to see all.' : incident.state === 'open' ? 'Collect more, above, takes recorders, samples, state and configuration.' : 'It was closed before anything was.'}</EmptyState>}
      {[...byAgent].map(([id, runs]) => <Agent key={id} runs={runs} />)}
    </section>
  );
}

function CancelAll({ actions }: { readonly actions: readonly ActionRun[] }) {
  const cancel = useCancelAction();
  const running = actions.filter(isUnderWay);
  if (running.length < 2) return null;
  return <Button size="s" variant="ghost" onClick={() => { for (const { id } of running) cancel.mutate(id, { onError: tellFailure }); }}>Cancel all {running.length}</Button>;
}

function Agent({ runs }: { readonly runs: readonly ActionRun[] }) {
  const [first] = runs;
  if (first === undefined) return null;
  return (
    <div role="group" aria-label={`Actions on ${first.agent.name}`}>
      <h3 className="inc-agent">{first.agent.name}{!first.agent.connected && <Chip tone="pending">away</Chip>}</h3>
      <ul className="inc-actions">{runs.map(run => <Run key={run.id} run={run} />)}</ul>
    </div>
  );
}

function Run({ run }: { readonly run: ActionRun }) {
  const cancel = useCancelAction();
  const { label, tone } = stateWords[run.state];
  const underWay = isUnderWay(run);
  const cancelling = useCancelling(run);
  return (
    <li className={`inc-action ${run.state}`}>
      <div className="row"><span className="mono t1">{run.action}</span><span className="t3 ell">{targetWords(run)}</span><span className="end row"><Chip tone={tone}>{label}</Chip>{underWay && cancelling === null && <Button size="s" variant="ghost" icon="x" aria-label={`Cancel ${run.action} ${targetWords(run)} on ${run.agent.name}`} onClick={() => cancel.mutate(run.id, { onError: tellFailure })} />}</span></div>
      {cancelling !== null && <p className="amb meta" role="status">{cancelling}.</p>}
      {underWay && cancelling === null && <div className="row"><Meter share={run.progress.share ?? 0} tone="accent" label={`Progress of ${run.action} on ${run.agent.name}`} /><span className="meta t2 nw">{run.progress.share === null ? '' : `${formatPercent(run.progress.share, 0)}, `}{run.progress.text}</span></div>}
      {run.state === 'done' && <Opens run={run} />}
      {run.why !== null && <p className="inc-why"><Icon name="info" size="s" /><span><b className="md">{run.why.message}</b>{run.why.help !== undefined && <> {run.why.help}</>}</span></p>}
      {!underWay && <Result run={run} />}
    </li>
  );
}

/** One press from what was done to the view that shows what it brought. */
function Opens({ run: { artifacts } }: { readonly run: ActionRun }) {
  const profile = artifacts.find(({ kind }) => kind === 'cpu-profile' || kind === 'heap-profile');
  const heap = artifacts.find(({ format }) => format === 'heapsnapshot');
  if (profile !== undefined) return <p className="meta"><Link to="/profiles" search={{ artifact: profile.id }}>Open the flame graph</Link></p>;
  return heap === undefined ? null : <p className="meta"><Link to="/dumps/heap" search={{ artifact: heap.id }}>Open the heap</Link></p>;
}

function Result({ run }: { readonly run: ActionRun }) {
  const took = run.startedUnixMs !== null && run.finishedUnixMs !== null ? [`took ${formatDuration(run.finishedUnixMs - run.startedUnixMs)}`] : [];
  const words = [...took, ...figureWords(run.figures), ...run.notes];
  return words.length === 0 ? null : <p className="meta t3 inc-result">{words.join('; ')}</p>;
}
