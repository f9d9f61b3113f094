// "What breaks if I rename this": everybody who names the event or a field of it, and what makes them go on by themselves.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AliasPreview, EventDetail, FollowOffer } from '../../../../../model/index.ts';
import { useFollowName, useMetrics, useRenamePreview } from '../../../../api/index.ts';
import { toast } from '../../../../state/index.ts';
import { Button, PaneHeader, plural, Select, SkeletonRows } from '../../../../ui/index.ts';
import { UnseenWords } from '../../metrics/unseen-words.tsx';
import { LoadFailure } from '../../words/load-failure.tsx';
import { tellFailure } from '../../words/tell-failure.ts';
import { UserTable } from '../user-table.tsx';

const ofEvent = '*';
const mostFields = 200;

export function RenameCheck({ event }: { readonly event: EventDetail }) {
  const [field, setField] = useState(ofEvent);
  const wish = field === ofEvent ? { name: event.durableId, kind: 'event', ...(event.service !== '' && { service: event.service }) } as const : { name: field, kind: 'field' } as const;
  const { data, error, refetch } = useRenamePreview(wish);
  const fields = event.fieldRows.filter(({ place, key }) => place === 'attribute' && key !== '').slice(0, mostFields);
  return (
    <section aria-label="What breaks if I rename this">
      <PaneHeader title="What breaks if I rename this"><Select size="s" label="What is renamed" value={field} onChange={setField} options={[{ value: ofEvent, label: 'the event' }, ...fields.map(({ key }) => ({ value: key, label: <span className="mono">{key}</span> }))]} /></PaneHeader>
      {data === undefined ? error === null ? <SkeletonRows rows={3} /> : <LoadFailure error={error} onRetry={() => void refetch()} /> : <Answer preview={data} />}
    </section>
  );
}

function Answer({ preview }: { readonly preview: AliasPreview }) {
  const { users, breaks, follows, offers, toDeploy } = preview;
  const broken = (useMetrics().data ?? []).filter(({ unseen, ruleId }) => unseen !== undefined && users.some(({ kind, id }) => kind === 'rule' && id === ruleId));
  return (
    <>
      {broken.map(({ name, unseen }) => <div key={name} className="ev-verdict"><b className="md amb">The metric <span className="mono">{name}</span> is broken already:</b> <UnseenWords unseen={unseen} /></div>)}
      <p className="ev-verdict">{users.length === 0 ? <>Nothing: nobody names <span className="mono">{preview.name}</span>.</> : breaks === 0 ? <><b className="md acc">{broken.length === 0 ? 'Nothing.' : 'Nothing more.'}</b> {plural(follows, 'user follows', 'users follow')} a rename by {follows === 1 ? 'itself' : 'themselves'}.</> : <><b className="md amb">{plural(breaks, 'user breaks', 'users break')}</b>{follows > 0 && <>, {plural(follows, 'follows', 'follow')}</>}. {offers.length > 0 ? 'They can be made to follow without changing what they do today.' : toDeploy.length < breaks && 'They name it in a way that cannot be rewritten by itself: open them.'}</>}</p>
      {toDeploy.length > 0 && <p className="ev-verdict">A newer version follows and waits to be deployed: {toDeploy.map(({ id, name, version }, i) => <span key={id}>{i > 0 && ', '}<Link to="/rules/$ruleId" params={{ ruleId: id }} className="mono">{name}</Link> <span className="t3">v{version}</span></span>)}.</p>}
      {offers.length > 0 && <Offers kind={preview.kind} name={preview.name} offers={offers} />}
      {users.length > 0 && <UserTable label="Who names it" users={users} />}
    </>
  );
}

function Offers({ kind, name, offers }: { readonly kind: AliasPreview['kind']; readonly name: string; readonly offers: readonly FollowOffer[] }) {
  const follow = useFollowName();
  const make = (chosen: readonly FollowOffer[]) => follow.mutate({ kind, name, ruleIds: idsOf(chosen, 'rule'), viewIds: idsOf(chosen, 'view'), recorderNames: idsOf(chosen, 'recorder') }, {
    onError: tellFailure,
    onSuccess: ({ results }) => {
      const failed = results.filter(({ problem }) => problem !== null);
      if (failed.length > 0) toast({ kind: 'error', title: `${plural(failed.length, 'user')} could not be changed`, detail: failed.map(({ problem }) => problem).join(' ') });
      const [done, rules] = [results.length - failed.length, results.some(({ version }) => version !== null)];
      if (done > 0) toast({ title: `${plural(done, 'user follows', 'users follow')} renames now`, detail: rules ? 'A rule that runs goes on with its old version until you deploy the new one.' : undefined });
    },
  });
  return (
    <ul className="ev-offers" aria-label="What makes them follow">
      {offers.map(offer => (
        <li key={`${offer.kind} ${offer.id}`}>
          <div className="row"><span className="t3">{offer.kind}</span><b className="mono md ell">{offer.name}</b><Button className="end" size="s" icon="check" onClick={() => make([offer])}>Make it follow</Button></div>
          <pre className="ev-diff"><del><span className="vh">now: </span>{changedLines(offer.before, offer.after)}</del><ins><span className="vh">then: </span>{changedLines(offer.after, offer.before)}</ins></pre>
        </li>
      ))}
      {offers.length > 1 && <li><Button size="s" variant="primary" onClick={() => make(offers)}>Make all {offers.length} follow</Button></li>}
    </ul>
  );
}

const idsOf = (offers: readonly FollowOffer[], kind: FollowOffer['kind']): string[] => offers.filter(offer => offer.kind === kind).map(({ id }) => id);

/** The lines of one text that the other has not: names change within lines, never how many there are. */
function changedLines(text: string, other: string): string {
  const kept = new Set(other.split('\n'));
  return text.split('\n').filter(line => !kept.has(line)).join('\n');
}
