// Property bags: bag_* functions, pack and its kin. Bags are never changed in place.
import type { Value } from '../../otlp/index.ts';
import { isArray, isBag, toText, type Bag } from '../values/index.ts';
import { toDynamic } from './convert.ts';
import { atJsonPath, stepsOf } from './json-path.ts';
import { anyCount, plain, unary, type FunctionTable } from './registry.ts';

const maxDepth = 64;

/** Own properties only, so that a key named `__proto__` is a key like any other. */
const bagOf = (entries: Iterable<readonly [string, Value]>): Bag => Object.fromEntries(entries);

function pack(values: readonly Value[], types: Parameters<typeof toText>[1][]): Value {
  const entries: [string, Value][] = [];
  for (let i = 0; i + 1 < values.length; i += 2) entries.push([toText(values[i]!, types[i]!), toDynamic(values[i + 1]!, types[i + 1]!)]);
  return bagOf(entries);
}

/** The leftmost bag wins where keys collide, as in KQL. */
function merge(values: readonly Value[]): Value {
  const bags = values.filter(isBag);
  return bags.length === 0 ? null : bagOf([...bags].reverse().flatMap((bag) => Object.entries(bag)));
}

/** Keys of the bag itself, and JSON paths such as `$.a.b` to keys of bags inside of it. */
function removeKeys(bag: Value, keys: Value): Value {
  if (!isBag(bag)) return null;
  const names = isArray(keys) ? keys.map((key) => toText(key, 'dynamic')) : [];
  const gone = new Set(names.filter((name) => !isPath(name)));
  const own = bagOf(Object.entries(bag).filter(([key]) => !gone.has(key)));
  return names.filter(isPath).reduce<Bag>((left, path) => withoutPath(left, stepsOf(path) ?? []), own);
}

const isPath = (name: string): boolean => /^\$[.[]/.test(name);

/** What a path does not lead to stays; items of arrays cannot be named. */
function withoutPath(bag: Bag, [first, ...rest]: readonly (string | number)[]): Bag {
  if (typeof first !== 'string' || !Object.hasOwn(bag, first)) return bag;
  const inner = bag[first]!;
  if (rest.length > 0 && !isBag(inner)) return bag;
  return bagOf(Object.entries(bag).flatMap(([key, value]) => (key !== first ? [[key, value] as const] : rest.length === 0 ? [] : [[key, withoutPath(inner as Bag, rest)] as const])));
}

function setKey(bag: Value, key: Value, value: Value): Value {
  return isBag(bag) ? bagOf([...Object.entries(bag), [toText(key, 'string'), value]]) : null;
}

function zip(keys: Value, values: Value): Value {
  if (!isArray(keys) || !isArray(values)) return null;
  return bagOf(keys.map((key, i) => [toText(key, 'dynamic'), values[i] ?? null] as const));
}

const packed = plain(2, anyCount, (values, types) => pack(values, [...types]));

/** JSON with the keys of every bag in order, so that equal values give equal text. */
function canonical(value: Value, type: Parameters<typeof toText>[1], depth = 0): string {
  if (typeof value === 'string' && depth > 0) return JSON.stringify(value);
  if (isArray(value) && depth < maxDepth) return `[${value.map((item) => canonical(item, 'dynamic', depth + 1)).join(',')}]`;
  if (isBag(value) && depth < maxDepth) return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key]!, 'dynamic', depth + 1)}`).join(',')}}`;
  return value === null && depth > 0 ? 'null' : toText(value, type);
}

export const bags: FunctionTable = {
  bag_pack: packed, pack: packed, pack_dictionary: packed,
  bag_keys: unary((value) => (isBag(value) ? Object.keys(value) : null)),
  bag_has_key: plain(2, 2, ([bag = null, key = null]) => {
    if (!isBag(bag)) return null;
    const name = toText(key, 'string');
    return name.startsWith('$.') ? atJsonPath(bag, name) !== null : Object.hasOwn(bag, name);
  }),
  bag_merge: plain(1, anyCount, merge),
  bag_remove_keys: plain(2, 2, ([bag = null, keys = null]) => removeKeys(bag, keys)),
  bag_set_key: plain(3, 3, ([bag = null, key = null, value = null], types) => setKey(bag, key, toDynamic(value, types[2]!))),
  dynamic_to_json: plain(1, 1, ([value = null], [type]) => canonical(value, type!)),
  bag_zip: plain(2, 2, ([keys = null, values = null]) => zip(keys, values)),
};
