// What the event is called, and the ways on from it: its records, its source line, its cost, and rules that start from it.
import { useNavigate } from '@tanstack/react-router';
import type { EventDetail } from '../../../../model/index.ts';
import { probeLink } from '../../../state/index.ts';
import { Button, Chip, copyText, Icon, IconButton, Menu, plural, shortenPath, type MenuEntry } from '../../../ui/index.ts';
import { EventName } from '../words/event-name.tsx';
import { placeOf, recordWords, sourceHelp, sourceWords, tailFilter } from '../words/event-words.ts';
import { ruleStarts } from '../words/links.ts';

export function DetailHead({ event, onClose }: { readonly event: EventDetail; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const filter = tailFilter(event);
  const starts = useEntries(event);
  return (
    <header className="ev-title">
      <div className="row">
        <h2 className="grow ev-name" title={event.label}><EventName event={event} /></h2>
        <IconButton icon="copy" label="Copy the durable id" size="s" variant="ghost" onClick={() => void copyText(event.durableId, 'Durable id')} />
        <IconButton icon="x" label="Close the event" kbd="Esc" size="s" variant="ghost" onClick={onClose} />
      </div>
      <div className="row wrapline ev-chips">
        <Chip tone="line" title={sourceHelp[event.source]}>{sourceWords[event.source]}</Chip>
        <span className="meta t3 nw">{event.signal}{event.service !== '' && <> of <span className="t1">{event.service}</span></>}{event.agents.length > 0 && <span title={event.agents.join(', ')}> on {event.agents.length <= 2 ? event.agents.join(', ') : plural(event.agents.length, 'agent')}</span>}</span>
        {event.source === 'template' && <span className="mono meta t3">{event.durableId}</span>}
        {event.scope !== null && <span className="meta t3 ell">scope <span className="mono t2">{event.scope}</span></span>}
        {event.renamedTo !== null && <span className="meta acc row gap1 nw"><Icon name="edit" size="xs" />is called <span className="mono">{event.renamedTo}</span> now</span>}
      </div>
      <SourceLine event={event} />
      <div className="row wrapline ev-ways">
        {filter !== null && <Button size="s" icon="tail" onClick={() => void navigate({ to: '/tail', search: { q: filter, signals: [event.signal] } })}>Show its {recordWords[event.signal]}</Button>}
        {filter !== null && <Button size="s" icon="cost" onClick={() => void navigate({ to: '/cost', search: { find: event.label, ...(event.service !== '' && { service: event.service }) } })}>Cost</Button>}
        {filter !== null && <Menu entries={starts} label="Rules that start from it"><Button size="s" icon="rules" iconAfter="chev">New rule</Button></Menu>}
      </div>
    </header>
  );
}

function useEntries(event: EventDetail): readonly MenuEntry[] {
  const navigate = useNavigate();
  return ruleStarts(event).map(({ label, icon, name, kql }) => ({ label, icon, onSelect: () => void navigate({ to: '/rules/new', search: { kql, name } }) }));
}

/** Where its records are written, and a probe beside it. */
function SourceLine({ event: { sourceLine, service } }: { readonly event: EventDetail }) {
  if (sourceLine === null) return null;
  const { file, line } = placeOf(sourceLine);
  const probe = probeLink(file, line, { service });
  return (
    <div className="row gap1 ev-source">
      <Icon name="code" size="s" /><span className="mono ell grow" title={sourceLine}>{shortenPath(file, 60)}{line > 0 && `:${line}`}</span>
      <IconButton icon="copy" label="Copy the source line" size="s" variant="ghost" onClick={() => void copyText(sourceLine, 'Source line')} />
      {probe !== null && <a className="btn s" href={probe}><Icon name="probe" size="s" />Add a probe here</a>}
    </div>
  );
}
