// A value as text: what `tostring` gives, what string operators see when handed something else, and JSON for dynamics.
import { decodeUtf8, fallShort } from '../../base/index.ts';
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

/** UTF-16 units of a text that a function makes out of one record; what is longer is cut, and a shortfall. */
export const maxText = 1_000_000;
const maxDepth = 64;

/** JSON without spaces. 64-bit integers in full, bytes as text; the keys of bags in order when `inOrder`. Levels below 64 become null and what is longer than `maxText` is cut, both a shortfall. */
export function jsonText(value: Value, inOrder = false): string {
  const out = new JsonText(inOrder);
  out.add(value, 0);
  return out.text();
}

/** Gathers text and stops once there is too much of it: a value may hold another very many times. */
class JsonText {
  readonly #inOrder: boolean;
  #text = '';
  constructor(inOrder: boolean) { this.#inOrder = inOrder; }

  get #full(): boolean { return this.#text.length > maxText; }

  text(): string {
    if (!this.#full) return this.#text;
    fallShort(`A value is longer than ${maxText.toLocaleString('en')} characters as text and was cut there.`);
    return this.#text.slice(0, maxText);
  }

  add(value: Value, depth: number): void {
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) this.#text += scalarJson(value);
    else if (depth > maxDepth) { this.#text += 'null'; fallShort(`A value nests deeper than ${maxDepth} levels and was not read whole as text.`); }
    else if (isArray(value)) this.#addItems(value, depth);
    else this.#addMembers(value as Bag, depth);
  }

  #addItems(items: readonly Value[], depth: number): void {
    this.#text += '[';
    for (let i = 0; i < items.length && !this.#full; i++) {
      if (i > 0) this.#text += ',';
      this.add(items[i] ?? null, depth + 1);
    }
    this.#text += ']';
  }

  #addMembers(bag: Bag, depth: number): void {
    const keys = Object.keys(bag);
    if (this.#inOrder) keys.sort();
    this.#text += '{';
    for (let i = 0; i < keys.length && !this.#full; i++) {
      this.#text += `${i > 0 ? ',' : ''}${JSON.stringify(keys[i]!)}:`;
      this.add(bag[keys[i]!]!, depth + 1);
    }
    this.#text += '}';
  }
}

function scalarJson(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return JSON.stringify(decodeUtf8(value));
  return typeof value === 'number' && !Number.isFinite(value) ? JSON.stringify(String(value)) : String(value);
}

/** JSON text as a Value; null when it is none. Integers beyond 2^53 lose no digit only when they are strings. */
export function parseJson(text: string): { readonly value: Value } | null {
  try { return { value: JSON.parse(text) as Value }; } catch { return null; }
}
