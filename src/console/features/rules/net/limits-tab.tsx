// The limits of a net, agent by agent: used of the window, and when an action may start again.
import type { FleetNet } from '../../../../model/index.ts';
import { formatDuration, Meter } from '../../../ui/index.ts';
import { waitingActions } from './net-facts.ts';

export function LimitsTab({ reports, nowMs }: { readonly reports: FleetNet['agents']; readonly nowMs: number }) {
  return (
    <div className="net-lines">
      <p className="t3">Kept across restarts, on each agent by itself.</p>
      {reports.map(({ agent, net }) => {
        const { usedInWindow, ofWindow, windowMs, cooldownMs } = net.limits;
        const share = ofWindow === 0 ? 1 : usedInWindow / ofWindow;
        const waiting = waitingActions(net, nowMs);
        return (
          <section key={agent.id} aria-label={`Limits on ${agent.name}`}>
            <div className="net-limit"><b className="md ell">{agent.name}</b><span className="t2">Actions per {formatDuration(windowMs)}</span><Meter share={share} tone={share >= 1 ? 'danger' : share > 0.7 ? 'attn' : 'accent'} label={`Actions used on ${agent.name}`} /><span className="num nw">{usedInWindow} of {ofWindow}</span></div>
            {share >= 1 && <p className="amb">No action starts until one of these is older than {formatDuration(windowMs)}.</p>}
            {waiting.map(({ action, atMs }) => <div key={action} className="net-limit"><span className="mono ell">{action}</span><span className="t2">Cooldown {formatDuration(cooldownMs)}</span><Meter share={cooldownMs === 0 ? 0 : (atMs - nowMs) / cooldownMs} tone="attn" label={`Cooldown of ${action} on ${agent.name}`} /><span className="num nw">{formatDuration(atMs - nowMs)} left</span></div>)}
            {waiting.length === 0 && share < 1 && <p className="t3">Every action may start now.</p>}
          </section>
        );
      })}
    </div>
  );
}
