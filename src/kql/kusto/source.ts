// The text as the parser must see it. A bare predicate gets a table in front; the sink `sample` and the guard function `last` get names
// that are no keywords. Offsets are converted back, so that people see positions in their own text.
import type { CompileMode } from '../language.ts';

/** Microsoft's lexer takes `sample` as the operator even after `invoke`, and `last` as a keyword; names of equal length stand for them. */
export const sampleAlias = 'samplE';
export const lastAlias = 'lasT';

export interface Source {
  /** What the person wrote. */
  readonly text: string;
  /** What the parser reads. */
  readonly full: string;
  /** Length of what was put in front. */
  readonly shift: number;
}

/** Comments and strings (which hide everything), or the names in question. */
const lexeme = /\/\/[^\n]*|```[\s\S]*?```|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\binvoke\s+sample\b|\blast(?=\s*\()/g;
const blank = /\/\/[^\n]*|\s+/y;
const tableHead = /(?:Logs|Spans|Metrics|source)\s*(?:\||;|$)|let\s|declare\s|set\s|union\s/y;
const operatorHead = /(?:\||where\s|filter\s)/y;
/** What a guard's expression is to the binder: it may be of any type. */
export const guardHead = 'source | extend value = ';

export function prepare(text: string, mode: CompileMode): Source {
  const prefix = mode === 'filter' || mode === 'targets' ? prefixOf(text) : mode === 'guard' ? guardHead : '';
  const full = prefix + text.replace(lexeme, (found) => (found.startsWith('invoke') ? found.slice(0, -sampleAlias.length) + sampleAlias : found === 'last' && mode === 'guard' ? lastAlias : found));
  return { text, full, shift: prefix.length };
}

/** The text starts with a table, `let` or the like. */
export function startsQuery(text: string): boolean {
  const start = skipBlank(text);
  tableHead.lastIndex = start;
  return start < text.length && tableHead.test(text);
}

/** The text starts with a pipe or `where`. */
export function startsOperator(text: string): boolean {
  operatorHead.lastIndex = skipBlank(text);
  return operatorHead.test(text);
}

function prefixOf(text: string): string {
  if (startsQuery(text)) return '';
  if (startsOperator(text)) return text[skipBlank(text)] === '|' ? 'source ' : 'source | ';
  return 'source | where ';
}

/** Index of the first character that is neither white space nor comment. */
export function skipBlank(text: string): number {
  let at = 0;
  for (;;) {
    blank.lastIndex = at;
    const found = blank.exec(text);
    if (found === null || found[0] === '') return at;
    at += found[0].length;
  }
}

/** An offset of the parser's text in the person's text. */
export function toText(source: Source, offset: number): number { return Math.max(0, Math.min(source.text.length, offset - source.shift)); }

/** The person's spelling in something that the parser said. */
export function unalias(said: string): string { return said.replaceAll(sampleAlias, 'sample').replaceAll(lastAlias, 'last'); }
