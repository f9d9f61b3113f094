// A value as one text, for those who decide about it by its name alone: what a mask or a keyed hash stands for.
import { encodeUtf8, wireBytes } from '../base/index.ts';
import { decodeAnyValue } from './any-value.ts';
import { anyValueField } from './fields.ts';
import type { Value } from './types.ts';

export interface TextForm { readonly bytes: Uint8Array; readonly start: number; readonly end: number }

/** One field of an AnyValue message: text and bytes as they lie, numbers as digits, booleans as words, lists and maps as JSON.
 *  Null: the field is no value, or none that can be read. */
export function textForm(bytes: Uint8Array, field: number, wire: number, fieldStart: number, start: number, end: number): TextForm | null {
  if (wire === wireBytes && (field === anyValueField.string || field === anyValueField.bytes)) return { bytes, start, end };
  const value = decodeAnyValue(bytes, fieldStart, end);
  if (value === null) return null;
  const text = encodeUtf8(typeof value === 'object' ? jsonText(value) : String(value));
  return { bytes: text, start: 0, end: text.length };
}

/** A list or map as JSON; bytes as arrays, integers beyond 2^53 as strings. */
export const jsonText = (value: Value): string => JSON.stringify(value, plain);

const plain = (_name: string, value: Value): unknown => (typeof value === 'bigint' ? String(value) : value instanceof Uint8Array ? Array.from(value) : value);
