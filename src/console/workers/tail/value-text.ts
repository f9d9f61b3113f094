// Telemetry values as text: one line for rows and facets, JSON for copying. bigint and bytes have no JSON of their own:
// integers beyond 2^53 become decimal strings and bytes base64, as OTLP JSON writes them.
import type { Value } from '../../../otlp/index.ts';

export function valueText(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return base64(value);
  return typeof value === 'object' ? JSON.stringify(jsonReady(value)) : String(value);
}

/** The KQL word for a value's type. */
export function valueType(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'long' : 'real';
  return 'dynamic';
}

/** A structure that JSON.stringify takes. */
export function jsonReady(value: Value): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return base64(value);
  if (Array.isArray(value)) return value.map((item) => jsonReady(item as Value));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonReady(item)]));
  return value;
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
