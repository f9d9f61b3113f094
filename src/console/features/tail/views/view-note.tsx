// "CheckoutStarted is called checkout.started since 12:04": which renames the view on show follows.
import type { SavedView } from '../../../../model/index.ts';
import { Icon, Time } from '../../../ui/index.ts';

export function ViewNote({ view }: { readonly view: SavedView | undefined }) {
  if (view === undefined || view.follows.length === 0) return null;
  return <div className="tail-follows" role="status">{view.follows.map(({ name, now, since }) => <span key={name} className="row gap1"><Icon name="check" size="s" className="acc" />{now[0] === name ? <span className="ell"><b className="mono md">{name}</b> was called <span className="mono">{now.slice(1).join(', ')}</span> until <Time at={since} />. This view finds both.</span> : <span className="ell"><b className="mono md">{name}</b> is called <b className="mono md">{now[0]}</b> since <Time at={since} />. This view goes on: it finds both.</span>}</span>)}</div>;
}
