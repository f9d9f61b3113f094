// `parse`: a pattern of texts, typed columns and gaps, compiled once, then run on one string after the other.
// The pattern covers the whole string. Semantics: Kusto reference, "parse operator".
import type { KqlType, Operator, ParsePart } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { CompileError } from '../expr/index.ts';
import { compileRegexParse } from './parse-regex.ts';
import { compileTextParse } from './parse-text.ts';

type ParseMode = Extract<Operator, { op: 'parse' }>['mode'];
export type ParseColumn = Extract<ParsePart, { part: 'column' }>;

/**
 * One value per column of the pattern, in order; null when the text is not of this form (then every column is null). A text too
 * long for a pattern of kind regex is not of its form either, and a shortfall.
 */
export type Parser = (text: string) => readonly Value[] | null;

/** The columns that the pattern makes, in order. */
export const parsedColumns = (parts: readonly ParsePart[]): readonly { readonly name: string; readonly type: KqlType }[] =>
  parts.filter((part) => part.part === 'column');

/**
 * `simple` and `relaxed` look for the texts as they stand, first occurrence first, without going back; `regex` takes them as RE2
 * patterns with `flags` (of i, m, s, U). Strict modes fail the whole text when a column's type does not fit; `relaxed` nulls
 * that column. Throws CompileError for a pattern that cannot be run.
 */
export function compileParse(parts: readonly ParsePart[], mode: ParseMode, flags = ''): Parser {
  checkNames(parts);
  return mode === 'regex' ? compileRegexParse(parts, flags) : compileTextParse(parts, mode === 'relaxed');
}

function checkNames(parts: readonly ParsePart[]): void {
  const names = parsedColumns(parts).map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new CompileError(`parse makes the column ${twice} twice.`, 'Give each column of the pattern a name of its own.');
}
