// The canary: generated secrets sent through real inputs and looked for at every output.
import type { CanaryRun } from '../../../../model/index.ts';
import { useCanary, useRunCanary } from '../../../api/index.ts';
import { Button, Chip, EmptyState, Icon, PaneHeader, plural, SkeletonRows, Time } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { tellFailure } from '../words/tell-failure.ts';
import { canaryWays, probesOf, type CanaryWay } from './canary-ways.ts';

export function CanaryPane() {
  const { data, error, refetch } = useCanary();
  const run = useRunCanary();
  const busy = data?.running === true || run.isPending;
  return (
    <section aria-label="Canary">
      <Head last={data?.last ?? null} running={busy} />
      {data === undefined && (error ? <LoadFailure error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={4} />)}
      {data?.last === null && <EmptyState title="No canary has run yet">It sends generated secrets through each agent&apos;s inputs, follows them to every output, and says which rule stopped them.</EmptyState>}
      {data !== undefined && data.last !== null && <Body run={data.last} />}
      <div className="row bt redact-run"><Button size="s" icon="play" onClick={() => run.mutate(undefined, { onError: tellFailure })} disabledReason={busy ? 'A canary run is under way.' : null}>Run canary</Button><span className="meta t3 end">generated secrets, never real ones</span></div>
    </section>
  );
}

function Head({ last, running }: { readonly last: CanaryRun | null; readonly running: boolean }) {
  const probes = last === null ? [] : probesOf(last);
  const leaked = probes.filter(({ outcome }) => outcome === 'leaked').length;
  const stopped = probes.filter(({ outcome }) => outcome === 'stopped').length;
  return (
    <PaneHeader title="Canary" meta={last === null ? undefined : <><Time at={last.startedAt} />, {plural(probes.length, 'probe')}</>}>
      {running ? <Chip tone="pending">running</Chip> : probes.length > 0 && <Chip tone={leaked > 0 ? 'attn' : 'accent'}>{stopped} of {probes.length} stopped</Chip>}
    </PaneHeader>
  );
}

function Body({ run }: { readonly run: CanaryRun }) {
  const notable = run.agents.filter(({ state }) => state !== 'done');
  return (
    <>
      <ul className="redact-canary">{canaryWays(probesOf(run)).map(way => <Way key={`${way.input} ${way.output}`} way={way} />)}</ul>
      {run.agents.length === 0 && <p className="t3 pad">No agent was connected when it ran.</p>}
      {notable.length > 0 && <ul className="redact-canary" aria-label="Agents">{notable.map(agent => <li key={agent.id}><Icon name={agent.state === 'running' ? 'clock' : 'warn'} size="s" className={agent.state === 'running' ? 't3' : 'amb'} /><span className="mono ell">{agent.name}</span><span className={agent.state === 'running' ? 't2 ell' : 'amb ell'} title={agent.problem ?? undefined}>{stateWords[agent.state]}{agent.problem !== null && `: ${agent.problem}`}</span></li>)}</ul>}
    </>
  );
}

const stateWords: Readonly<Record<CanaryRun['agents'][number]['state'], string>> = { running: 'running', done: 'done', failed: 'failed', away: 'away' };

function Way({ way: { input, output, sent, stopped, notSeen, leaked, rules } }: { readonly way: CanaryWay }) {
  const clean = leaked.length === 0;
  return (
    <li>
      <Icon name={clean ? 'check' : 'warn'} size="s" className={clean ? 'acc' : 'amb'} label={clean ? 'stopped' : 'leaked'} />
      <span className="ell" title={`${input} to ${output}`}>{output} <span className="t3">from {input}</span></span>
      <span className="t2 ell" title={rules.length > 0 ? `Stopped by ${rules.join(', ')}` : undefined}>
        {stopped} of {sent}{clean && rules.length > 0 && <span className="t3"> by {rules.length === 1 ? rules[0] : plural(rules.length, 'rule')}</span>}{notSeen > 0 && `, ${notSeen} not seen`}
        {!clean && <>; <b className="amb md">{leaked.map(({ detector, count }) => `${count} ${detector}`).join(', ')} leaked</b></>}
      </span>
    </li>
  );
}
