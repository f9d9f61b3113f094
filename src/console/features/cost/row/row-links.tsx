// From a row to its records, its page in the catalogue, and its place in the code.
import { Link } from '@tanstack/react-router';
import type { CostBy, CostRow, EventDetail } from '../../../../model/index.ts';
import { eventOf } from '../../../api/index.ts';
import { probeLink } from '../../../state/index.ts';
import { copyText, Icon, IconButton, shortenPath } from '../../../ui/index.ts';
import { tailOf } from './where-to.ts';

export function RowLinks({ row, by, facts }: { readonly row: CostRow; readonly by: CostBy; readonly facts: EventDetail | undefined }) {
  const tail = tailOf(row, by);
  const event = eventOf(row);
  const line = facts?.sourceLine ?? null;
  return (
    <div className="cost-links">
      {tail !== null && <Link className="btn s" to="/tail" search={tail}><Icon name="tail" size="s" />Tail</Link>}
      {event !== null && <Link className="btn s" to="/events" search={{ id: event.id, eventSignal: event.signal, eventService: event.service }}><Icon name="box" size="s" />Event</Link>}
      {event === null && row.service !== null && by !== 'field' && <Link className="btn s" to="/cost" search={{ service: row.service }}>Its events</Link>}
      {line !== null && <SourceLine line={line} service={row.service ?? ''} />}
    </div>
  );
}

/** `file:line`, as the code attributes say. */
function SourceLine({ line, service }: { readonly line: string; readonly service: string }) {
  const [, file = line, number = '0'] = /^(.*):(\d+)$/.exec(line) ?? [];
  const probe = probeLink(file, Number(number), { service });
  return (
    <span className="row gap1 cost-line"><span className="mono ell" title={line}>{shortenPath(line, 34)}</span><IconButton icon="copy" label="Copy the source line" variant="ghost" size="s" onClick={() => void copyText(line, 'Source line')} />
      {probe !== null && <Link className="btn s ghost" to={probe as string}>Add a probe</Link>}
    </span>
  );
}
