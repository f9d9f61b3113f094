// What the event was called and is called: what is proposed, former names and why, a new alias, and what a rename would break.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Alias, EventDetail } from '../../../../../model/index.ts';
import { useDecideAlias } from '../../../../api/index.ts';
import { toast } from '../../../../state/index.ts';
import { Button, Chip, GapWords, PaneHeader, Time } from '../../../../ui/index.ts';
import { Proposals } from '../../words/proposals.tsx';
import { Rejected } from '../../words/rejected.tsx';
import { tellFailure } from '../../words/tell-failure.ts';
import { NewAliasForm } from './new-alias-form.tsx';
import { RenameCheck } from './rename-check.tsx';

/** `aliases`: all of this event and of its fields; `fields`: those of its fields that are in force. */
export interface NamesPaneProps { readonly event: EventDetail; readonly aliases: readonly Alias[]; readonly fields: readonly Alias[] }

export function NamesPane({ event, aliases, fields }: NamesPaneProps) {
  const isOpen = aliases.some(({ state }) => state === 'proposed');
  const former = event.formerNames.map((one): Said => ({ ...one, words: <><span className="t3">was called </span><b className="mono md">{one.name}</b></> }));
  const ofFields = fields.map(({ id, former: name, current, at, by, reason, firstSeen, decided, missed }): Said => ({ aliasId: id, name, since: decided?.at ?? at, by, reason, firstSeen, decided, missed, words: <><span className="t3">its field </span><b className="mono md">{name}</b><span className="t3"> is called </span><b className="mono md">{current}</b></> }));
  return (
    <div className="grow scroll ev-names">
      <Proposals aliases={aliases} />
      <section aria-label="Former names">
        <PaneHeader title="Names" meta={former.length + ofFields.length === 0 && event.renamedTo === null ? isOpen ? 'perhaps it was called otherwise: see what is proposed' : 'it was never called otherwise, as far as is known' : undefined} />
        {event.renamedTo !== null && <p className="ev-verdict">It is called <Link to="/events" search={{ id: event.renamedTo, eventService: event.service, eventSignal: event.signal, pane: 'names' }} className="mono">{event.renamedTo}</Link> now; why, and who said so, stands there, where it can be taken back.</p>}
        {former.length + ofFields.length > 0 && <ul className="ev-alias">{[...former, ...ofFields].map(one => <Former key={one.aliasId} said={one} />)}</ul>}
        <NewAliasForm event={event} />
      </section>
      <Rejected aliases={aliases} />
      {event.renamedTo === null && <RenameCheck event={event} />}
    </div>
  );
}

type Said = EventDetail['formerNames'][number] & { readonly words: ReactNode };

function Former({ said: { name, since, by, reason, aliasId, words, firstSeen, decided, missed } }: { readonly said: Said }) {
  const decide = useDecideAlias();
  const back = useDecideAlias();
  const takeBack = () => decide.mutate({ id: aliasId, state: 'proposed' }, { onError: tellFailure, onSuccess: () => { toast({ title: `${name} is a name of its own again`, detail: `${by === 'weir' ? 'The rename is proposed again. ' : ''}What says event("${name}") or field("${name}") looks for that name only.`, action: { label: 'Undo', run: () => back.mutate({ id: aliasId, state: 'active' }, { onError: tellFailure }) } }); } });
  return (
    <li>
      <div className="grow">{words}
        <p className="meta t2">{firstSeen !== undefined && <>first seen <Time at={firstSeen} show="full" />, </>}found by {by === 'weir' ? <Chip tone="line">weir, by evidence</Chip> : <span className="t1">{by}</span>}{reason !== '' && <>: {reason}</>}</p>
        <p className="meta t2">{decided === undefined ? <>in force since <Time at={since} show="full" /></> : <>accepted by <span className="t1">{decided.by}</span> <Time at={decided.at} show="full" />{decided.reason !== '' && <>: {decided.reason}</>}</>}{missed !== undefined && <span className="amb">; before, what says <span className="mono">("{name}")</span> counted <GapWords gaps={missed} name="the new name" /></span>}</p></div>
      <Button size="s" variant="ghost" icon="undo" aria-label={`Take back ${name}`} onClick={takeBack}>Take back</Button>
    </li>
  );
}
