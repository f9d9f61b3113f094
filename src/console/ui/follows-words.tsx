// "CheckoutStarted is called checkout.started since 12:04": renames that something follows.
import type { FollowedName } from '../../model/index.ts';
import { Icon } from './icon.tsx';
import { Time } from './time.tsx';

/** The newest name comes first in what it means; the last name said may be that one itself. */
export function FollowsWords({ follows }: { readonly follows: readonly FollowedName[] }) {
  if (follows.length === 0) return null;
  return <span className="col acc">{follows.map(({ name, now, since }) => <span key={name} className="row gap1"><Icon name="check" size="xs" /><span className="ell">{now[0] === name ? <><span className="mono">{name}</span> also finds its former {now.length === 2 ? 'name' : 'names'} <span className="mono">{now.slice(1).join(', ')}</span></> : <><span className="mono">{name}</span> is called <span className="mono">{now[0]}</span> since <Time at={since} />; it goes on with both</>}</span></span>)}</span>;
}
