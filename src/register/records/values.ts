// Values of an app's records as the wire knows them. What the SDK would not export (functions, symbols) is null here.
import type { Value } from '../../otlp/index.ts';

/** Nesting and size of what is read of one record; beyond it the record cannot be looked at as a whole. */
const maxDepth = 64;
const maxNodes = 100_000;

type Bag = { [key: string]: Value };
export const newBag = (): Bag => Object.create(null) as Bag;

/** Throws on what is nested too deeply, circles included, or has too many parts. */
export function toValue(given: unknown): Value { return isPlain(given) ? given : new Reading().value(given, 0); }

/** The own properties of an object; empty for anything else. */
export function toBag(given: unknown): Bag {
  return typeof given === 'object' && given !== null ? new Reading().bag(given, 0) : newBag();
}

const isPlain = (given: unknown): given is string | number | boolean => typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean';

class Reading {
  #nodes = 0;

  value(given: unknown, depth: number): Value {
    if (isPlain(given) || typeof given === 'bigint') return given;
    if (typeof given !== 'object' || given === null) return null;
    if (++this.#nodes > maxNodes || depth > maxDepth) throw new Error(`A value is nested deeper than ${maxDepth} levels, or has more than ${maxNodes.toLocaleString('en')} parts.`);
    if (given instanceof Uint8Array) return given;
    if (Array.isArray(given)) return given.map((one) => this.value(one, depth + 1));
    return given instanceof Date ? given.toISOString() : this.bag(given, depth);
  }

  bag(given: object, depth: number): Bag {
    const bag = newBag();
    for (const key of Object.keys(given)) {
      const one = (given as Record<string, unknown>)[key];
      if (++this.#nodes > maxNodes) throw new Error(`A value has more than ${maxNodes.toLocaleString('en')} parts.`);
      if (one !== undefined) bag[key] = isPlain(one) ? one : this.value(one, depth + 1);
    }
    return bag;
  }
}

/** A value of the wire as the SDK takes it: integers beyond 2^53 as numbers, bags as plain objects. */
export function fromValue(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map(fromValue);
  return Object.fromEntries(Object.entries(value as Readonly<Record<string, Value>>).map(([key, one]) => [key, fromValue(one)]));
}
