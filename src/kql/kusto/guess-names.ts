// Which words of a text look like names that no table has, before anything is bound: binding a query of forty lines takes some 30 ms,
// and a good guess saves doing it a second time. A wrong guess costs nothing: only names that the bound text refers to are kept.
import { aggregateByName } from '../catalogue/aggregates.ts';
import { functionByName } from '../catalogue/functions.ts';
import { operatorByName } from '../catalogue/operators.ts';
import { binaryByName, listByName } from '../catalogue/scalar-operators.ts';
import type { TableDefinition } from '../catalogue/tables.ts';
import { unquote } from '../unquote.ts';
import { lexemes, type Lexeme } from './lexemes.ts';

const words = new Set(['by', 'and', 'or', 'not', 'let', 'in', 'has', 'true', 'false', 'asc', 'desc', 'nulls', 'first', 'last', 'with', 'to', 'typeof', 'dynamic', 'kind', 'matches', 'regex', 'null', 'limit', 'view']);
const grammar = (word: string): boolean => words.has(word) || operatorByName.has(word) || binaryByName.has(word) || listByName.has(word) || functionByName.has(word) || aggregateByName.has(word);

/** In order of appearance. */
export function guessNames(full: string, tables: readonly TableDefinition[]): readonly string[] {
  const known = new Set(tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]));
  const all = lexemes(full);
  const declared = new Set(all.flatMap((lexeme, i) => (declares(all, i) ? [lexeme.text] : [])));
  const found = new Set<string>();
  all.forEach((lexeme, i) => {
    const name = nameAt(all, i, lexeme);
    if (name !== null && !known.has(name) && !declared.has(name)) found.add(name);
  });
  return [...found];
}

/** `name = …` (extend, let, a named argument), `name: type`, and `withsource=name`. What parse names is found when the text is bound. */
function declares(all: readonly Lexeme[], i: number): boolean {
  if (all[i]!.kind !== 'word') return false;
  const [before, sign] = [all[i - 2]?.text, all[i - 1]?.text];
  return all[i + 1]?.text === '=' || all[i + 1]?.text === ':' || (sign === '=' && (before === 'withsource' || before === 'with_itemindex'));
}

function nameAt(all: readonly Lexeme[], i: number, { text, kind }: Lexeme): string | null {
  const before = all[i - 1]?.text;
  const after = all[i + 1]?.text;
  if (kind === 'string') return before === '[' && after === ']' && !indexes(all[i - 2]) ? unquote(text) : null;
  if (kind !== 'word' || !/^[A-Za-z_]\w*$/.test(text) || before === '.' || after === '(' || before === '[' || grammar(text)) return null;
  return text;
}

/** What stands in front of `[…]` is a value, so this is an index and no name. */
const indexes = (lexeme: Lexeme | undefined): boolean => lexeme !== undefined && (lexeme.text === ']' || lexeme.text === ')' || (lexeme.kind === 'word' && !grammar(lexeme.text)));
