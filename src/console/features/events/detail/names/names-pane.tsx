// What the event was called and is called: what is proposed, former names and why, a new alias, and what a rename would break.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Alias, EventDetail } from '../../../../../model/index.ts';
import { useDecideAlias } from '../../../../api/index.ts';
import { toast } from '../../../../state/index.ts';
import { Button, Chip, PaneHeader, Time } from '../../../../ui/index.ts';
import { Proposals } from '../../words/proposals.tsx';
import { tellFailure } from '../../words/tell-failure.ts';
import { NewAliasForm } from './new-alias-form.tsx';
import { RenameCheck } from './rename-check.tsx';

export interface NamesPaneProps { readonly event: EventDetail; readonly proposals: readonly Alias[]; readonly fields: readonly Alias[] }

export function NamesPane({ event, proposals, fields }: NamesPaneProps) {
  const former = event.formerNames.map((one): Said => ({ ...one, words: <><span className="t3">was called </span><b className="mono md">{one.name}</b></> }));
  const ofFields = fields.map(({ id, former: name, current, at, by, reason }): Said => ({ aliasId: id, name, since: at, by, reason, words: <><span className="t3">its field </span><b className="mono md">{name}</b><span className="t3"> is called </span><b className="mono md">{current}</b></> }));
  return (
    <div className="grow scroll ev-names">
      {proposals.length > 0 && <Proposals proposals={proposals} />}
      <section aria-label="Former names">
        <PaneHeader title="Names" meta={former.length + ofFields.length === 0 && event.renamedTo === null ? 'it was never called otherwise, as far as is known' : undefined} />
        {event.renamedTo !== null && <p className="ev-verdict">It is called <Link to="/events" search={{ id: event.renamedTo, eventService: event.service, eventSignal: event.signal, pane: 'names' }} className="mono">{event.renamedTo}</Link> now; why, and who said so, stands there, where it can be taken back.</p>}
        {former.length + ofFields.length > 0 && <ul className="ev-alias">{[...former, ...ofFields].map(one => <Former key={one.aliasId} said={one} />)}</ul>}
        <NewAliasForm event={event} />
      </section>
      {event.renamedTo === null && <RenameCheck event={event} />}
    </div>
  );
}

type Said = EventDetail['formerNames'][number] & { readonly words: ReactNode };

function Former({ said: { name, since, by, reason, aliasId, words } }: { readonly said: Said }) {
  const decide = useDecideAlias();
  const back = useDecideAlias();
  const takeBack = () => decide.mutate({ id: aliasId, state: 'rejected' }, { onError: tellFailure, onSuccess: () => { toast({ title: `${name} is a name of its own again`, detail: `What says event("${name}") or field("${name}") looks for that name only.`, action: { label: 'Undo', run: () => back.mutate({ id: aliasId, state: 'active' }, { onError: tellFailure }) } }); } });
  return (
    <li>
      <div className="grow">{words}<p className="meta t2">renamed <Time at={since} show="full" />, said by {by === 'weir' ? <Chip tone="line">weir, by evidence</Chip> : <span className="t1">{by}</span>}{reason !== '' && <>: {reason}</>}</p></div>
      <Button size="s" variant="ghost" icon="undo" aria-label={`Take back ${name}`} onClick={takeBack}>Take back</Button>
    </li>
  );
}
