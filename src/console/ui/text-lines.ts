// A text as lines, and the lines that hold a word: linear, and bounded in what is drawn.
export const maxShownBytes = 8 * 2 ** 20;
export const maxShownLines = 5000;

export interface ShownLine { /** From 1. */ readonly number: number; readonly parts: readonly { readonly text: string; readonly hit: boolean }[] }
export interface ShownLines { readonly lines: readonly ShownLine[]; /** In all, or that hold the word. */ readonly total: number; readonly hits: number }

/** JSON is indented when it is one line; everything else stays as it came. */
export function readable(text: string, format: string): string {
  if (format !== 'json' || text.trimEnd().includes('\n')) return text;
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

export function shownLines(text: string, find: string): ShownLines {
  const all = text.split('\n');
  if (all.at(-1) === '') all.pop();
  if (find === '') return { lines: all.slice(0, maxShownLines).map((line, i) => ({ number: i + 1, parts: [{ text: line, hit: false }] })), total: all.length, hits: 0 };
  const wanted = find.toLowerCase();
  const lines: ShownLine[] = [];
  let [total, hits] = [0, 0];
  for (const [i, line] of all.entries()) {
    const parts = partsOf(line, wanted);
    const found = parts.filter(({ hit }) => hit).length;
    if (found === 0) continue;
    total += 1;
    hits += found;
    if (lines.length < maxShownLines) lines.push({ number: i + 1, parts });
  }
  return { lines, total, hits };
}

/** Where lower case has another length, as with some letters of Turkish, the line is not taken apart. */
function partsOf(line: string, wanted: string): ShownLine['parts'] {
  const low = line.toLowerCase();
  if (low.length !== line.length) return [{ text: line, hit: low.includes(wanted) }];
  const parts: { text: string; hit: boolean }[] = [];
  let from = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    if (at > from) parts.push({ text: line.slice(from, at), hit: false });
    parts.push({ text: line.slice(at, at + wanted.length), hit: true });
    from = at + wanted.length;
  }
  if (from < line.length) parts.push({ text: line.slice(from), hit: false });
  return parts;
}
