// An event in words: what it is called, where it came from, and the KQL that finds it. Pure.
import { kqlString } from '../../../../kql/index.ts';
import type { EventRef, EventRow, EventSource, FieldRow, FieldType, Signal } from '../../../../model/index.ts';

type Named = Pick<EventRow, 'signal' | 'service' | 'durableId' | 'source'>;

/** The same event in another answer has the same key. */
export const keyOf = ({ signal, service, durableId }: Pick<EventRow, 'signal' | 'service' | 'durableId'>): string => JSON.stringify([signal, service, durableId]);
export const refOf = ({ signal, service, durableId }: Pick<EventRow, 'signal' | 'service' | 'durableId'>): EventRef => ({ signal, service, id: durableId });

export const sourceWords: Readonly<Record<EventSource, string>> = { 'event-name': 'event name', 'code-location': 'source line', template: 'template', 'span-name': 'span name', 'metric-name': 'metric name', none: 'no body', folded: 'folded' };
export const sourceHelp: Readonly<Record<EventSource, string>> = {
  'event-name': 'OTLP event_name of its records', 'code-location': 'Its records have no name; code.file.path and code.line.number name it', template: 'Its records have no name and no source line; the words that stay the same in their bodies name it',
  'span-name': 'The name of its spans', 'metric-name': 'The name of its metric', none: 'Log records with nothing to name them by', folded: 'All events beyond the bound of the catalogue, together',
};
/** What bears it, in the plural. */
export const recordWords: Readonly<Record<Signal, string>> = { logs: 'records', spans: 'spans', metrics: 'points' };

/** Finds its records in the tail, under every name that they had or get, so that a view saved of it survives a rename; ids of templates follow by
 *  themselves. Null for events that are together. */
export const tailFilter = (event: Named): string | null => (event.source === 'folded' ? null : followingFilter(event));
export const followingFilter = ({ source, durableId }: Named): string => (source === 'template' || source === 'none' ? `DurableId == ${kqlString(durableId)}` : `event(${kqlString(durableId)})`);

/** A place in the code as `file` and line; line 0 when it says none. */
export function placeOf(sourceLine: string): { readonly file: string; readonly line: number } {
  const cut = sourceLine.lastIndexOf(':');
  const line = Number(sourceLine.slice(cut + 1));
  return cut > 0 && Number.isInteger(line) && line > 0 ? { file: sourceLine.slice(0, cut), line } : { file: sourceLine, line: 0 };
}

/** A field as the drift and the users of an event call it. */
export const fieldName = ({ place, key }: Pick<FieldRow, 'place' | 'key'>): string => (place === 'attribute' ? key : place === 'body' ? (key === '' ? 'Body' : `Body.${key}`) : place === 'resource' ? `Resource.${key}` : `Scope.${key}`);
/** Types, the most frequent first, each with its share. */
export function typeShares(types: FieldRow['types']): readonly { readonly type: FieldType; readonly share: number }[] {
  const entries = Object.entries(types).filter((entry): entry is [FieldType, number] => typeof entry[1] === 'number' && entry[1] > 0);
  const all = entries.reduce((sum, [, count]) => sum + count, 0);
  return entries.map(([type, count]) => ({ type, share: count / Math.max(1, all) })).toSorted((a, b) => b.share - a.share);
}
