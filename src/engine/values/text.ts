// A value as text: what `tostring` gives, what string operators see when handed something else, and JSON for dynamics.
import { decodeUtf8 } from '../../base/index.ts';
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { formatDatetime, formatTimespan } from './time.ts';

export type Bag = { readonly [key: string]: Value };

export const isArray = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isBag = (value: Value): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** A bag's own member; never one of a prototype. */
export const ownMember = (bag: Bag, key: string): Value => (Object.hasOwn(bag, key) ? bag[key] ?? null : null);

/** The text of a value of a known type; null is the empty string, as `tostring(null)` is. */
export function toText(value: Value, type: KqlType): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'bigint') {
    if (type === 'datetime') return formatDatetime(value);
    return type === 'timespan' ? formatTimespan(value) : value.toString();
  }
  if (typeof value === 'number') return numberText(value, type);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return value instanceof Uint8Array ? decodeUtf8(value) : jsonText(value);
}

function numberText(value: number, type: KqlType): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
  return type === 'real' && Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value);
}

const maxDepth = 64;

/** JSON without spaces. 64-bit integers in full, bytes as text, nothing below 64 levels. */
export function jsonText(value: Value, depth = 0): string {
  if (value === null || depth > maxDepth) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : JSON.stringify(String(value));
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return JSON.stringify(decodeUtf8(value));
  if (isArray(value)) return `[${value.map((item) => jsonText(item, depth + 1)).join(',')}]`;
  return `{${Object.entries(value as Bag).map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item, depth + 1)}`).join(',')}}`;
}

/** JSON text as a Value; null when it is none. Integers beyond 2^53 lose no digit only when they are strings. */
export function parseJson(text: string): { readonly value: Value } | null {
  try { return { value: JSON.parse(text) as Value }; } catch { return null; }
}
