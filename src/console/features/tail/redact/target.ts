// What a person pointed at in a record, and where that stands in the words of a policy.
import type { RedactionPlace } from '../../../../model/index.ts';
import type { Value } from '../../../../otlp/index.ts';
import { valueText, type TailRecord, type TailRow } from '../../../workers/tail/index.ts';
import type { FieldPlace } from '../words/kql-text.ts';

/** A value of a record by its place and key, or dotted path; a plain body and names have no key. */
export interface FieldRef { readonly place: RedactionPlace; readonly key: string }
export interface RedactTarget {
  readonly row: TailRow;
  /** Null: anywhere in the record. */
  readonly field: FieldRef | null;
  /** What was selected in it; null when the whole field is meant. */
  readonly selection: string | null;
}
export interface FieldText extends FieldRef { readonly text: string }

const namePlaces: Readonly<Record<string, RedactionPlace>> = {
  Body: 'body', Name: 'name', EventName: 'name', MetricName: 'name', SeverityText: 'name', ScopeName: 'scope', ScopeVersion: 'scope', Unit: 'metric', Description: 'metric', MetricUnit: 'metric', MetricDescription: 'metric', Events: 'event', Links: 'link', Exemplars: 'metric',
};

/** Of a field as the detail pane lists it; `path` leads into it. */
export function fieldRef(place: FieldPlace, name: string, path: readonly string[] = []): FieldRef {
  if (place !== 'column') return { place, key: [name, ...path].join('.') };
  const at = namePlaces[name] ?? 'other';
  return { place: at, key: at === 'body' && path.length > 0 ? ['body', ...path].join('.') : '' };
}

/** Columns made from others, and those that hold no text of the sender's. */
const notTexts: ReadonlySet<string> = new Set(['Timestamp', 'ObservedTimestamp', 'StartTimestamp', 'EndTimestamp', 'TraceId', 'SpanId', 'ParentSpanId', 'DurableId', 'ServiceName', 'SeverityNumber', 'Duration', 'Flags']);
const mostTexts = 400;
const deepest = 8;

/** Every text of a record with its place, bounded. */
export function textsOf({ columns, attributes, resource }: Pick<TailRecord, 'columns' | 'attributes' | 'resource'>): readonly FieldText[] {
  const texts: FieldText[] = [];
  const walk = (place: FieldPlace, name: string, path: readonly string[], value: Value): void => {
    if (texts.length >= mostTexts || path.length > deepest || value === null) return;
    if (typeof value === 'object' && !(value instanceof Uint8Array)) {
      // A list has no names of its own: its items go by the list's.
      if (Array.isArray(value)) for (const item of value as readonly Value[]) walk(place, name, path, item);
      else for (const [key, inner] of Object.entries(value as Readonly<Record<string, Value>>)) walk(place, name, [...path, key], inner);
    } else if (typeof value !== 'boolean') texts.push({ ...fieldRef(place, name, path), text: valueText(value) });
  };
  for (const [name, value] of Object.entries(columns)) if (!notTexts.has(name)) walk('column', name, [], value);
  for (const [name, value] of Object.entries(attributes)) walk('attribute', name, [], value);
  for (const [name, value] of Object.entries(resource)) walk('resource', name, [], value);
  return texts;
}

export const sameField = (a: FieldRef, b: FieldRef): boolean => a.place === b.place && a.key === b.key;

/** Whether `text` stands in the field or below it: a whole tree may be meant. */
export const within = (text: FieldRef, field: FieldRef): boolean => sameField(text, field) || (text.place === field.place && (field.key === '' ? field.place !== 'attribute' : text.key.startsWith(`${field.key}.`)));

/** Shorter texts stand in many values by chance. */
const leastTelling = 6;

/** The other values of a record that hold `text`, each once. */
export function sameTextIn(texts: readonly FieldText[], field: FieldRef, text: string): readonly FieldRef[] {
  if (text.length < leastTelling) return [];
  const others = texts.filter((one) => !within(one, field) && one.text.includes(text)).map(({ place, key }): FieldRef => ({ place, key }));
  return others.filter((one, i) => others.findIndex((other) => sameField(one, other)) === i);
}
