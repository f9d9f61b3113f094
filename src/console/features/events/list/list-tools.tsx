// Narrows the list: words, service, signal, what names it, and what is the matter with it; and says how many there are.
import { useRef } from 'react';
import { eventSources } from '../../../../model/index.ts';
import type { EventSource, Signal } from '../../../../model/index.ts';
import type { EventsSearch } from '../../../state/index.ts';
import { Chip, formatCount, Input, Segmented, Select, useSlash } from '../../../ui/index.ts';
import type { Seen } from '../events-tab.tsx';
import type { SetSearch } from '../events-view.tsx';
import { sourceHelp, sourceWords } from '../words/event-words.ts';

export interface ListToolsProps { readonly search: EventsSearch; readonly set: SetSearch; readonly seen: Seen; /** From the words to what was found. */ readonly onDown: () => void }
type Only = NonNullable<EventsSearch['only']>;
const all = '*';
const only: readonly { readonly value: Only; readonly label: string; readonly title: string }[] = [
  { value: 'all', label: 'All', title: 'Every durable id' }, { value: 'drift', label: 'Changed', title: 'Those whose fields, rate or name changed' }, { value: 'lint', label: 'Lint', title: 'Those with a finding against OpenTelemetry’s semantic conventions' },
  { value: 'unused', label: 'Unused', title: 'No rule, net, view, metric, theme or recorder names them' }, { value: 'renamed', label: 'Renamed', title: 'Those with a former or a newer name' },
];

export function ListTools({ search, set, seen, onDown }: ListToolsProps) {
  const { refused, leftOut } = seen;
  const unreadable = refused.reports + refused.events + refused.templateMessages;
  const field = useRef<HTMLInputElement>(null);
  useSlash(() => field.current?.focus());
  const choose = (patch: Partial<EventsSearch>) => set(patch, { replace: true });
  const services = [...new Set([...seen.services, ...(search.service === undefined ? [] : [search.service])])];
  return (
    <div className="ev-tools">
      <Input ref={field} small type="search" className="ev-find" placeholder="Name, template, line, service" aria-label="Find an event" aria-keyshortcuts="/" value={search.find ?? ''} onChange={event => choose({ find: event.target.value === '' ? undefined : event.target.value })}
        onKeyDown={event => { if (event.key === 'ArrowDown' || (event.key === 'Escape' && (search.find ?? '') === '')) { event.preventDefault(); onDown(); } }} />
      <Segmented<Only> label="Only" value={search.only ?? 'all'} options={only} onChange={value => choose({ only: value === 'all' ? undefined : value })} />
      <Select size="s" label="Service" value={search.service ?? all} options={[{ value: all, label: 'all services' }, ...services.map(value => ({ value, label: value === '' ? '(no service)' : value }))]} onChange={value => choose({ service: value === all ? undefined : value })} />
      <Select<Signal | '*'> size="s" label="Signal" value={search.signal ?? all} options={[{ value: all, label: 'all signals' }, { value: 'logs', label: 'logs' }, { value: 'spans', label: 'spans' }, { value: 'metrics', label: 'metrics' }]} onChange={value => choose({ signal: value === all ? undefined : value })} />
      <Select<EventSource | '*'> size="s" label="What names it" value={search.source ?? all} options={[{ value: all, label: 'any source' }, ...eventSources.map(value => ({ value, label: <span title={sourceHelp[value]}>{sourceWords[value]}</span> }))]} onChange={value => choose({ source: value === all ? undefined : value })} />
      <span className="end meta t3 nw">{seen.total === null ? '' : `${formatCount(seen.total)} ${seen.total === 1 ? 'event' : 'events'}`}</span>
      {seen.folded > 0 && <Chip tone="sampled" title={`${formatCount(seen.foldedRecords)} of their records are counted together. The catalogue keeps the most frequent ids; beyond its bound the rarest are folded.`}>{formatCount(seen.folded)} ids folded</Chip>}
      {unreadable > 0 && <Chip tone="attn" title={`${formatCount(refused.reports)} reports of agents, ${formatCount(refused.events)} single events and ${formatCount(refused.templateMessages)} messages with templates could not be read since the server started, and are not in this list. An agent of another version, or a broken one, sends such: see Agents.`}>{formatCount(unreadable)} unreadable</Chip>}
      {leftOut.withoutRoom + leftOut.outdated > 0 && <Chip tone="attn" title={`Templates that the fleet’s book is without: no room for ${formatCount(leftOut.withoutRoom)}, so agents do not hear of them from one another; and ${formatCount(leftOut.outdated)} were made by the rules of another version, so their lines are learnt anew, under other ids.`}>{formatCount(leftOut.withoutRoom + leftOut.outdated)} templates left out</Chip>}
    </div>
  );
}
