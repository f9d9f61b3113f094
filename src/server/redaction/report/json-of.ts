import { maxMessageBytes } from '../bounds.ts';

/** What an agent sent; undefined when it is no JSON, or too much. */
export function jsonOf(data: Uint8Array): unknown {
  if (data.length > maxMessageBytes) return undefined;
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return undefined;
  }
}
