// Building text out of parts without ever holding more than a bound: a rule that joins megabytes a thousand times over must
// not end the process.

/** UTF-16 units that a function may make out of one record; what is longer is cut. */
export const maxText = 1_000_000;

/** Parts with a delimiter between them, cut at the bound. */
export function joined(parts: Iterable<string>, delimiter = ''): string {
  let text = '';
  let first = true;
  for (const part of parts) {
    text += first ? part : delimiter + part;
    first = false;
    if (text.length >= maxText) return text.slice(0, maxText);
  }
  return text;
}

/** Every occurrence replaced, cut at the bound; an empty `from` occurs nowhere. */
export const replaced = (text: string, from: string, to: string): string => (from === '' ? text : joined(pieces(text, from), to));

/** What lies between the occurrences. */
function* pieces(text: string, from: string): Generator<string> {
  let start = 0;
  for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, start)) {
    yield text.slice(start, at);
    start = at + from.length;
  }
  yield text.slice(start);
}
