// Over what a filter finds: names in it that are called otherwise now, perhaps or for sure, or that nothing sends any more.
import { Link } from '@tanstack/react-router';
import { useAliases, useDriftFeed } from '../api/index.ts';
import { Icon, Time } from '../ui/index.ts';
import { leftBehind, type Left } from './left-behind.ts';

const mostRead = 500;

export function FilterNote({ filter }: { readonly filter: string }) {
  const left = leftBehind(filter, useAliases().data ?? [], useDriftFeed(mostRead).data ?? []);
  if (left.length === 0) return null;
  return <div className="tail-follows" role="status" aria-label="Names that are called otherwise now">{left.map(one => <span key={one.key} className="row gap1"><Icon name="warn" size="s" className="amb" /><span><Words left={one} /></span></span>)}</div>;
}

function Words({ left: { kind, name, current, of, since, call, isExact } }: { readonly left: Left }) {
  const changes = { tab: 'drift' } as const;
  switch (kind) {
    case 'proposed': return <><b className="mono md">{name}</b> is perhaps called <b className="mono md">{current}</b> since <Time at={since} />: this filter finds nothing of that name until somebody <Link to="/events" search={changes}>accepts it</Link>{isExact && <>, and the filter says <span className="mono">{call}</span></>}.</>;
    case 'exact': return <><b className="mono md">{name}</b> is called <b className="mono md">{current}</b> since <Time at={since} />: this filter names it as it was. <span className="mono">{call}</span> finds both names.</>;
    case 'silent': return <><b className="mono md">{name}</b> fell silent, last seen <Time at={since} />. <Link to="/events" search={changes}>What changed</Link></>;
    case 'missing': return <><b className="mono md">{name}</b> is missing from <span className="mono">{of}</span> since <Time at={since} />. <Link to="/events" search={changes}>What changed</Link></>;
  }
}
