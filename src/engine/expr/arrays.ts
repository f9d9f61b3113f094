// Arrays: array_* functions, set operations, range, repeat, zip. A result never holds more than a million items.
import type { Value } from '../../otlp/index.ts';
import { groupKey, isArray, isNumeric, sameValue, sortOrder, toText } from '../values/index.ts';
import { toDynamic } from './convert.ts';
import { anyCount, plain, unary, type Definition, type FunctionTable } from './registry.ts';

const maxItems = 1_000_000;

/** `array_slice(array, start, end)`: both ends count from the back when negative, and the end is included. */
function slice(array: readonly Value[], start: number, end: number): Value {
  const from = start < 0 ? Math.max(0, array.length + start) : start;
  const to = end < 0 ? array.length + end : end;
  return array.slice(from, to + 1);
}

/** Sorts the first array; nulls last. Further arrays are not moved along. */
const sorted = (descending: boolean): Definition => plain(1, 2, ([array = null]) => {
  if (!isArray(array)) return null;
  const nulls = array.filter((item) => item === null);
  const values = array.filter((item) => item !== null).sort(sortOrder);
  return [...(descending ? values.reverse() : values), ...nulls];
});

const concat = (arrays: readonly Value[]): Value => {
  const found = arrays.filter(isArray);
  return found.length === 0 ? null : found.flat(1).slice(0, maxItems) as Value[];
};

const unique = (items: readonly Value[]): Value[] => [...new Map(items.map((item) => [groupKey(item), item])).values()];
const keysOf = (array: Value): ReadonlySet<string> => new Set(isArray(array) ? array.map(groupKey) : []);

const setOf = (combine: (first: readonly Value[], rest: readonly Value[]) => Value[]): Definition => plain(2, anyCount, ([first = null, ...rest]) =>
  (isArray(first) ? unique(combine(first, rest)) : null));

function indexOf(array: Value, wanted: Value, start: number): Value {
  if (!isArray(array)) return null;
  for (let i = Math.max(0, start < 0 ? array.length + start : start); i < array.length; i++) {
    const item = array[i] ?? null;
    if (item !== null && wanted !== null && sameValue(item, wanted)) return i;
  }
  return -1;
}

function rangeOf(start: Value, stop: Value, step: Value): Value {
  if (!isNumeric(start) || !isNumeric(stop) || !isNumeric(step) || step == 0) return null;
  const items: Value[] = [];
  if (typeof start === 'bigint' && typeof step === 'bigint') {
    for (let at = start; (step > 0n ? at <= stop : at >= stop) && items.length < maxItems; at += step) items.push(at);
    return items;
  }
  const [from, by] = [Number(start), Number(step)];
  for (let i = 0; items.length < maxItems; i++) {
    const at = from + i * by;
    if (by > 0 ? at > Number(stop) : at < Number(stop)) break;
    items.push(at);
  }
  return items;
}

function sum(array: readonly Value[]): Value {
  let total = 0;
  for (const item of array) { if (!isNumeric(item)) return null; total += Number(item); }
  return total;
}

const ofArray = (apply: (array: readonly Value[]) => Value): Definition => unary((value) => (isArray(value) ? apply(value) : null));

export const arrays: FunctionTable = {
  array_length: ofArray((array) => array.length), array_reverse: ofArray((array) => [...array].reverse()), array_sum: ofArray(sum),
  array_concat: plain(1, anyCount, concat),
  array_slice: plain(3, 3, ([array = null, start, end]) => (isArray(array) && typeof start === 'number' && typeof end === 'number' ? slice(array, start, end) : null)),
  array_index_of: plain(2, 5, ([array = null, wanted = null, start = 0]) => indexOf(array, wanted, Number(start))),
  array_sort_asc: sorted(false), array_sort_desc: sorted(true),
  array_iff: plain(3, 3, ([tests = null, yes = null, no = null]) => (isArray(tests) ? tests.map((test, i) => { const from = test === true ? yes : no; return isArray(from) ? from[i] ?? null : from; }) : null)),
  strcat_array: plain(2, 2, ([array = null, delimiter = null]) => (isArray(array) ? array.map((item) => toText(item, 'dynamic')).join(toText(delimiter, 'string')) : '')),
  pack_array: plain(0, anyCount, (values, types) => values.map((value, i) => toDynamic(value, types[i]!))),
  set_difference: setOf((first, rest) => { const gone = rest.map(keysOf); return first.filter((item) => !gone.some((keys) => keys.has(groupKey(item)))); }),
  set_intersect: setOf((first, rest) => { const kept = rest.map(keysOf); return first.filter((item) => kept.every((keys) => keys.has(groupKey(item)))); }),
  set_union: setOf((first, rest) => [...first, ...rest.flatMap((array) => (isArray(array) ? [...array] : []))]),
  set_has_element: plain(2, 2, ([array = null, wanted = null]) => (isArray(array) ? indexOf(array, wanted, 0) !== -1 : null)),
  range: plain(2, 3, ([start = null, stop = null, step = 1]) => rangeOf(start, stop, step)),
  repeat: plain(2, 2, ([value = null, count]) => (typeof count === 'number' && count >= 0 ? Array.from({ length: Math.min(count, maxItems) }, () => value) : null)),
  zip: plain(2, 16, (values) => { const arrays = values.filter(isArray); return Array.from({ length: Math.max(0, ...arrays.map((array) => array.length)) }, (_, i) => arrays.map((array) => array[i] ?? null)); }),
};
