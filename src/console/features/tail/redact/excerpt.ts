// A redacted text, cut for one line.
import { bullets } from '../../../../redaction/index.ts';

const before = 40;
const longest = 160;

/** Around the first mask, or around `from` when that comes earlier: a hash has no bullets. */
export function excerptOf(text: string, from: number): string {
  const mask = text.indexOf(bullets);
  const start = Math.max(0, (mask < 0 ? from : Math.min(from, mask)) - before);
  return `${start > 0 ? '…' : ''}${text.slice(start, start + longest)}${text.length > start + longest ? '…' : ''}`;
}

/** As src/redaction masks partially: the last characters, and never more than a third of what was found, looking at 24 of them. */
export function leftOfPartial(found: string, keep: number): { readonly of: number; readonly stay: number } {
  const of = [...found].length;
  return { of, stay: Math.min(keep, Math.floor(Math.min(of, 24) / 3)) };
}
