// What changed about this event, the newest first, on a line of time; from each change to its records, and to a rule that begins with it.
import { Link } from '@tanstack/react-router';
import type { Drift, EventDetail } from '../../../../model/index.ts';
import { Chip, EmptyState, Icon, Time } from '../../../ui/index.ts';
import { Closed, driftIcons, driftTones, driftWord, driftWords, WasNow } from '../words/drift-words.tsx';
import { recordWords } from '../words/event-words.ts';
import { driftRecords, driftRule } from '../words/links.ts';

export function DriftPane({ event }: { readonly event: EventDetail }) {
  if (event.drift.length === 0) return <EmptyState title="Nothing changed since it was first seen">A field that comes, goes or changes its type, a jump in how many values it has, a step in the rate and a rename show here within seconds, with the version that brought them.</EmptyState>;
  return (
    <div className="grow scroll">
      <ol className="ev-timeline" aria-label="Changes, the newest first">
        {event.drift.map(one => (
          <li key={one.id} className={one.closed === undefined ? undefined : 'closed'}>
            <span className="meta t2 nw" title="When it was noticed"><Time at={one.at} show="both" /></span>
            <Chip tone={one.closed === undefined ? driftTones[one.kind] : 'line'} icon={driftIcons[one.kind]}>{driftWord(one)}</Chip>
            <div className="ev-change">{one.field !== undefined && <b className="mono md">{one.field} </b>}<WasNow drift={one} />{one.version !== undefined && <span className="t3 nw"> with <span className="mono">{one.version}</span></span>}{one.since !== undefined && <span className="t3 nw"> since <Time at={one.since} /></span>}<Closed drift={one} /></div>
            <Ways event={event} drift={one} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The tail shows what comes: its records as they are now, with the field in sight. */
function Ways({ event, drift }: { readonly event: EventDetail; readonly drift: Drift }) {
  const [records, rule] = [driftRecords(event, drift), driftRule(event, drift)];
  const of = `${driftWords[drift.kind]}${drift.field === undefined ? '' : ` of ${drift.field}`}`;
  return (
    <span className="row gap1 ev-goto">
      {records !== null && <Link to="/tail" search={records} className="btn s ghost" aria-label={`Show its ${recordWords[event.signal]}: ${of}`} title={`Its ${recordWords[event.signal]} in the tail`}><Icon name="tail" size="s" /></Link>}
      {rule !== null && <Link to="/rules/new" search={{ kql: rule.kql, name: rule.name }} className="btn s ghost" aria-label={`${rule.label} ${of}`} title={`New rule: ${rule.label}`}><Icon name="rules" size="s" /></Link>}
    </span>
  );
}
