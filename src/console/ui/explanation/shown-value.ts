// A telemetry value on one line.
import type { Value } from '../../../otlp/index.ts';

const longest = 300;

/** Text as it is, everything else as JSON; cut when long. */
export function shownValue(value: Value): string {
  const text = typeof value === 'string' ? value : typeof value === 'bigint' ? value.toString() : JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
