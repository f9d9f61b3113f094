// Where a value ends that begins at a place of a line, and whether it is one at all.
import { isPlainSetting } from '../../processes/index.ts';

export interface Span { readonly start: number; readonly end: number }

const judgedUnits = 64;
/** A variable, a template, an anchor, an expression, something nested, nothing. */
const standsForOne = /^(?:[$&*!{[<%(]|process\.|os\.|env\b|ENV\b|getenv|config\.|\u2022|\*+$|(?:null|nil|none|undefined|true|false)\b)/;

/** In the line, from `at` on; null where there is nothing to hide. `alone`: nothing else is on the line, so it goes to its end. */
export function valueSpan(line: string, at: number, alone: boolean): Span | null {
  const slashes = /^\\{0,3}/.exec(line.slice(at, at + 3))?.[0].length ?? 0;
  const mark = line[at + slashes];
  if (mark === '"' || mark === '\'' || mark === '`') {
    const start = at + slashes + 1;
    if (isNone(line, start)) return null;
    const close = line.indexOf(slashes > 0 ? `\\${mark}` : mark, start);
    return judged(line, start, close < 0 ? line.length : close);
  }
  if (isNone(line, at)) return null;
  const ends = alone ? /[\s]/g : /[\s,;&|)}\]<>"'`]/g;
  ends.lastIndex = at;
  const end = ends.exec(line)?.index ?? line.length;
  // What follows is more than a value: a sentence, or a comment.
  return alone && !/^\s*(?:[#;].*)?$/.test(line.slice(end, end + 200)) ? valueSpan(line, at, false) : judged(line, at, alone ? withoutComma(line, at, end) : end);
}

/** Said by its beginning alone. */
const isNone = (text: string, at: number): boolean => standsForOne.test(text.slice(at, at + judgedUnits));

const withoutComma = (line: string, at: number, end: number): number => (end - at > 1 && /[,;]/.test(line[end - 1] ?? '') ? end - 1 : end);

function judged(line: string, start: number, end: number): Span | null {
  const value = line.slice(start, end);
  return value === '' || isNone(value, 0) || isPlainSetting(value) ? null : { start, end };
}
