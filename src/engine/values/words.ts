// Term search, KQL's `has` family: a term is a maximal run of letters and digits of any script, so `_` and `.` separate.
import { placesIn } from './linear-search.ts';

const isAsciiWord = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const otherWord = /^[\p{L}\p{N}]$/u;

/** Whether the code point that ends just before `index` is a letter or a digit. */
function wordBefore(text: string, index: number): boolean {
  if (index <= 0) return false;
  const code = text.charCodeAt(index - 1);
  if (code < 128) return isAsciiWord(code);
  const pair = code >= 0xdc00 && code <= 0xdfff && index > 1;
  return otherWord.test(String.fromCodePoint(text.codePointAt(pair ? index - 2 : index - 1)!));
}

function wordAt(text: string, index: number): boolean {
  if (index >= text.length) return false;
  const code = text.charCodeAt(index);
  return code < 128 ? isAsciiWord(code) : otherWord.test(String.fromCodePoint(text.codePointAt(index)!));
}

/** The end of the word that goes on at `index`. */
function wordEnd(text: string, index: number): number {
  let end = index;
  while (wordAt(text, end)) end += text.codePointAt(end)! > 0xffff ? 2 : 1;
  return end;
}

/** Which ends of a match must lie at the edge of a term: `has` both, `hasprefix` the start, `hassuffix` the end. */
export interface TermEdges { readonly start: boolean; readonly end: boolean }
export const bothEdges: TermEdges = { start: true, end: true };

/** Finds `term` in `text`, both already in the same case. An edge of the term that is no letter or digit needs no boundary. */
export function hasTerm(text: string, term: string, edges: TermEdges): boolean {
  if (term.length === 0) return true;
  const startBound = edges.start && wordAt(term, 0);
  const endBound = edges.end && wordBefore(term, term.length);
  const next = placesIn(text, term);
  for (let at = next(0); at >= 0;) {
    const end = at + term.length;
    const [startsInside, endsInside] = [startBound && wordBefore(text, at), endBound && wordAt(text, end)];
    if (!startsInside && !endsInside) return true;
    // No other match in the same word can do: look on from its end, so that a long word costs its length once.
    at = next(Math.max(at + 1, startsInside ? wordEnd(text, at) : wordEnd(text, end) - term.length));
  }
  return false;
}
