// Equality and order of values under KQL's null rules. Numbers compare across number and bigint; different kinds never
// equal each other and have no order.
import type { Value } from '../../otlp/index.ts';
import { isArray, isBag, jsonText } from './text.ts';

/** Equality of two values that are not null. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'number' ? typeof b === 'bigint' : typeof a === 'bigint' && typeof b === 'number') return a == b;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  return jsonText(a) === jsonText(b);
}

/** `sameValue` against one value time and again: its text is made once. */
export function sameAs(wanted: Value): (item: Value) => boolean {
  if (wanted === null || typeof wanted !== 'object') return (item) => sameValue(item, wanted);
  const text = jsonText(wanted);
  return (item) => item === wanted || (typeof item === 'object' && jsonText(item) === text);
}

/** `==`: null beside a value is false, two nulls are null. */
export function equals(a: Value, b: Value): boolean | null {
  if (a === null || b === null) return a === b ? null : false;
  return sameValue(a, b);
}

/** `!=`: null beside a value is true, two nulls are null. */
export function differs(a: Value, b: Value): boolean | null {
  const same = equals(a, b);
  return same === null ? null : !same;
}

/** Negative, zero or positive; NaN beside NaN, so that every comparison with it is false; null when either is null or the two have no order. Strings compare by code unit. */
export function order(a: Value, b: Value): number | null {
  const kind = typeof a;
  if (kind === 'number' || kind === 'bigint') {
    if (typeof b !== 'number' && typeof b !== 'bigint') return null;
    const [x, y] = [a as number, b as number];
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : NaN;
  }
  if (kind === 'string' && typeof b === 'string') return (a as string) < b ? -1 : a === b ? 0 : 1;
  if (kind === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return null;
}

const rank = (value: Value): number => {
  if (typeof value === 'boolean') return 0;
  if (typeof value === 'number' || typeof value === 'bigint') return 1;
  if (typeof value === 'string') return 2;
  return isArray(value) ? 3 : isBag(value) ? 4 : 5;
};

/** A total order over values that are not null, for `sort`: by kind, then by value; NaN is below all numbers. `textOf` gives the texts of what has no order of its own. */
export function sortOrder(a: Value, b: Value, textOf: (value: Value) => string = jsonText): number {
  const byKind = rank(a) - rank(b);
  if (byKind !== 0) return byKind;
  const byValue = order(a, b);
  if (byValue !== null && !Number.isNaN(byValue)) return byValue;
  if (typeof a === 'number' || typeof b === 'number') return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  const [x, y] = [textOf(a), textOf(b)];
  return x < y ? -1 : x === y ? 0 : 1;
}

/** The values in that order, each one's text made once. */
export function inSortOrder(values: readonly Value[]): Value[] {
  const texts = new Map<Value, string>();
  const textOf = (value: Value): string => {
    let text = texts.get(value);
    if (text === undefined) texts.set(value, text = jsonText(value));
    return text;
  };
  return [...values].sort((a, b) => sortOrder(a, b, textOf));
}

/** A text that is the same for two values exactly when `summarize by` puts them into one group; null is a key of its own. */
export function groupKey(value: Value): string {
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (value === null) return '0';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number' || typeof value === 'bigint') return `n${value};`;
  const text = jsonText(value);
  return `j${text.length}:${text}`;
}
