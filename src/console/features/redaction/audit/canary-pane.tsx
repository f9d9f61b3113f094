// The canary: generated secrets sent through real inputs and looked for at every output.
import type { CanaryRun } from '../../../../model/index.ts';
import { useCanary, useRunCanary } from '../../../api/index.ts';
import { Button, Chip, EmptyState, Icon, PaneHeader, plural, SkeletonRows, Time } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { tellFailure } from '../words/tell-failure.ts';
import { canaryOutputs, notTestedOf, probesOf, verdictOf, type CanaryVerdict } from './canary-outputs.ts';
import { OutputRow } from './canary-output-row.tsx';

export function CanaryPane() {
  const { data, error, refetch } = useCanary();
  const run = useRunCanary();
  const busy = data?.running === true || run.isPending;
  const last = data?.last ?? null;
  const stale = !busy && (last?.rulesChangedSince ?? 0) > 0;
  return (
    <section aria-label="Canary">
      <Head last={last} running={busy} stale={stale} />
      {data === undefined && (error ? <LoadFailure error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={4} />)}
      {data?.last === null && <EmptyState title="No canary has run yet">It sends generated secrets through each agent&apos;s inputs, follows them to every output, and says which rule stopped them.</EmptyState>}
      {stale && <p className="amb redact-stale" role="status">{plural(last?.rulesChangedSince ?? 0, 'rule')} changed since it ran: this is how the rules before did.</p>}
      {last !== null && <Body run={last} />}
      <div className="row bt redact-run"><Button size="s" variant={stale ? 'primary' : 'plain'} icon="play" onClick={() => run.mutate(undefined, { onError: tellFailure })} disabledReason={busy ? 'A canary run is under way.' : null}>{stale ? 'Run again' : 'Run canary'}</Button><span className="meta t3 end">generated secrets, never real ones</span></div>
    </section>
  );
}

function Head({ last, running, stale }: { readonly last: CanaryRun | null; readonly running: boolean; readonly stale: boolean }) {
  const untested = last === null ? 0 : notTestedOf(last).count;
  const verdict = verdictOf(last === null ? [] : canaryOutputs(probesOf(last)));
  return (
    <PaneHeader title="Canary" meta={last === null ? undefined : <><Time at={last.startedAt} />, {plural(verdict.sent, 'probe')}</>}>
      {running ? <Chip tone="pending">running</Chip> : verdict.sent > 0 && <>{stale && <Chip tone="sampled" title="Rules changed since this run">stale</Chip>}<Chip tone={stale ? 'pending' : untested > 0 && verdict.stopped === 0 ? 'sampled' : toneOf(verdict)}>{untested > 0 && verdict.stopped === 0 ? 'not tested' : `${verdict.stopped} of ${verdict.sent} stopped`}</Chip></>}
    </PaneHeader>
  );
}

const toneOf = ({ sent, stopped, missed, leaked }: CanaryVerdict) => (missed > 0 ? 'danger' : leaked > 0 || stopped === 0 ? 'attn' : stopped === sent ? 'accent' : 'plain');

function Body({ run }: { readonly run: CanaryRun }) {
  const notable = run.agents.filter(({ state }) => state !== 'done');
  return (
    <>
      <Untested run={run} />
      <ul className="redact-canary">{canaryOutputs(probesOf(run)).map(output => <OutputRow key={output.output} output={output} />)}</ul>
      {run.agents.length === 0 && <p className="t3 pad">No agent was connected when it ran.</p>}
      {notable.length > 0 && <ul className="redact-canary" aria-label="Agents">{notable.map(agent => <li key={agent.id}><Icon name={agent.state === 'running' ? 'clock' : 'warn'} size="s" className={agent.state === 'running' ? 't3' : 'amb'} /><span><span className="mono">{agent.name}</span> <span className={agent.state === 'running' ? 't2' : 'amb'}>{stateWords[agent.state]}{agent.problem !== null && `: ${agent.problem}`}</span></span></li>)}</ul>}
    </>
  );
}

/** Of a rule that no probe could reach, that nothing was stopped says nothing. */
function Untested({ run }: { readonly run: CanaryRun }) {
  const { count, lines } = notTestedOf(run);
  if (count === 0) return null;
  return <p className="t1 redact-untested" role="status">{plural(count, 'policy is', 'policies are')} for some services or records only and {count === 1 ? 'was' : 'were'} not tested: {lines.join('; ')}.</p>;
}

const stateWords: Readonly<Record<CanaryRun['agents'][number]['state'], string>> = { running: 'running', done: 'done', failed: 'failed', away: 'away' };
