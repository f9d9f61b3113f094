// The nets that are armed: in which state they are, and when each fired last.
import { Link } from '@tanstack/react-router';
import { useNets } from '../../api/index.ts';
import { Chip, formatRelative, PaneHeader, plural, useNow } from '../../ui/index.ts';
import { netLines, type NetLine } from './nets.ts';

const mostShown = 8;

export function NetsPane() {
  const nets = useNets().data;
  const nowMs = useNow();
  if (nets === undefined) return null;
  const lines = netLines(nets, nowMs);
  return (
    <>
      <PaneHeader title="Nets" meta={lines.length === 0 ? 'none armed' : `${lines.length} armed`}><Link className="meta" to="/rules">All rules</Link></PaneHeader>
      {lines.length === 0 && <div className="note t2">A net waits for a bug and collects what led to it. <Link to="/rules/new" search={{ kind: 'state-machine' }}>Write one</Link>, deploy it, and it is armed.</div>}
      {lines.slice(0, mostShown).map(line => <Net key={line.id} line={line} nowMs={nowMs} />)}
      {lines.length > mostShown && <div className="li t3">{lines.length - mostShown} more, all at rest or quieter</div>}
    </>
  );
}

function Net({ line: { id, name, keys, state, inState, tone, firedMs, shadow, progress, silent }, nowMs }: { readonly line: NetLine; readonly nowMs: number }) {
  const detail = silent ? 'no report' : firedMs !== null ? `fired ${formatRelative(firedMs, nowMs)}` : progress ?? (keys === 0 ? 'no key yet' : plural(keys, 'key'));
  const words = silent ? 'away' : keys === 0 ? 'waiting' : tone === 'plain' ? state : `${inState} ${state}`;
  return (
    <div className="li">
      <span className={`dot ${silent ? 'off' : tone === 'danger' ? 'red' : tone === 'attn' ? 'amb' : ''}`} aria-hidden="true" />
      <Link className="mono ell t1" to="/rules/$ruleId" params={{ ruleId: id }}>{name}</Link>
      <span className="end meta t3 nw">{shadow ? 'shadow, ' : ''}{detail}</span>
      <Chip tone={silent ? 'pending' : tone}>{words}</Chip>
    </div>
  );
}
