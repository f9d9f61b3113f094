// What of the list is shown: by text, kind, service and agent.
import { Button, Icon, Input, Select } from '../../../ui/index.ts';
import { isFiltered, noFilter, type ListChoices, type ListFilter } from './list-filter.ts';

export interface ListFilterBarProps { readonly filter: ListFilter; readonly choices: ListChoices; readonly onChange: (patch: Partial<ListFilter>) => void }

/** No name of a service or an agent begins with a space. */
const all = ' all';
const chosen = (value: string) => (value === all ? undefined : value);

export function ListFilterBar({ filter, choices: { services, agents }, onChange }: ListFilterBarProps) {
  return (
    <div className="bar prof-filters" role="search" aria-label="Filter the profiles">
      <span className="prof-search"><Icon name="search" size="s" className="t3" /><Input small aria-label="Find profiles" placeholder="Name, process, summary" value={filter.q ?? ''} onChange={({ target }) => onChange({ q: target.value === '' ? undefined : target.value })} /></span>
      <Select size="s" label="Kind" value={filter.kind ?? all} onChange={value => onChange({ kind: value === 'cpu-profile' || value === 'heap-profile' ? value : undefined })} options={[{ value: all, label: 'CPU and heap' }, { value: 'cpu-profile', label: 'CPU profiles' }, { value: 'heap-profile', label: 'Heap profiles' }]} />
      <Select size="s" label="Service" value={filter.service ?? all} onChange={value => onChange({ service: chosen(value) })} options={[{ value: all, label: 'Every service' }, ...services.map(value => ({ value, label: value }))]} />
      <Select size="s" label="Agent" value={filter.agent ?? all} onChange={value => onChange({ agent: chosen(value) })} options={[{ value: all, label: 'Every agent' }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]} />
      {isFiltered(filter) && <Button size="s" variant="ghost" icon="x" onClick={() => onChange(noFilter)}>Show all</Button>}
    </div>
  );
}
