// Property bags: bag_* functions, pack and its kin. Bags are never changed in place.
import type { Value } from '../../otlp/index.ts';
import { isArray, isBag, jsonText, toText, type Bag } from '../values/index.ts';
import { toDynamic } from './convert.ts';
import { atJsonPath, stepsOf } from './json-path.ts';
import { anyCount, builds, plain, unary, type FunctionTable } from './registry.ts';

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

/** Members to take away: of this bag when `gone`, else those inside of it. */
interface Removal { gone: boolean; readonly inner: Map<string, Removal> }
const newRemoval = (): Removal => ({ gone: false, inner: new Map() });

/** Keys of the bag itself, and JSON paths such as `$.a.b` to keys of bags inside of it. */
function removeKeys(bag: Value, keys: Value): Value {
  if (!isBag(bag)) return null;
  const all = newRemoval();
  for (const key of isArray(keys) ? keys : []) {
    const name = toText(key, 'dynamic');
    addRemoval(all, isPath(name) ? stepsOf(name) ?? [] : [name]);
  }
  return without(bag, all);
}

const isPath = (name: string): boolean => /^\$[.[]/.test(name);

/** Items of arrays cannot be named: a path with a number in it removes nothing. */
function addRemoval(all: Removal, path: readonly (string | number)[]): void {
  if (path.length === 0) return;
  let at = all;
  for (const step of path) {
    if (typeof step !== 'string') return;
    let next = at.inner.get(step);
    if (next === undefined) at.inner.set(step, next = newRemoval());
    at = next;
  }
  at.gone = true;
}

/** What a path does not lead to stays. */
function without(bag: Bag, removal: Removal): Bag {
  if (removal.inner.size === 0) return bag;
  const left: [string, Value][] = [];
  for (const [key, value] of Object.entries(bag)) {
    const inner = removal.inner.get(key);
    if (inner?.gone !== true) left.push([key, inner !== undefined && isBag(value) ? without(value, inner) : value]);
  }
  return bagOf(left);
}

function setKey(bag: Value, key: Value, value: Value): Value {
  return isBag(bag) ? bagOf([...Object.entries(bag), [toText(key, 'string'), value]]) : null;
}

function zip(keys: Value, values: Value): Value {
  if (!isArray(keys) || !isArray(values)) return null;
  return bagOf(keys.map((key, i) => [toText(key, 'dynamic'), values[i] ?? null] as const));
}

const packed = builds(plain(2, anyCount, (values, types) => pack(values, [...types])));

/** JSON with the keys of every bag in order, so that equal values give equal text. */
const canonical = (value: Value, type: Parameters<typeof toText>[1]): string => (isArray(value) || isBag(value) ? jsonText(value, true) : toText(value, type));

export const bags: FunctionTable = {
  bag_pack: packed, pack: packed, pack_dictionary: packed,
  bag_keys: unary((value) => (isBag(value) ? Object.keys(value) : null)),
  bag_has_key: plain(2, 2, ([bag = null, key = null]) => {
    if (!isBag(bag)) return null;
    const name = toText(key, 'string');
    return name.startsWith('$.') ? atJsonPath(bag, name) !== null : Object.hasOwn(bag, name);
  }),
  bag_merge: builds(plain(1, anyCount, merge)),
  bag_remove_keys: plain(2, 2, ([bag = null, keys = null]) => removeKeys(bag, keys)),
  bag_set_key: builds(plain(3, 3, ([bag = null, key = null, value = null], types) => setKey(bag, key, toDynamic(value, types[2]!)))),
  dynamic_to_json: plain(1, 1, ([value = null], [type]) => canonical(value, type!)),
  bag_zip: builds(plain(2, 2, ([keys = null, values = null]) => zip(keys, values))),
};
