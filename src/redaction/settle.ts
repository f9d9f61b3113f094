// A secret that touches other text may have kept another from being seen: what stands in its place then sets that one free, and a
// second look at the redacted text would find more. Where a finding touches such text, the second look is taken at once.
import { base64url, token68 } from './bytes.ts';
import { merged } from './merged.ts';
import type { Edit, Finding } from './types.ts';

const mostLooks = 3;

/** Whether a byte could go on with a token; in front of one, signs such as `=` and `/` end what was before. */
const goesOn = (byte: number): boolean => token68[byte] === 1 || byte === 0x3d || byte === 0x25 || byte === 0x40 || byte === 0x5c;
const leadsOn = (byte: number): boolean => base64url[byte] === 1 || byte === 0x2e || byte === 0x25 || byte === 0x40;

/** Whether the text goes on at once before or behind it. */
export const touches = (one: { readonly start: number; readonly end: number }, bytes: Uint8Array, start: number, end: number): boolean =>
  (one.start > start && leadsOn(bytes[one.start - 1]!)) || (one.end < end && goesOn(bytes[one.end]!));

/** What only shows once the findings are hidden; they may overlap each other. `hide` makes the edits; `look` finds in its result. */
export function shownBehind(
  findings: readonly Finding[], bytes: Uint8Array, start: number, end: number,
  hide: (edits: readonly Edit[]) => Uint8Array, look: (bytes: Uint8Array) => readonly Finding[],
): readonly Finding[] {
  const shown: Finding[] = [];
  let all = merged(findings);
  for (let i = 0; i < mostLooks && all.some((one) => touches(one, bytes, start, end)); i++) {
    const text = hide(all.map((one) => ({ ...one, keep: 0, mode: 'mask' as const })));
    const more = look(text);
    if (more.length === 0) break;
    const marks = marksIn(all, start, end, text.length);
    shown.push(...more.map((one) => ({ ...one, keep: 0, start: placeOutside(marks, one.start, false), end: placeOutside(marks, one.end, true) })));
    all = merged([...all, ...shown]);
  }
  return shown;
}

interface Mark { readonly from: number; readonly to: number; readonly start: number; readonly end: number }

/** Where each finding's mark lies in the text without them: all marks are of one length. */
function marksIn(findings: readonly Finding[], start: number, end: number, length: number): readonly Mark[] {
  const hidden = findings.reduce((sum, one) => sum + one.end - one.start, 0);
  const width = (length - (end - start - hidden)) / findings.length;
  let shift = -start;
  return findings.map((one) => {
    const from = one.start + shift;
    shift += width - (one.end - one.start);
    return { from, to: from + width, start: one.start, end: one.end };
  });
}

/** A place in the text with marks by its place in the text as it came; within a mark, the finding's near end. */
function placeOutside(marks: readonly Mark[], at: number, isEnd: boolean): number {
  let before: Mark | null = null;
  for (const mark of marks) {
    if (at < mark.from || (isEnd && at === mark.from)) break;
    if (at < mark.to || (isEnd && at === mark.to)) return isEnd ? mark.end : mark.start;
    before = mark;
  }
  if (before !== null) return before.end + at - before.to;
  const first = marks[0]!;
  return first.start - (first.from - at);
}
