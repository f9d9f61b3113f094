// Building text out of parts without ever holding more than a bound: a rule that joins megabytes a thousand times over must
// not end the process. What was cut is a shortfall.
import { fallShort } from '../../base/index.ts';
import { isLongSearch, maxText, placesIn } from '../values/index.ts';

/** Parts with a delimiter between them, cut at `maxText`. `fn`: the function that makes the text. */
export function joined(fn: string, parts: Iterable<string>, delimiter = ''): string {
  let text = '';
  let first = true;
  for (const part of parts) {
    text += first ? part : delimiter + part;
    first = false;
    if (text.length > maxText) { fallShort(`${fn} made a text of more than ${maxText.toLocaleString('en')} characters, which was cut there.`); return text.slice(0, maxText); }
  }
  return text;
}

/** Every occurrence replaced, cut at the bound; an empty `from` occurs nowhere. */
export const replaced = (fn: string, text: string, from: string, to: string): string => (from === '' ? text : joined(fn, pieces(text, from), to));

/** The pieces between the occurrences of a delimiter; an empty one occurs nowhere. */
export function splitAt(text: string, delimiter: string): readonly string[] {
  if (delimiter === '') return [text];
  return isLongSearch(text.length, delimiter.length) ? [...pieces(text, delimiter)] : text.split(delimiter);
}

/** What lies between the occurrences. */
function* pieces(text: string, from: string): Generator<string> {
  const next = placesIn(text, from);
  let start = 0;
  for (let at = next(0); at >= 0; at = next(start)) {
    yield text.slice(start, at);
    start = at + from.length;
  }
  yield text.slice(start);
}
