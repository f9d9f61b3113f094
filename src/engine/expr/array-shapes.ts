// Arrays moved and cut: rotate, shift, split, sort, slice, indexes.
import type { Value } from '../../otlp/index.ts';
import { inSortOrder, isArray, isNumeric, sameAs } from '../values/index.ts';
import { toDynamic } from './convert.ts';
import { builds, plain, type Definition, type FunctionTable } from './registry.ts';

type Array = readonly Value[];

const position = (array: Array, index: number): number => (index < 0 ? array.length + index : index);

/** `array_slice(array, start, end)`: both ends count from the back when negative, and the end is included. */
const slice = plain(3, 3, ([array = null, start, end]) => {
  if (!isArray(array) || typeof start !== 'number' || typeof end !== 'number') return null;
  const [from, to] = [Math.max(0, position(array, start)), position(array, end)];
  return to < from ? [] : array.slice(from, to + 1);
});

/** `array_sort_asc(array, [nulls_last])`. */
const sorted = (descending: boolean): Definition => plain(1, 2, ([array = null, nullsLast = true]) => {
  if (!isArray(array)) return null;
  const nulls = array.filter((item) => item === null);
  const values = inSortOrder(array.filter((item) => item !== null));
  const ordered = descending ? values.reverse() : values;
  return nullsLast === false ? [...nulls, ...ordered] : [...ordered, ...nulls];
});

/** The place of the wanted occurrence from `start` on, within `length` elements; -1 when it is not there. */
export function indexIn(array: Array, wanted: Value, start = 0, length = -1, occurrence = 1): number {
  const from = Math.max(0, position(array, start));
  const end = length < 0 ? array.length : Math.min(array.length, from + length);
  if (wanted === null) return -1;
  const isWanted = sameAs(wanted);
  let found = 0;
  for (let i = from; i < end; i++) {
    const item = array[i] ?? null;
    if (item !== null && isWanted(item) && ++found === occurrence) return i;
  }
  return -1;
}

const indexOf = plain(2, 5, ([array = null, wanted = null, ...rest], types) => {
  const [start = 0, length = -1, occurrence = 1] = rest.map(Number);
  return isArray(array) ? indexIn(array, toDynamic(wanted, types[1]!), start, length, occurrence) : null;
});

/** Positive counts rotate that way, negative the other. */
const rotate = (sign: number): Definition => plain(2, 2, ([array = null, count]) => {
  if (!isArray(array) || typeof count !== 'number' || !Number.isInteger(count)) return null;
  if (array.length === 0) return array;
  const by = (((sign * count) % array.length) + array.length) % array.length;
  return [...array.slice(by), ...array.slice(0, by)];
});

/** Elements pushed out are lost, those that come in are `fill`. */
const shift = (sign: number): Definition => builds(plain(2, 3, ([array = null, count, fill = null], types) => {
  if (!isArray(array) || typeof count !== 'number' || !Number.isInteger(count)) return null;
  const filler = toDynamic(fill, types[2] ?? 'dynamic');
  return array.map((_, i) => { const from = i + sign * count; return from >= 0 && from < array.length ? array[from]! : filler; });
}));

/** `array_split(array, index or indices)`: pieces that start at the indices. */
const split = builds(plain(2, 2, ([array = null, at = null]) => {
  if (!isArray(array)) return null;
  const cuts = (isArray(at) ? at : [at]).filter(isNumeric).map((cut) => Math.min(array.length, Math.max(0, position(array, Number(cut)))));
  return [0, ...cuts].map((from, i) => array.slice(from, Math.max(from, cuts[i] ?? array.length)));
}));

export const arrayShapes: FunctionTable = {
  array_slice: slice, array_index_of: indexOf, array_sort_asc: sorted(false), array_sort_desc: sorted(true), array_split: split,
  array_rotate_left: rotate(1), array_rotate_right: rotate(-1), array_shift_left: shift(1), array_shift_right: shift(-1),
};
