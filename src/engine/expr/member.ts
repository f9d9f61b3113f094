// Dynamic access: `bag.key`, `bag["key"]`, `array[0]`.
import type { Value } from '../../otlp/index.ts';
import { isArray, isBag, ownMember } from '../values/index.ts';

/** A bag's member by name, an array's item by number (negative counts from the end); anything else is null. */
export function memberOf(base: Value, key: Value): Value {
  if (typeof key === 'string') return isBag(base) ? ownMember(base, key) : null;
  if (typeof key === 'number' && isArray(base)) return base.at(key) ?? null;
  return null;
}
