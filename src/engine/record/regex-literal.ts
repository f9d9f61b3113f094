// A text that everything matched by a regular expression contains, found without understanding all of the expression.

/** Characters that stand for themselves in RE2, outside of classes. */
const plain = /^[A-Za-z0-9 _\-=:/@,;"'<>#%&!~`]$/;

/** The longest such text, in the pattern's own case; empty when none is sure. */
export function regexLiteral(pattern: string): string {
  // Alternatives, flags and the less usual escapes may make any part optional or mean something else.
  if (/\||\(\?|\\[xpPQEC0-9]/.test(pattern)) return '';
  const runs: string[] = [];
  let run = '';
  let depth = 0;
  const end = (): void => { runs.push(run); run = ''; };
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '\\') { i++; end(); continue; }
    if (char === '{') { i += /^\{\d+(,\d*)?\}/.exec(pattern.slice(i, i + 16))?.[0].slice(1).length ?? 0; end(); continue; }
    if (char === '[') { i = classEnd(pattern, i); end(); continue; }
    if (char === '(') depth++;
    if (char === ')') depth--;
    // A character that may repeat or be left out does not count.
    if (depth === 0 && plain.test(char) && !'*?{'.includes(pattern[i + 1] || ' ')) run += char; else end();
    if (pattern[i + 1] === '+' && depth === 0) { end(); i++; }
  }
  end();
  return runs.reduce((longest, one) => (one.length > longest.length ? one : longest), '');
}

/** Index of the bracket that closes the class opened at `open`; a bracket right behind the opening is part of the class. */
function classEnd(pattern: string, open: number): number {
  let i = pattern[open + 1] === '^' ? open + 2 : open + 1;
  if (pattern[i] === ']') i++;
  for (; i < pattern.length && pattern[i] !== ']'; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === '[' && pattern[i + 1] === ':') i = Math.max(i, pattern.indexOf(':]', i) + 1);
  }
  return i;
}
