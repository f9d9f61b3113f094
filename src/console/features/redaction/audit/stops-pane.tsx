// The second at which the chosen source stopped, on each agent.
import type { RedactionSourceDetail, RedactionSources } from '../../../../model/index.ts';
import { EmptyState, formatCount, formatDuration, Meter, PaneHeader, plural, SkeletonRows, Time } from '../../../ui/index.ts';
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
  return <><ul className="redact-stops">{stops.map(stop => <Row key={stop.name} stop={stop} />)}</ul><p className="meta t3 redact-note"><Summary detail={detail} stops={stops} range={range} /></p></>;
}

function Row({ stop }: { readonly stop: AgentStop }) {
  const took = stop.state === 'leaking' ? 'still leaking' : stop.state === 'never' ? 'never left' : `after ${formatDuration(stop.tookMs)}`;
  return <li title={took}><span className="mono ell">{stop.name}</span><Meter label={`${stop.name}: ${took}`} share={stop.share} tone={stop.state === 'leaking' ? 'attn' : 'accent'} /><span className={stop.state === 'leaking' ? 'amb num' : 'mono t2 num'}>{stop.stoppedAt === null ? took : <Time at={stop.stoppedAt} millis />}</span></li>;
}

function Summary({ detail, stops, range }: { readonly detail: RedactionSourceDetail; readonly stops: readonly AgentStop[]; readonly range: RedactionSources }) {
  const leaking = stops.filter(({ state }) => state === 'leaking').length;
  const slowest = Math.max(0, ...stops.map(({ tookMs }) => tookMs));
  const left = leakedSince(detail, range);
  if (stops.every(({ state }) => state === 'never')) return <>Deployed <Time at={detail.deployedAt!} show="full" />. No agent has let it out since it was first seen.</>;
  return <>Deployed <Time at={detail.deployedAt!} show="full" />. {leaking > 0 ? `${plural(leaking, 'agent')} still ${leaking === 1 ? 'leaks' : 'leak'}` : `${formatDuration(slowest)} to the last agent`}; {!left.exact && 'at most '}{formatCount(left.count)} left in that time.</>;
}
