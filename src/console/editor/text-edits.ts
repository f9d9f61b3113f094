// Edits of a text by places in it.
import type { TextEdit } from '../../model/index.ts';

/** @param edits in order of place, without overlap, offsets into `text`. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const { start, end, text: inserted } of edits) { out += text.slice(at, start) + inserted; at = end; }
  return out + text.slice(at);
}

/** The one edit that makes `after` of `before`: what they share at both ends stays. Null when they are equal. */
export function differenceOf(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
