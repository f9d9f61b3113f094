// A secret beside other text may have kept another from being seen: what stands in its place then sets that one free, and a
// second look at the redacted text would find more. So that look is taken at once, with bullets where the findings were, until
// nothing more shows.
import { merged } from './merged.ts';
import { bulletBytes } from './mask.ts';
import { copy } from './slab.ts';
import type { Finding } from './types.ts';

/** A text in which still more shows is hidden whole. */
const mostLooks = 8;

/** What only shows once the findings, of which there is one at least, are hidden; it may overlap them. `look`: what is found in
 *  bytes[0, end), which up to `changedFrom` are those of the text. */
export function shownBehind(findings: readonly Finding[], bytes: Uint8Array, start: number, end: number, look: (bytes: Uint8Array, end: number, changedFrom: number) => readonly Finding[]): readonly Finding[] {
  let shown: readonly Finding[] = none;
  let all = merged(findings);
  for (let i = 0; i < mostLooks; i++) {
    const length = hide(all, bytes, start, end);
    const more = look(text.hidden, length, all[0]!.start - start);
    if (more.length === 0) return shown;
    shown = [...shown, ...moved(more, all, start)];
    all = merged([...all, ...shown]);
  }
  const [first] = all;
  return [{ ...first!, start, end, keep: 0 }];
}

const none: readonly Finding[] = [];

/** The text with bullets where the findings were. One buffer serves all small texts: memory of its own would cost most of them more
 *  than their scan. What is in it is read before the next text comes. */
const text = { hidden: new Uint8Array(16 * 1024) };
const mostShared = text.hidden.length;
const shared = text.hidden;

/** Writes it; says how many bytes it has. */
function hide(findings: readonly Finding[], bytes: Uint8Array, start: number, end: number): number {
  const most = end - start + findings.length * bulletBytes.length;
  const into = most <= mostShared ? shared : new Uint8Array(most);
  text.hidden = into;
  let to = 0;
  let from = start;
  for (const one of findings) {
    to = copy(into, copy(into, to, bytes, from, one.start), bulletBytes, 0, bulletBytes.length);
    from = one.end;
  }
  return copy(into, to, bytes, from, end);
}

/** What was found between bullets, by its places in the text as it came. */
function moved(more: readonly Finding[], hiddenOnes: readonly Finding[], start: number): readonly Finding[] {
  let shift = -start;
  const marks = hiddenOnes.map((one) => {
    const from = one.start + shift;
    shift += bulletBytes.length - (one.end - one.start);
    return { from, to: from + bulletBytes.length, start: one.start, end: one.end };
  });
  return more.map((one) => ({ ...one, keep: 0, start: placeOutside(marks, one.start, false, start), end: placeOutside(marks, one.end, true, start) }));
}

interface Mark { readonly from: number; readonly to: number; readonly start: number; readonly end: number }

/** Within a mark, the near end of what it stands for. */
function placeOutside(marks: readonly Mark[], at: number, isEnd: boolean, start: number): number {
  let low = 0;
  for (let high = marks.length; low < high;) {
    const middle = (low + high) >> 1;
    if (marks[middle]!.from < at || (!isEnd && marks[middle]!.from === at)) low = middle + 1;
    else high = middle;
  }
  const before = marks[low - 1];
  if (before === undefined) return start + at;
  if (at < before.to || (isEnd && at === before.to)) return isEnd ? before.end : before.start;
  return before.end + at - before.to;
}
