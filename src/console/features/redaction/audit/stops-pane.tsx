// The proof, agent by agent: the last one seen leaving, the rule applied, the first one hidden, and the second from which none left.
import type { RedactionSourceDetail, RedactionSources } from '../../../../model/index.ts';
import { EmptyState, formatCount, formatDuration, Meter, PaneHeader, plural, SkeletonRows, Time } from '../../../ui/index.ts';
import { When } from '../words/when.tsx';
import { agentStops, leakedSince, type AgentStop } from './stops.ts';

export interface StopsPaneProps { readonly detail: RedactionSourceDetail | undefined; readonly range: RedactionSources | undefined; readonly none: boolean }

export function StopsPane({ detail, range, none }: StopsPaneProps) {
  const rule = detail?.source.rules.at(-1);
  return (
    <section aria-label="Stopped, agent by agent">
      <PaneHeader title="Stopped, agent by agent" meta={rule && <span className="mono">{rule.name} v{rule.version}</span>} />
      {none && <EmptyState title="No source is chosen">Choose a row to see the second it stopped.</EmptyState>}
      {!none && detail === undefined && <SkeletonRows rows={3} />}
      {detail !== undefined && range !== undefined && <Stops detail={detail} range={range} />}
    </section>
  );
}

function Stops({ detail, range }: { readonly detail: RedactionSourceDetail; readonly range: RedactionSources }) {
  const stops = agentStops(detail);
  if (detail.deployedAt === null) return <EmptyState title="No rule that runs hides it">When one does, this shows the second at which each agent stopped.</EmptyState>;
  return (
    <>
      <div className="redact-moments redact-moments-head meta t3" aria-hidden="true"><span>last seen leaving</span><span>rule applied</span><span>first hidden</span></div>
      <ul className="redact-stops">{stops.map(stop => <Row key={stop.name} stop={stop} />)}</ul>
      <p className="meta t3 redact-note"><Summary detail={detail} stops={stops} range={range} /></p>
    </>
  );
}

const tones = { leaking: 'amb', unproved: 'amb', stopped: 't2', never: 't2', ignored: 't3' } as const;

function words({ state, away, tookMs }: AgentStop): string {
  switch (state) {
    case 'leaking': return away ? 'leaked when last seen' : 'still leaking';
    case 'unproved': return 'not proved';
    case 'never': return 'never seen leaving';
    case 'ignored': return 'let pass';
    case 'stopped': return `stopped ${formatDuration(tookMs)} after the deployment`;
  }
}

function Row({ stop }: { readonly stop: AgentStop }) {
  const { name, state, stoppedAt, away, share } = stop;
  const said = words(stop);
  const timed = state === 'stopped' || state === 'leaking';
  return (
    <li>
      <div className="redact-stop" title={said}>
        <span className="mono ell" title={name}>{name}{away && <span className="t3"> away</span>}</span>
        {timed ? <Meter label={`${name}: ${said}`} share={share} tone={state === 'leaking' ? 'attn' : 'accent'} /> : <span />}
        <span className={`${tones[state]} num nw`}>{stoppedAt === null ? said : <><span className="t3">stopped </span><span className="mono"><Time at={stoppedAt} millis /></span></>}</span>
      </div>
      <div className="redact-moments meta t2"><Moment name="last seen leaving" at={stop.lastLeakAt} none="never seen" /><Moment name="rule applied" at={stop.appliedAt} none="not known" /><Moment name="first hidden" at={stop.firstMaskedAt} none="none yet" /></div>
    </li>
  );
}

const Moment = ({ name, at, none }: { readonly name: string; readonly at: string | null; readonly none: string }) => <span className="nw"><span className="vh">{name} </span>{at === null ? <span className="t3">{none}</span> : <When at={at} />}</span>;

function Summary({ detail, stops, range }: { readonly detail: RedactionSourceDetail; readonly stops: readonly AgentStop[]; readonly range: RedactionSources }) {
  const of = (state: AgentStop['state']) => stops.filter(stop => stop.state === state).length;
  const slowest = Math.max(0, ...stops.map(({ tookMs }) => tookMs));
  const [leaking, unproved] = [of('leaking'), of('unproved')];
  const deployed = <>Deployed <Time at={detail.deployedAt!} show="full" />.</>;
  if (of('never') === stops.length) return <>{deployed} No agent was seen to let it out since it was first seen.</>;
  if (unproved > 0) return <>{deployed} On {plural(unproved, 'agent')} nobody knows whether it leaves.</>;
  return <>{deployed} {leaking > 0 ? `${plural(leaking, 'agent')} still ${leaking === 1 ? 'leaks' : 'leak'}` : `${formatDuration(slowest)} to the last agent`}; {leftWords(leakedSince(detail, range))} in that time.</>;
}

/** A sample's count is a floor; a count by buckets is a ceiling of what was seen. Of both at once neither holds. */
export function leftWords({ count, exact, isFloor }: ReturnType<typeof leakedSince>): string {
  if (isFloor) return count === 0 ? 'none was seen leaving (sampled)' : `${exact ? 'at least' : 'about'} ${formatCount(count)} left (sampled)`;
  return `${exact ? '' : 'at most '}${formatCount(count)} left`;
}
