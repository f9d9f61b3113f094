// `mv-expand`: the elements of one dynamic value, and several values side by side. Semantics: Kusto reference, "mv-expand operator".
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { isArray, isBag, isNumeric, toText, truncateToLong } from '../values/index.ts';
import { castTo } from '../expr/index.ts';

/** Null stands for itself once; an empty array or bag gives nothing; a property becomes a bag of its own, or [key, value]. */
export function expandValue(value: Value, bag: 'bag' | 'array'): readonly Value[] {
  if (isArray(value)) return value;
  if (!isBag(value)) return [value];
  return Object.entries(value).map(([key, item]) => (bag === 'bag' ? Object.fromEntries([[key, item]]) : [key, item]));
}

/** An element as the type that `to typeof(…)` names: a cast, no parsing of numbers out of text; null when it does not fit. Times are text in dynamics and are read. */
export function conform(value: Value, type: KqlType): Value {
  if (value === null) return null;
  switch (type) {
    case 'dynamic': return value;
    case 'string': return toText(value, 'dynamic');
    case 'bool': return typeof value === 'boolean' ? value : null;
    case 'int': case 'long': return typeof value === 'bigint' ? value : typeof value === 'number' ? truncateToLong(value) : null;
    case 'real': case 'decimal': return isNumeric(value) ? Number(value) : null;
    default: return typeof value === 'string' || typeof value === 'bigint' ? castTo(value, type) : null;
  }
}

/**
 * `lists[c]` are the elements of column c. Gives one list of cells per new row: as many rows as the longest column has
 * elements, at most `limit`; shorter columns are filled up with null.
 */
export function expandSideBySide(lists: readonly (readonly Value[])[], limit: number): readonly (readonly Value[])[] {
  const rows = Math.min(limit, Math.max(0, ...lists.map((list) => list.length)));
  return Array.from({ length: rows }, (_, i) => lists.map((list) => list[i] ?? null));
}
