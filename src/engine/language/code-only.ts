// A script without its comments and the contents of its strings: where names that are left are names in code. Null where that takes a
// real parser (nested templates, a slash that may be either); then nothing may be concluded from the text.

/** After these a slash begins a regular expression; after a name, a number or ] it divides; after ) and } who knows. */
const beforeRegex = new Set('(,=:[!&|?{;+-*%<>~^'.split(''));
const word = /[\w$]/;
const wordsBeforeRegex = /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|do|else|instanceof|yield|await)$/;

export function codeOnly(source: string): string | null {
  let out = '';
  for (let at = 0; at < source.length;) {
    const here = source[at]!;
    const end = here === '/' ? slashEnd(source, at, out) : here === '"' || here === "'" ? stringEnd(source, at) : here === '`' ? templateEnd(source, at) : at + 1;
    if (end < 0) return null;
    out += here === '/' && end > at + 1 ? ' ' : here === '"' || here === "'" ? '""' : source.slice(at, end);
    at = end;
  }
  return out;
}

function slashEnd(source: string, at: number, before: string): number {
  if (source[at + 1] === '/') { const end = source.indexOf('\n', at); return end < 0 ? source.length : end; }
  if (source[at + 1] === '*') { const end = source.indexOf('*/', at + 2); return end < 0 ? -1 : end + 2; }
  const code = before.slice(-200).trimEnd();
  const last = code.at(-1);
  if (last === undefined || beforeRegex.has(last)) return regexEnd(source, at);
  if (last === ']') return at + 1;
  if (!word.test(last)) return -1;
  return wordsBeforeRegex.test(code) ? regexEnd(source, at) : at + 1;
}

function stringEnd(source: string, at: number): number {
  for (let i = at + 1; i < source.length && source[i] !== '\n'; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === source[at]) return i + 1;
  }
  return -1;
}

/** Kept as it is: its ${…} are code. */
function templateEnd(source: string, at: number): number {
  let end = at + 1;
  while (end < source.length && source[end] !== '`') end += source[end] === '\\' ? 2 : 1;
  return end >= source.length || /\$\{[^}]*["'/{]/.test(source.slice(at, end)) ? -1 : end + 1;
}

function regexEnd(source: string, at: number): number {
  let inClass = false;
  for (let i = at + 1; i < source.length && source[i] !== '\n'; i++) {
    const here = source[i];
    if (here === '\\') i++;
    else if (here === '[') inClass = true;
    else if (here === ']') inClass = false;
    else if (here === '/' && !inClass) return i + 1;
  }
  return -1;
}
