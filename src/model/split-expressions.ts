// `user, f(a, b), "x,y"`, as people write the values of a probe: JavaScript expressions apart by commas, but not by those within brackets, texts and templates.
const opening = '([{';
const closing = ')]}';
const quotes = '\'"`';

/** Without the spaces around them; empty ones are left out. What is unbalanced stays as it is: the check of the expression says what is wrong. */
export function splitExpressions(text: string): string[] {
  const parts: string[] = [];
  let [from, depth] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quotes.includes(char)) at = endOfText(text, at);
    else if (opening.includes(char)) depth++;
    else if (closing.includes(char)) depth--;
    else if (char === ',' && depth <= 0) { parts.push(text.slice(from, at)); from = at + 1; }
  }
  return [...parts, text.slice(from)].map((part) => part.trim()).filter((part) => part !== '');
}

/** Of the quote that ends what begins at `from`; within `${…}` of a template quotes may stand. */
function endOfText(text: string, from: number): number {
  const quote = text[from]!;
  let depth = 0;
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (quote === '`' && char === '$' && text[at + 1] === '{') { depth++; at++; }
    else if (depth > 0 && char === '}') depth--;
    else if (depth === 0 && char === quote) return at;
  }
  return text.length;
}
