// "user, moves, f(a, b)" into its expressions: commas inside brackets, texts and templates do not part it.
const closes: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Trimmed, without empty ones. A text whose brackets do not fit comes back whole: what is wrong with it is the checker's to say. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  const open: string[] = [];
  let [start, quote] = [0, ''];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '\\') { at += 1; continue; }
    if (quote !== '') { if (sign === quote) quote = ''; continue; }
    if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (closes[sign] !== undefined) open.push(closes[sign]);
    else if (sign === open.at(-1)) open.pop();
    else if ((sign === ',' || sign === '\n') && open.length === 0) { parts.push(text.slice(start, at)); start = at + 1; }
  }
  parts.push(text.slice(start));
  return open.length > 0 || quote !== '' ? [text.trim()].filter(Boolean) : parts.map(part => part.trim()).filter(Boolean);
}
