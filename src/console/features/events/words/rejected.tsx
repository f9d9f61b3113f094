// What somebody said is no rename: who and why, and the way back.
import type { Alias } from '../../../../model/index.ts';
import { baseOfAlias, useDecideAlias } from '../../../api/index.ts';
import { Button, PaneHeader, plural, Time } from '../../../ui/index.ts';
import { tellFailure } from './tell-failure.ts';

const mostShown = 20;

export function Rejected({ aliases }: { readonly aliases: readonly Alias[] }) {
  const decide = useDecideAlias();
  const rejected = aliases.filter(({ state }) => state === 'rejected').toSorted((a, b) => (whenOf(a) < whenOf(b) ? 1 : -1));
  if (rejected.length === 0) return null;
  return (
    <section aria-label="Not renames">
      <PaneHeader title="Not renames" meta={rejected.length > mostShown ? `the newest ${mostShown} of ${plural(rejected.length, 'name')}` : 'as somebody said'} />
      <ul className="ev-alias">{rejected.slice(0, mostShown).map(one => (
        <li key={one.id} className="decided">
          <div className="grow"><span className="t3">{one.kind} </span><span className="mono">{one.former}</span><span className="t3"> is not </span><span className="mono">{one.current}</span>{one.service !== null && <span className="t3"> of {one.service}</span>}<p className="meta t2">{one.decided === undefined ? <>proposed <Time at={one.at} show="full" />, and rejected</> : <>said by {one.decided.by} <Time at={one.decided.at} show="full" />{one.decided.reason !== '' && <>: {one.decided.reason}</>}</>}</p></div>
          {/* What a person said was never proposed: it holds again. */}
          <Button size="s" variant="ghost" icon="undo" aria-label={`Undo that ${one.former} is not ${one.current}`} onClick={() => decide.mutate({ id: one.id, state: one.by === 'weir' ? 'proposed' : 'active', base: baseOfAlias(one) }, { onError: tellFailure })}>Undo</Button>
        </li>
      ))}</ul>
    </section>
  );
}

const whenOf = ({ at, decided }: Alias): string => decided?.at ?? at;
