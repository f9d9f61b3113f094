// A piece of KQL on one line: comments go, and white space that spans lines or follows a comment becomes one space. Strings stay as they are.
import { lexemes } from '../kusto/lexemes.ts';

export function oneLine(text: string): string {
  let out = '';
  let at = 0;
  for (const { start, end, text: word } of lexemes(text)) {
    const between = text.slice(at, start);
    out += (at === 0 ? '' : /[\n/]/.test(between) ? ' ' : between) + word;
    at = end;
  }
  return out;
}

/** At most `length` characters, the end cut off with a sign that says so. */
export const shortened = (text: string, length = 160): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
