// KQL that names an event or a field by what it is called now, made to follow renames: `EventName == "x"` becomes `event("x")` at its place,
// `Attributes["x"]` becomes `field("x")`, and all else stays as it is written. Only where that surely means the same: a comparison stands alone
// between conditions.
import { lexemes, type Lexeme } from './kusto/lexemes.ts';
import { kqlString } from './literals.ts';
import { isMinedId } from './names.ts';
import { reservedWords } from './reserved-words.ts';
import { unquote } from './unquote.ts';

interface Edit { readonly start: number; readonly end: number; readonly text: string }

const columns: ReadonlySet<string> = new Set(['EventName', 'DurableId']);
/** What may stand in front of a condition and behind it, so that the comparison is the whole of it. */
const opens: ReadonlySet<string> = new Set(['(', ',', 'where', 'filter', 'and', 'or']);
const closes: ReadonlySet<string> = new Set([')', ',', '|', ';', 'and', 'or']);

/** Null when nothing in the text names the event in a way that can be made to follow. */
export function followName(kql: string, name: string): string | null {
  const words = lexemes(kql);
  // A query that makes a column of such a name means that one from there on.
  if (words.some((word, i) => columns.has(word.text) && words[i + 1]?.text === '=')) return null;
  return edited(kql, words.flatMap((word, i) => (columns.has(word.text) && word.kind === 'word' ? editAt(words, i, name) ?? [] : [])));
}

/** Every event that the text names in a way that can be made to follow; null when there is none. Ids of templates follow by themselves. */
export function followingAll(kql: string): string | null {
  const names = new Set(lexemes(kql).flatMap(({ kind, text }) => (kind === 'string' ? unquote(text) ?? [] : [])));
  const followed = [...names].filter((name) => name !== '' && !isMinedId(name)).reduce((text, name) => followName(text, name) ?? text, kql);
  return followed === kql ? null : followed;
}

/** Null when nothing in the text reads the attribute by its key. A column that the text gives no name is called by what it is worked out from, which
 *  changes: `made`, the columns of the Plan's extend, project and summarize in order, says what each is to be called on. Without them, whoever
 *  takes the text looks whether it still means the same. */
export function followField(kql: string, key: string, made: readonly string[] = []): string | null {
  const words = lexemes(kql);
  if (words.some((word, i) => word.text === 'Attributes' && words[i + 1]?.text === '=')) return null;
  const edits = words.flatMap((word, i) => (word.text === 'Attributes' && word.kind === 'word' && words[i - 1]?.text !== '.' ? fieldEdit(words, i, key) ?? [] : []));
  const items = itemsOf(words);
  const named = items.length !== made.length ? [] : items.flatMap(({ start, end, isNamed }, i): Edit[] => (isNamed || !edits.some((edit) => edit.start >= start && edit.end <= end) ? [] : [{ start, end: start, text: `${columnName(made[i]!)} = ` }]));
  return edited(kql, [...named, ...edits].sort((a, b) => a.start - b.start || a.end - b.end));
}

const makes: ReadonlySet<string> = new Set(['extend', 'project', 'summarize']);
const columnName = (name: string): string => (/^[a-z_]\w*$/i.test(name) && !reservedWords.has(name) ? name : `[${kqlString(name)}]`);

interface Item { readonly start: number; readonly end: number; readonly isNamed: boolean }

/** What the pipe's operators make columns of, in order. */
function itemsOf(words: readonly Lexeme[]): Item[] {
  const items: Item[] = [];
  let open: number | null = null;
  const close = (behind: number): void => {
    if (open !== null && open < behind) items.push({ start: words[open]!.start, end: words[behind - 1]!.end, isNamed: words[open + 1]?.text === '=' || (words[open]!.text === '[' && words[open + 3]?.text === '=') });
    open = null;
  };
  words.forEach(({ text, depth, kind }, i) => {
    if (depth > 0 || kind === 'string') return;
    const wasOpen = open !== null;
    if (text === '|' || text === ';' || (wasOpen && (text === ',' || text === 'by'))) close(i);
    if ((words[i - 1]?.text === '|' && makes.has(text)) || (wasOpen && (text === ',' || text === 'by'))) open = i + 1;
  });
  close(words.length);
  return items;
}

/** `Attributes["x"]`, `Attributes.x`. */
function fieldEdit(words: readonly Lexeme[], at: number, key: string): Edit | null {
  const [column, open, name, close] = [words[at]!, words[at + 1], words[at + 2], words[at + 3]];
  const end = open?.text === '.' && name?.kind === 'word' && name.text === key ? name.end
    : open?.text === '[' && name !== undefined && isName(name, key) && close?.text === ']' ? close.end : null;
  return end === null ? null : { start: column.start, end, text: `field(${kqlString(key)})` };
}

function edited(kql: string, edits: readonly Edit[]): string | null {
  return edits.length === 0 ? null : edits.reduceRight((text, { start, end, text: now }) => text.slice(0, start) + now + text.slice(end), kql);
}

/** The comparison that the column at `at` stands in. */
function editAt(words: readonly Lexeme[], at: number, name: string): Edit | null {
  const [literal, before, column, operator, value] = [words[at - 2], words[at - 1], words[at]!, words[at + 1], words[at + 2]];
  if (isEquality(before) && literal !== undefined && isName(literal, name)) return isAlone(words, at - 2, at) ? { start: literal.start, end: column.end, text: says(before.text === '!=', name) } : null;
  if (isEquality(operator) && value !== undefined && isName(value, name)) return isAlone(words, at, at + 2) ? { start: column.start, end: value.end, text: says(operator.text === '!=', name) } : null;
  return operator?.text === 'in' || operator?.text === '!in' ? listEdit(words, at, name) : null;
}

/** `EventName in ("a", "x")`: the others stay in the list. */
function listEdit(words: readonly Lexeme[], at: number, name: string): Edit | null {
  const items: Lexeme[] = [];
  let i = at + 3;
  for (; words[i]?.kind === 'string'; i += 2) {
    items.push(words[i]!);
    if (words[i + 1]?.text !== ',') { i++; break; }
  }
  const rest = items.filter((item) => !isName(item, name));
  if (words[at + 2]?.text !== '(' || words[i]?.text !== ')' || rest.length === items.length || !isAlone(words, at, i)) return null;
  const not = words[at + 1]!.text === '!in';
  const [start, end, alone] = [words[at]!.start, words[i]!.end, says(not, name)];
  if (rest.length === 0) return { start, end, text: alone };
  return { start, end, text: `(${alone} ${not ? 'and' : 'or'} ${words[at]!.text} ${words[at + 1]!.text} (${rest.map(({ text }) => text).join(', ')}))` };
}

const says = (not: boolean, name: string): string => (not ? `not(event(${kqlString(name)}))` : `event(${kqlString(name)})`);
const isEquality = (word: Lexeme | undefined): word is Lexeme => word?.text === '==' || word?.text === '!=';
const isName = (word: Lexeme, name: string): boolean => word.kind === 'string' && unquote(word.text) === name;

function isAlone(words: readonly Lexeme[], first: number, last: number): boolean {
  const [before, behind] = [words[first - 1], words[last + 1]];
  return (before === undefined || (before.kind !== 'string' && opens.has(before.text))) && (behind === undefined || (behind.kind !== 'string' && closes.has(behind.text)));
}
