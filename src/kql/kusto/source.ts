// The text as the parser must see it. A bare predicate gets a table in front; the sink `sample` and the guard function `last` get names
// that are no keywords. Offsets are converted back, so that people see positions in their own text.
import type { CompileMode } from '../language.ts';

/** Microsoft's lexer takes `sample` as the operator even after `invoke`, and `last` as a keyword; names of equal length stand for them. */
export const sampleAlias = 'samplE';
export const lastAlias = 'lasT';

/** Names that break the library's dictionaries, which are plain objects; names of equal length stand for them as well. */
const troubled: ReadonlyMap<string, string> = new Map([['hasOwnProperty', 'hasOwnPropertY'], ['__proto__', '__protO__']]);
const troubledNames = /\b(?:hasOwnProperty|__proto__)\b/g;
const troubledPlace = /^(?:\[\s*)?["']?(?:hasOwnProperty|__proto__)\b/;

/** A column's name as the parser may know it. */
export const aliased = (name: string): string => troubled.get(name) ?? name;
const isStandIn = (name: string): boolean => [...troubled.values()].includes(name);

/** What came of such names in the text or among the columns, as the person knows them: any JSON, a Plan say. */
export function restored<T>(value: T, { full }: Source, columns: readonly string[]): T {
  return [...troubled.values()].some((name) => full.includes(name)) || columns.some(isStandIn) ? JSON.parse(unalias(JSON.stringify(value))) as T : value;
}

export interface Source {
  /** What the person wrote. */
  readonly text: string;
  /** What the parser reads. */
  readonly full: string;
  /** Length of what was put in front. */
  readonly shift: number;
}

/** Comments and strings (which hide everything), or the names in question. */
const lexeme = /\/\/[^\n]*|\[\s*(?:"(?:hasOwnProperty|__proto__)"|'(?:hasOwnProperty|__proto__)')\s*\]|(?:"(?:hasOwnProperty|__proto__)"|'(?:hasOwnProperty|__proto__)')(?=\s*:)|\b(?:hasOwnProperty|__proto__)\b|```[\s\S]*?```|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\binvoke\s+sample\b|\blast(?=\s*\()/g;
const blank = /\/\/[^\n]*|\s+/y;
const tableHead = /(?:Logs|Spans|Metrics|source)\s*(?:\||;|$)|let\s|declare\s|set\s|union\s/y;
const operatorHead = /(?:\||where\s|filter\s)/y;
/** What a guard's expression is to the binder: it may be of any type. */
export const guardHead = 'source | extend value = ';

export function prepare(text: string, mode: CompileMode): Source {
  const prefix = mode === 'filter' || mode === 'targets' ? prefixOf(text) : mode === 'guard' ? guardHead : '';
  const full = prefix + text.replace(lexeme, (found) => (troubledPlace.test(found) ? found.replace(troubledNames, aliased) : found.startsWith('invoke') ? found.slice(0, -sampleAlias.length) + sampleAlias : found === 'last' && mode === 'guard' ? lastAlias : found));
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
export function unalias(said: string): string { return said.replaceAll(sampleAlias, 'sample').replaceAll(lastAlias, 'last').replaceAll('hasOwnPropertY', 'hasOwnProperty').replaceAll('__protO__', '__proto__'); }
