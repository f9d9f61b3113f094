// Parsed JSON looked at with care: a value of the wrong kind reads as missing, never as a crash.
import { JsonScanner } from './scanner.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;
const nothing: JsonRecord = {};

export const asRecord = (value: unknown): JsonRecord => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as JsonRecord : nothing);
export const asRecords = (value: unknown): readonly JsonRecord[] => (Array.isArray(value) ? value.map(asRecord) : []);
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
/** Also out of text, as protobuf's JSON writes 64-bit integers; NaN when it is none. */
export function asNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : NaN;
}

/** The whole file as one value: for formats whose files are small. Fails beyond `maxBytes`, and where the JSON is wrong or ends early. */
export function wholeJson(bytes: Uint8Array, maxBytes: number): unknown {
  const scanner = new JsonScanner(bytes);
  const value = scanner.value(maxBytes);
  scanner.finish();
  return value;
}
