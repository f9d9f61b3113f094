// Whether rules that were deployed since hide something of an event's fields: a key, or a value that is kept as an example. A field that is
// not kept has no example, so a few values are judged for each.
import type { SeenField } from './field-table.ts';
import type { ObservedEvent } from './observed-event.ts';

export function hidesTold(event: ObservedEvent, cleanKey: (key: string, event: ObservedEvent) => string, isHidden: (event: ObservedEvent, field: SeenField, value: string) => boolean): boolean {
  const hidesField = (field: SeenField): boolean =>
    cleanKey(field.key, event) !== field.key || (field.shown ?? []).some((value) => field.values.includes(value) && isHidden(event, field, value));
  return event.fields?.all.some(hidesField) === true;
}
