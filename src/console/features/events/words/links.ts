// Where one goes from an event: who uses it, its cost, its source line. Rules start from it as text; nothing is deployed from here.
import { kqlString } from '../../../../kql/index.ts';
import type { Drift, EventRow, EventUser } from '../../../../model/index.ts';
import { followingFilter, tailFilter } from './event-words.ts';

const tables = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' } as const;
type Named = Pick<EventRow, 'signal' | 'service' | 'durableId' | 'source' | 'label'>;

/** Lower-case letters, digits and dashes, at most 48: fits the name of a rule. */
export function slugOf(label: string): string {
  const dashed = label.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return dashed.slice(-48).replace(/^-+/, '') || 'records';
}

export interface RuleStart { readonly label: string; readonly icon: 'drop' | 'sample' | 'metric' | 'recorder' | 'redact'; readonly name: string; readonly kql: string }

/** Rules about this event that go on after a rename. */
export function ruleStarts(event: Named): readonly RuleStart[] {
  const slug = slugOf(event.label);
  const where = [`where ${followingFilter(event)}`, ...(event.service === '' ? [] : [`where ServiceName == ${kqlString(event.service)}`])];
  const rule = (...steps: string[]) => [tables[event.signal], ...where, ...steps].join('\n| ');
  return [
    { label: 'Drop…', icon: 'drop', name: `drop-${slug}`, kql: rule('invoke drop()') },
    { label: 'Sample 1 in 10…', icon: 'sample', name: `sample-${slug}`, kql: rule('invoke sample(0.1)') },
    { label: 'Redact…', icon: 'redact', name: `redact-${slug}`, kql: rule('invoke redact("*", "mask")') },
    { label: 'To metric…', icon: 'metric', name: `${slug}-to-metric`.slice(-60), kql: rule('summarize Count = count() by ServiceName, bin(Timestamp, 10s)', `invoke to_metric("app.${slug.replaceAll('-', '_')}")`) },
    { label: 'Record in a flight recorder…', icon: 'recorder', name: `record-${slug}`, kql: rule(`invoke record("${slug}", tee=true)`) },
  ];
}

/** The records that a change is about, in the tail, with the field that changed as a column. */
export function driftRecords(event: Named, { field }: Pick<Drift, 'field'>) {
  const filter = tailFilter(event);
  if (filter === null) return null;
  const columns = field === undefined || /^(?:body|resource|scope)(?:\.|$)/.test(field) ? undefined : [field];
  return { q: filter, signals: [event.signal], ...(columns !== undefined && { columns }) };
}

/** A rule against what the change may cost: fewer records after a step, a field out of sight that is new or has too many values; null where none helps. */
export function driftRule(event: Named, { kind }: Pick<Drift, 'kind'>): RuleStart | null {
  const wanted = { 'rate-step': 'Sample 1 in 10…', 'new-event': 'Sample 1 in 10…', 'new-field': 'Redact…', cardinality: 'Redact…' } as const;
  return kind in wanted ? ruleStarts(event).find(({ label }) => label === wanted[kind as keyof typeof wanted]) ?? null : null;
}

/** The page of a user of an event, as path and search. */
export function userLink({ kind, id, name }: Pick<EventUser, 'kind' | 'id' | 'name'>) {
  switch (kind) {
    case 'rule': case 'net': return { to: '/rules/$ruleId', params: { ruleId: id } } as const;
    case 'view': return { to: '/tail', search: { view: id } } as const;
    case 'metric': return { to: '/events', search: { tab: 'metrics', find: name } } as const;
    case 'theme': return { to: '/events', search: { tab: 'themes', theme: id } } as const;
    case 'recorder': return { to: '/recorders', search: { recorder: name } } as const;
  }
}
