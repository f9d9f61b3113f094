// A telemetry value on one line.
import type { Value } from '../../../../otlp/index.ts';

export function valueText(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return typeof value === 'object' ? JSON.stringify(value, (_key, inner: unknown) => typeof inner === 'bigint' ? inner.toString() : inner instanceof Uint8Array ? `${inner.length} bytes` : inner) : String(value);
}
