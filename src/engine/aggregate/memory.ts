// About how many bytes values take in memory, for budgets: right in the order of size, cheap to ask.
import type { Value } from '../../otlp/index.ts';
import { isArray } from '../values/index.ts';

/** An object with a few fields and its closures. */
export const objectBytes = 64;
/** One entry of a Map or Set beside what it holds. */
export const entryBytes = 40;

const maxDepth = 8;

/** Strings count two bytes a unit; nested values are followed a few levels. */
export function sizeOf(value: Value, depth = 0): number {
  if (typeof value === 'string') return 16 + 2 * value.length;
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? 24 : 8;
  if (value instanceof Uint8Array) return objectBytes + value.length;
  if (depth >= maxDepth) return objectBytes;
  if (isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item, depth + 1), 24);
  return Object.entries(value).reduce((sum, [key, item]) => sum + entryBytes + 2 * key.length + sizeOf(item as Value, depth + 1), 24);
}
