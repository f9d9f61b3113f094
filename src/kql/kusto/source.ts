// The text as the parser must see it. A bare predicate gets a table in front; the sink `sample` gets a name that is no keyword.
// Offsets are converted back, so that people see positions in their own text.
import type { CompileMode } from '../language.ts';

/** Microsoft's lexer takes `sample` as the operator even after `invoke`; this name of equal length stands for the sink. */
export const sampleAlias = 'samplE';

export interface Source {
  /** What the person wrote. */
  readonly text: string;
  /** What the parser reads. */
  readonly full: string;
  /** Length of what was put in front. */
  readonly shift: number;
}

/** Comments and strings (which hide everything), or the sink in question. */
const lexeme = /\/\/[^\n]*|```[\s\S]*?```|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\binvoke\s+sample\b/g;
const blank = /\/\/[^\n]*|\s+/y;
const tableHead = /(?:Logs|Spans|Metrics|source)\s*(?:\||;|$)|let\s|declare\s|set\s/y;
const operatorHead = /(?:\||where\s|filter\s)/y;

export function prepare(text: string, mode: CompileMode): Source {
  const prefix = mode === 'filter' ? prefixOf(text) : '';
  const full = prefix + text.replace(lexeme, (found) => (found.startsWith('invoke') ? found.slice(0, -sampleAlias.length) + sampleAlias : found));
  return { text, full, shift: prefix.length };
}

function prefixOf(text: string): string {
  const start = skipBlank(text);
  tableHead.lastIndex = start;
  if (start < text.length && tableHead.test(text)) return '';
  operatorHead.lastIndex = start;
  if (operatorHead.test(text)) return text[start] === '|' ? 'source ' : 'source | ';
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
export function unalias(said: string): string { return said.replaceAll(sampleAlias, 'sample'); }
