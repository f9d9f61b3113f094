// A value between what a person types and what stands in the text: quoting is done here, so nobody has to know it.
import { kqlString, unquote } from '../../../../kql/index.ts';

/** `text`: quoted in KQL. `value`: a number, a time or an expression, as it is. */
export type ValueKind = 'text' | 'value';

/** Of the KQL in the text; an empty one is what the column's type suggests. */
export function kindOf(kql: string, type: string): ValueKind {
  if (kql.trim() === '') return isTextType(type) ? 'text' : 'value';
  return unquote(kql) === null ? 'value' : 'text';
}

export const isTextType = (type: string): boolean => type === 'string' || type === 'dynamic' || type === '';

/** What the box shows. */
export const shown = (kql: string, kind: ValueKind): string => (kind === 'text' ? (unquote(kql) ?? kql) : kql);

/** What goes into the text. A plain date becomes a datetime. */
export function toKql(typed: string, kind: ValueKind): string {
  if (kind === 'text') return kqlString(typed);
  const value = typed.trim();
  return /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?$/.test(value) ? `datetime(${value})` : value;
}

/** `("a", "b")` as its items; null when it is no list in brackets. */
export function listItems(kql: string): readonly string[] | null {
  const inside = /^\(([\s\S]*)\)$/.exec(kql.trim())?.[1];
  if (inside === undefined) return null;
  return inside.trim() === '' ? [] : (inside.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^,]+/g) ?? []).map((item) => item.trim()).filter((item) => item !== '');
}

export const listText = (items: readonly string[]): string => `(${items.join(', ')})`;

/** `(1 .. 5)` as its two ends. */
export function rangeEnds(kql: string): readonly [string, string] {
  const found = /^\(\s*([\s\S]*?)\s*\.\.\s*([\s\S]*?)\s*\)$/.exec(kql.trim());
  return [found?.[1] ?? '', found?.[2] ?? ''];
}

export const rangeText = (low: string, high: string): string => `(${low} .. ${high})`;
