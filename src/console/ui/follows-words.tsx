// "CheckoutStarted is called checkout.started since 12:04": renames that something follows, and what it did not count before it did.
import { Fragment, type ReactNode } from 'react';
import type { FollowedName, Gap } from '../../model/index.ts';
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
  return <span className="amb">. It {does} <GapWords gaps={missed} name={<span className="mono">{now[0]}</span>} /> (the rename was accepted then{by !== undefined && by !== 'weir' && <>, by {by}</>})</span>;
}

/** "nothing of checkout.started from 12:04, nothing at all from 12:07, until 12:09". `name`: the new one. */
export function GapWords({ gaps, name }: { readonly gaps: readonly Gap[]; readonly name: ReactNode }) {
  return gaps.map(({ from, until, wholeFrom }, at) => (
    <Fragment key={from}>{at > 0 && ', and '}{wholeFrom === from ? 'nothing' : <>nothing of {name}</>} from <Time at={from} />{wholeFrom !== undefined && wholeFrom !== from && <>, nothing at all from <Time at={wholeFrom} />,</>} until <Time at={until} /></Fragment>
  ));
}
