// A KQL string literal back to its text: "…" and '…' with escapes, @"…" verbatim, ``` and ~~~ blocks, and several side by side.

const piece = /(?:[hH]?@(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'))|```([\s\S]*?)```|~~~([\s\S]*?)~~~|[hH]?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)')|(\s+|\/\/[^\n]*)/y;
const escape = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{1,3})|([\s\S]))/g;
const single: Readonly<Record<string, string>> = { '\\': '\\', '"': '"', "'": "'", '`': '`', n: '\n', r: '\r', t: '\t', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** Null when it is no string literal, or has an escape that means nothing. */
export function unquote(literal: string): string | null {
  let out = '';
  for (piece.lastIndex = 0; piece.lastIndex < literal.length;) {
    const found = piece.exec(literal);
    if (found === null) return null;
    const [, verbatim, verbatimSingle, ticks, tildes, double, quoted] = found;
    const escaped = double ?? quoted;
    const value = escaped === undefined ? (verbatim?.replaceAll('""', '"') ?? verbatimSingle?.replaceAll("''", "'") ?? ticks ?? tildes ?? '') : unescape(escaped);
    if (value === null) return null;
    out += value;
  }
  return out;
}

function unescape(text: string): string | null {
  let failed = false;
  const value = text.replace(escape, (_, u?: string, long?: string, x?: string, octal?: string, char?: string) => {
    const code = octal === undefined ? Number.parseInt(u ?? long ?? x ?? '', 16) : Number.parseInt(octal, 8);
    if (!Number.isNaN(code) && code <= 0x10ffff) return String.fromCodePoint(code);
    const meant = char === undefined ? undefined : single[char];
    failed ||= meant === undefined;
    return meant ?? '';
  });
  return failed ? null : value;
}
