// Arrays: concatenation, sums, set operations, range, repeat, zip. A result never holds more than a million items; what is left out is a shortfall.
import { fallShort } from '../../base/index.ts';
import type { Value } from '../../otlp/index.ts';
import { groupKey, isArray, isNumeric, maxWeight, nanosPerHour, toText } from '../values/index.ts';
import { indexIn } from './array-shapes.ts';
import { joined } from './bounded-text.ts';
import { toDynamic } from './convert.ts';
import { anyCount, builds, grows, plain, unary, type Definition, type FunctionTable } from './registry.ts';

const maxItems = 1_000_000;

const tooMany = (fn: string): void => fallShort(`${fn} made an array of more than ${maxItems.toLocaleString('en')} elements, of which the first were taken.`);

function concat(arrays: readonly Value[]): Value {
  const found = arrays.filter(isArray);
  const items: Value[] = [];
  for (const array of found) {
    const room = maxItems - items.length;
    for (let i = 0; i < array.length && i < room; i++) items.push(array[i]!);
    if (array.length > room) { tooMany('array_concat'); break; }
  }
  return found.length === 0 ? null : items;
}

const unique = (items: readonly Value[]): Value[] => [...new Map(items.map((item) => [groupKey(item), item])).values()];
const keysOf = (array: Value): ReadonlySet<string> => new Set(isArray(array) ? array.map(groupKey) : []);

const common = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => [...a].filter((key) => b.has(key)).length;
const jaccard = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => common(a, b) / (a.size + b.size - common(a, b));
const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && common(a, b) === a.size;

function* texts(array: readonly Value[]): Generator<string> { for (const item of array) yield toText(item, 'dynamic'); }

const setOf = (combine: (first: readonly Value[], rest: readonly Value[]) => Value[]): Definition => builds(plain(2, anyCount, ([first = null, ...rest]) =>
  (isArray(first) ? unique(combine(first, rest)) : null)));

function rangeOf(start: Value, stop: Value, step: Value): Value {
  if (!isNumeric(start) || !isNumeric(stop) || !isNumeric(step) || step == 0) return null;
  const items: Value[] = [];
  if (typeof start === 'bigint' && typeof step === 'bigint') {
    for (let at = start; step > 0n ? at <= stop : at >= stop; at += step) {
      if (items.length >= maxItems) { tooMany('range'); break; }
      items.push(at);
    }
    return items;
  }
  const [from, by] = [Number(start), Number(step)];
  for (let i = 0; ; i++) {
    const at = from + i * by;
    if (by > 0 ? at > Number(stop) : at < Number(stop)) break;
    if (i >= maxItems) { tooMany('range'); break; }
    items.push(at);
  }
  return items;
}

/** `range(start, stop, [step])` of numbers or times; an array holds times as text. The step is 1, or 1 h for times. */
const range = plain(2, 3, ([start = null, stop = null, step], [type]) => {
  const items = rangeOf(start, stop, step ?? (typeof start === 'bigint' ? nanosPerHour : 1));
  return isArray(items) ? items.map((item) => toDynamic(item, type!)) : items;
});

/** `array_iff(conditions, then, else)`: a number other than zero is true; what is no condition gives null. */
const iff = builds(plain(3, 3, ([tests = null, yes = null, no = null]) => {
  if (!isArray(tests)) return null;
  return tests.map((test, i) => {
    if (typeof test !== 'boolean' && !isNumeric(test)) return null;
    const from = test === false || test == 0 ? no : yes;
    return isArray(from) ? from[i] ?? null : from;
  });
}));

/** `repeat(value, count)`. */
const repeat = plain(2, 2, ([value = null, count], [type]) => {
  if (typeof count !== 'number' || !(count >= 0)) return null;
  if (count > maxItems) tooMany('repeat');
  const item = toDynamic(value, type!);
  return Array.from({ length: Math.min(count, maxItems) }, () => item);
});

/** `zip(arrays…)`: arrays of what stands side by side. */
const zip = plain(2, 16, (values) => {
  const arrays = values.filter(isArray);
  const length = Math.max(0, ...arrays.map((array) => array.length));
  if (length * (arrays.length + 1) > maxWeight) { tooMany('zip'); return null; }
  return Array.from({ length }, (_, i) => arrays.map((array) => array[i] ?? null));
});

function sum(array: readonly Value[]): Value {
  let total = 0;
  for (const item of array) { if (!isNumeric(item)) return null; total += Number(item); }
  return total;
}

const ofArray = (apply: (array: readonly Value[]) => Value): Definition => unary((value) => (isArray(value) ? apply(value) : null));

export const arrays: FunctionTable = {
  array_length: ofArray((array) => array.length), array_reverse: ofArray((array) => [...array].reverse()), array_sum: ofArray(sum),
  array_concat: builds(plain(1, anyCount, concat)),
  array_iff: iff, array_iif: iff,
  strcat_array: plain(2, 2, ([array = null, delimiter = null]) => (isArray(array) ? joined('strcat_array', texts(array), toText(delimiter, 'string')) : '')),
  pack_array: builds(plain(0, anyCount, (values, types) => values.map((value, i) => toDynamic(value, types[i]!)))),
  set_difference: setOf((first, rest) => { const gone = rest.map(keysOf); return first.filter((item) => { const key = groupKey(item); return !gone.some((keys) => keys.has(key)); }); }),
  set_intersect: setOf((first, rest) => { const kept = rest.map(keysOf); return first.filter((item) => { const key = groupKey(item); return kept.every((keys) => keys.has(key)); }); }),
  set_union: setOf((first, rest) => [...first, ...rest.flatMap((array) => (isArray(array) ? [...array] : []))]),
  set_has_element: plain(2, 2, ([array = null, wanted = null], types) => (isArray(array) ? indexIn(array, toDynamic(wanted, types[1]!)) !== -1 : null)),
  set_equals: plain(2, 2, ([a = null, b = null]) => (isArray(a) && isArray(b) ? sameSet(keysOf(a), keysOf(b)) : null)),
  jaccard_index: plain(2, 2, ([a = null, b = null]) => (isArray(a) && isArray(b) ? jaccard(keysOf(a), keysOf(b)) : null)),
  range: grows(range), repeat: grows(builds(repeat)), zip: builds(zip),
};
