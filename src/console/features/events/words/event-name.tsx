// What a person calls an event: its name, its source line from its end, or its template with the variables marked.
import type { EventRow } from '../../../../model/index.ts';
import { shortenPath } from '../../../ui/index.ts';
import { templateParts } from './template-parts.ts';

export interface EventNameProps { readonly event: Pick<EventRow, 'label' | 'source'>; /** Signs of a path that are shown; all when left out. */ readonly short?: number }

export function EventName({ event: { label, source }, short }: EventNameProps) {
  if (source === 'template') return <span className="mono ev-template">{templateParts(label).map((part, i) => (part.variable ? <span key={i} className="ev-var" title="A value: it differs from record to record">{part.text}</span> : <span key={i}>{part.text}</span>))}</span>;
  if (source === 'none' || source === 'folded') return <span className="t3">{label}</span>;
  return <span className="mono">{short === undefined ? label : shortenPath(label, short)}</span>;
}
