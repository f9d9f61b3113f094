// How much a value is when written out. A value may hold another many times over at no cost in memory, so that a short rule
// could make one that nobody lives to read: what functions build has a bound, and whoever walks a value may rely on it.
import { fallShort } from '../../base/index.ts';
import type { Value } from '../../otlp/index.ts';

/** Elements, members and UTF-16 units of one value that a function builds. */
export const maxWeight = 4_000_000;
/** Levels that are looked at; what lies deeper counts as too heavy. */
const maxLevels = 400;
/** Values lighter than this are weighed again rather than remembered. */
const rememberedFrom = 64;

const known = new WeakMap<object, number>();

/** Elements, members and UTF-16 units, each as often as it occurs; some number above `maxWeight` when there are more. Every part is looked at once. */
export function weightOf(value: Value, level = 0): number {
  if (typeof value === 'string') return 1 + value.length;
  if (value === null || typeof value !== 'object') return 1;
  if (value instanceof Uint8Array) return 1 + value.length;
  if (level > maxLevels) return Infinity;
  const weighed = known.get(value);
  if (weighed !== undefined) return weighed;
  const weight = Array.isArray(value) ? itemsWeight(value as readonly Value[], level) : membersWeight(value as { readonly [key: string]: Value }, level);
  if (weight >= rememberedFrom) known.set(value, weight);
  return weight;
}

function itemsWeight(items: readonly Value[], level: number): number {
  let weight = 1;
  for (let i = 0; i < items.length && weight <= maxWeight; i++) weight += weightOf(items[i]!, level + 1);
  return weight;
}

function membersWeight(bag: { readonly [key: string]: Value }, level: number): number {
  let weight = 1;
  for (const key of Object.keys(bag)) {
    weight += key.length + weightOf(bag[key]!, level + 1);
    if (weight > maxWeight) break;
  }
  return weight;
}

/** What the function `fn` built, or null and a shortfall when it is too much. */
export function withinWeight(fn: string, value: Value): Value {
  if (value === null || typeof value !== 'object' || weightOf(value) <= maxWeight) return value;
  fallShort(`${fn} made a value of more than ${maxWeight.toLocaleString('en')} elements and characters, or deeper than ${maxLevels} levels, which was left out.`);
  return null;
}
