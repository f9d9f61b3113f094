// What a person is shown of values: every detector's findings masked, long texts cut. Explanations never show a secret.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import type { Value } from '../../otlp/index.ts';
import { createScanner, type Scanner } from '../../redaction/index.ts';

const maxText = 2000;
let shared: Scanner | null = null;

/** All detectors; compiled once, at the first use. */
function scanner(): Scanner {
  if (shared !== null) return shared;
  const made = createScanner(['*']);
  if (!made.ok) throw new Error(made.error.message);
  return (shared = made.value);
}

/** `key`: the name of the attribute or column that holds it, which may be what makes it a secret; null when it can hold none, as a time. */
export function maskValue(value: Value, key: string | null): Value {
  if (key === null) return value;
  if (typeof value === 'string') return maskText(value, key);
  if (typeof value === 'number' || typeof value === 'bigint') return maskNumber(value, key);
  if (value === null || typeof value === 'boolean') return value;
  if (value instanceof Uint8Array) return maskText(decodeUtf8(value), key);
  if (Array.isArray(value)) return value.map((item) => maskValue(item as Value, key));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskValue(item as Value, name)]));
}

function maskText(text: string, key: string): string {
  const masked = scanner().redactText(text, 'mask', key)?.text ?? text;
  return masked.length > maxText ? `${masked.slice(0, maxText)}…` : masked;
}

function maskNumber(value: number | bigint, key: string): Value {
  const name = encodeUtf8(key);
  const masked = scanner().redactInteger(value, 'mask', name, 0, name.length);
  return masked === null ? value : decodeUtf8(masked);
}
