// A text with bullets in place of what was found in it.
import { bullets } from '../../../redaction/index.ts';
import type { Span } from '../../workers/redact/index.ts';

/** @param spans in order, none overlapping */
export function withMasks(text: string, spans: readonly Span[]): string {
  let [out, at] = ['', 0];
  for (const { start, end } of spans) { out += text.slice(at, start) + bullets; at = end; }
  return out + text.slice(at);
}
