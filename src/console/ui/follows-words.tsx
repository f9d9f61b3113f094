// "CheckoutStarted is called checkout.started since 12:04": renames that something follows, and what it did not count before it did.
import type { FollowedName } from '../../model/index.ts';
import { Icon } from './icon.tsx';
import { Time } from './time.tsx';

/** The newest name comes first in what it means; the last name said may be that one itself. */
export function FollowsWords({ follows }: { readonly follows: readonly FollowedName[] }) {
  if (follows.length === 0) return null;
  return <span className="col acc">{follows.map(one => <span key={one.name} className="row gap1"><Icon name="check" size="xs" /><span className="follows"><Renamed follow={one} /><MissedWords follow={one} /></span></span>)}</span>;
}

function Renamed({ follow: { name, now, since, firstSeen, missed } }: { readonly follow: FollowedName }) {
  if (now[0] === name) return <><span className="mono">{name}</span> also finds its former {now.length === 2 ? 'name' : 'names'} <span className="mono">{now.slice(1).join(', ')}</span></>;
  return <><span className="mono">{name}</span> is called <span className="mono">{now[0]}</span> since <Time at={firstSeen ?? since} />; it goes on with both{missed !== undefined && <> since <Time at={since} /></>}</>;
}

/** The hole before somebody accepted the rename. */
export function MissedWords({ follow: { now, by, missed }, does = 'counted' }: { readonly follow: Pick<FollowedName, 'now' | 'by' | 'missed'>; readonly does?: string }) {
  if (missed === undefined) return null;
  return <span className="amb">. It {does} {missed.whole ? 'nothing' : <>nothing of <span className="mono">{now[0]}</span></>} from <Time at={missed.from} /> until <Time at={missed.until} /> (the rename was accepted then{by !== undefined && by !== 'weir' && <>, by {by}</>})</span>;
}
