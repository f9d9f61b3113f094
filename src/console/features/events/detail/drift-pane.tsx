// What changed about this event, the newest first, on a line of time.
import type { EventDetail } from '../../../../model/index.ts';
import { Chip, EmptyState, Time } from '../../../ui/index.ts';
import { driftIcons, driftTones, driftWords, WasNow } from '../words/drift-words.tsx';

export function DriftPane({ event }: { readonly event: EventDetail }) {
  if (event.drift.length === 0) return <EmptyState title="Nothing changed since it was first seen">A field that comes, goes or changes its type, a jump in how many values it has, a step in the rate and a rename show here within seconds, with the version that brought them.</EmptyState>;
  return (
    <div className="grow scroll">
      <ol className="ev-timeline" aria-label="Changes, the newest first">
        {event.drift.map(one => (
          <li key={one.id}>
            <span className="meta t2 nw"><Time at={one.at} show="both" /></span>
            <Chip tone={driftTones[one.kind]} icon={driftIcons[one.kind]}>{driftWords[one.kind]}</Chip>
            <div className="ev-change">{one.field !== undefined && <b className="mono md">{one.field} </b>}<WasNow drift={one} />{one.version !== undefined && <span className="t3 nw"> with <span className="mono">{one.version}</span></span>}</div>
          </li>
        ))}
      </ol>
    </div>
  );
}
