// The text cut into words, strings and signs, tolerant of anything: what diagnostics need to say in plain words what stands where.

export interface Lexeme {
  readonly start: number; readonly end: number; readonly text: string;
  readonly kind: 'word' | 'string' | 'open-string' | 'sign';
  /** Open round brackets in front of it. */
  readonly depth: number;
}

const parts = new RegExp([
  String.raw`(?<blank>\s+|//[^\n]*)`,
  '(?<string>```[\\s\\S]*?```|~~~[\\s\\S]*?~~~|[hH]?@"(?:[^"]|"")*"|[hH]?@\'(?:[^\']|\'\')*\'|[hH]?"(?:\\\\.|[^"\\\\\\n])*"|[hH]?\'(?:\\\\.|[^\'\\\\\\n])*\')',
  String.raw`(?<open>["'][^\n]*)`,
  String.raw`(?<word>\w+(?:-(?:away|keep|rename|reorder|where|kv|expand|apply|series|distinct|nested|hitters|match|graph|schema)\b)?)`,
  String.raw`(?<sign>![a-z]\w*~?|===?|=~|![=~]|<[=>]?|>=?|=>|\.\.|&&|\|\||[\s\S])`,
].join('|'), 'gu');

/** In order; white space and comments are left out. */
export function lexemes(text: string): readonly Lexeme[] {
  const out: Lexeme[] = [];
  let depth = 0;
  for (const { 0: found, index, groups } of text.matchAll(parts)) {
    if (groups?.['blank'] !== undefined) continue;
    if (found === ')') depth = Math.max(0, depth - 1);
    const kind = groups?.['string'] !== undefined ? 'string' : groups?.['open'] !== undefined ? 'open-string' : groups?.['word'] !== undefined ? 'word' : 'sign';
    out.push({ start: index, end: index + found.length, text: found, kind, depth });
    if (found === '(') depth++;
  }
  return out;
}

/** The last lexeme that ends at or before `offset`. */
export const before = (all: readonly Lexeme[], offset: number): Lexeme | undefined => all.findLast(({ end }) => end <= offset);
/** The first lexeme that starts at or behind `offset`. */
export const from = (all: readonly Lexeme[], offset: number): Lexeme | undefined => all.find(({ start }) => start >= offset);
