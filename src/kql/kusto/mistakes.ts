// Mistakes that people bring from other languages. The parser stumbles over each of them several times, far from the cause; these say it once.
import { binaryByName, listByName } from '../catalogue/scalar-operators.ts';
import { aggregateByName } from '../catalogue/aggregates.ts';
import { functionByName } from '../catalogue/functions.ts';
import { insteadOfOperator, operatorByName } from '../catalogue/operators.ts';
import { unquote } from '../unquote.ts';
import type { CompileMode } from '../language.ts';
import { insertAt, replaceWith, type Fix } from './fixes.ts';
import { from, type Lexeme } from './lexemes.ts';
import { guardHead } from './source.ts';
import type { KustoDiagnostic } from './port.ts';

/** Offsets are the parser's. */
export interface Mistake { readonly start: number; readonly end: number; readonly code: string; readonly message: string; readonly help: string; readonly fixes: readonly Fix[] }
/** What lies between two pipes, or between a forgotten pipe and the next. */
export interface Region { readonly start: number; readonly mistake: Mistake | undefined }

const expected = 'KS005';
const mustBeFirst = 'KS174';
const lowerCase = new Set(['and', 'or', 'not', 'by', 'between', ...binaryByName.keys(), ...listByName.keys()]);
const comparing = new Set(['where', 'filter']);
const naming = new Set(['extend', 'project', 'summarize', 'distinct', 'sort', 'order', 'top']);

export function regionsOf(full: string, all: readonly Lexeme[], diagnostics: readonly KustoDiagnostic[], mode: CompileMode): readonly Region[] {
  const pipeless = new Set(diagnostics.filter(({ Code }) => Code === expected || Code === mustBeFirst).map(({ Start }) => from(all, Start)).filter((lexeme) => lexeme !== undefined && isOperator(all, lexeme)));
  const found: { start: number; lexemes: Lexeme[]; mistake?: Mistake }[] = [{ start: 0, lexemes: [] }];
  for (const lexeme of all) {
    if (pipeless.has(lexeme)) found.push({ start: lexeme.start, lexemes: [], mistake: missingPipe(lexeme) });
    else if (lexeme.text === '|' || lexeme.text === ';') found.push({ start: lexeme.start, lexemes: [] });
    found.at(-1)!.lexemes.push(lexeme);
  }
  const errors = new Set(diagnostics.map(({ Start }) => Start));
  return found.map(({ start, lexemes, mistake }, i) => {
    const around: Around = { full, lexemes, errors, guard: mode === 'guard', piped: found[i + 1]?.lexemes[0]?.text === '|' };
    return { start, mistake: mistake ?? firstMistake(around) ?? (errors.size === 0 ? undefined : openBracket(around)) };
  });
}

/** A name of an operator that is used as one: not the first word, not a call, not compared. */
function isOperator(all: readonly Lexeme[], lexeme: Lexeme): boolean {
  const next = all[all.indexOf(lexeme) + 1];
  return lexeme !== all[0] && lexeme.kind === 'word' && operatorByName.has(lexeme.text) && next?.text !== '(' && next?.text !== '==';
}

function missingPipe({ start, end, text }: Lexeme): Mistake {
  return { start, end, code: 'weir/missing-pipe', message: 'An operator starts with |.', help: `Write | ${text} …`, fixes: [insertAt(start, '| ', `Write | ${text}`)] };
}

interface Around { readonly full: string; readonly lexemes: readonly Lexeme[]; readonly errors: ReadonlySet<number>; readonly guard: boolean;
  /** Another operator follows. */
  readonly piped: boolean;
}

/** A round bracket that is still open where the next operator begins. Only union and let have pipes in brackets. */
function openBracket({ lexemes, piped }: Around): Mistake | undefined {
  const operator = lexemes.find(({ kind }) => kind === 'word')?.text ?? '';
  const last = lexemes.at(-1);
  const open = lexemes.reduce((sum, { text }) => sum + (text === '(' ? 1 : text === ')' ? -1 : 0), 0);
  if (!piped || last === undefined || open < 1 || lexemes[0]?.text !== '|' || !(comparing.has(operator) || naming.has(operator)) || lexemes.some(({ text }) => text === 'toscalar')) return undefined;
  return { start: last.end, end: last.end, code: 'weir/bracket', message: 'A bracket is not closed: ) is missing.', help: 'Write ) where it ends.', fixes: [insertAt(last.end, ')'.repeat(open))] };
}

function firstMistake(around: Around): Mistake | undefined {
  const keyword = around.lexemes.find(({ kind }) => kind === 'word');
  const operator = keyword?.text ?? '';
  const unsupported = around.lexemes[0]?.text === '|' && keyword === around.lexemes[1] ? insteadOfOperator[operator] : undefined;
  if (unsupported !== undefined && keyword !== undefined && around.lexemes.some(({ start }) => around.errors.has(start))) return { start: keyword.start, end: keyword.end, code: 'weir/operator', message: `Weir does not run the operator ${operator}.`, help: unsupported, fixes: [] };
  for (const [i, lexeme] of around.lexemes.entries()) {
    // All of a guard is a condition, but for the head that we put in front of it.
    const mistake = mistakeAt(around, i, lexeme, around.guard && lexeme.start >= guardHead.length ? 'where' : operator);
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}

function mistakeAt({ full, lexemes, errors }: Around, i: number, lexeme: Lexeme, operator: string): Mistake | undefined {
  const { start, end, text, kind, depth } = lexeme;
  const at = (code: string, message: string, help: string, ...fixes: readonly Fix[]): Mistake => ({ start, end, code, message, help, fixes });
  if (kind === 'open-string') return errors.size === 0 ? undefined : at('weir/open-string', 'This string has no end.', `Close it with ${text[0]} on the same line.`, closeString(full, lexeme));
  if (kind === 'string' && errors.size > 0 && unquote(text) === null) return at('weir/escape', 'A backslash in this string starts an escape that means nothing.', `For a backslash write \\\\, or put @ in front of the quotes: @${text}.`, insertAt(start, '@', `Write @${text}`));
  if (kind === 'word' && text !== text.toLowerCase() && lowerCase.has(text.toLowerCase()) && errors.has(start)) return at('weir/lower-case', lowerCaseRule(text), `Write ${text.toLowerCase()}.`, replaceWith(lexeme, text.toLowerCase()));
  if (kind !== 'sign') return undefined;
  if (text === '&&' || text === '||') { const word = text === '&&' ? 'and' : 'or'; return at('weir/logic-sign', `KQL has no ${text}.`, `Write ${word}.`, replaceWith(lexeme, spaced(full, lexeme, word), `Write ${word}`)); }
  if (text === '===') return at('weir/equals', 'KQL compares with two signs, ==.', `Write ${sides(lexemes, i)}.`, replaceWith(lexeme, '=='));
  if (text.startsWith('!') && /^!\w*$/.test(text) && errors.has(start) && !binaryByName.has(text) && !listByName.has(text) && text !== '!between') return at('weir/negation', '! does not negate a value.', `Write not(${text.slice(1) || '…'}).`, ...negation(lexemes, i));
  if (text === '=' && (comparing.has(operator) || (naming.has(operator) && depth > (lexemes.find((one) => one.kind === 'word')?.depth ?? 0))) && !namesArgument(full, lexemes, i)) return at('weir/equals', '= gives a name; to compare, write ==.', `Write ${sides(lexemes, i)}.`, replaceWith(lexeme, '=='));
  return undefined;
}

/** `f(y = 1)` of a function that let named gives the argument's name. */
function namesArgument(full: string, lexemes: readonly Lexeme[], i: number): boolean {
  let at = i - 1;
  for (let open = 0; at >= 0 && (open > 0 || lexemes[at]!.text !== '('); at--) open += lexemes[at]!.text === ')' ? 1 : lexemes[at]!.text === '(' ? -1 : 0;
  const name = lexemes[at - 1];
  return name?.kind === 'word' && !functionByName.has(name.text) && !aggregateByName.has(name.text) && new RegExp(`\\blet\\s+${name.text}\\s*=`).test(full);
}

/** The quote belongs where the words of the line end. */
function closeString(full: string, { end, text }: Lexeme): Fix {
  const trailing = /\s*$/.exec(full.slice(0, end))?.[0].length ?? 0;
  return insertAt(end - trailing, text[0]!, `Close it with ${text[0]}`);
}

/** A word needs room where a sign needed none. */
const spaced = (full: string, { start, end }: Lexeme, word: string): string => `${/\s/.test(full[start - 1] ?? ' ') ? '' : ' '}${word}${/\s/.test(full[end] ?? ' ') ? '' : ' '}`;

/** `!x` and `!f(x)` with not(…) around what is negated. */
function negation(lexemes: readonly Lexeme[], i: number): readonly Fix[] {
  const sign = lexemes[i]!;
  const attached = sign.text.length > 1;
  const first = attached ? i : i + 1;
  let last = first;
  if (lexemes[last + 1]?.text === '(') last = lexemes.findIndex(({ text, depth }, at) => at > last + 1 && text === ')' && depth === sign.depth);
  const end = lexemes[last];
  if (end === undefined || (!attached && (lexemes[first]?.kind !== 'word' || lexemes[first].start !== sign.end))) return [];
  return [{ title: 'Write not(…)', edits: [{ start: sign.start, end: sign.start + 1, text: 'not(' }, { start: end.end, end: end.end, text: ')' }] }];
}

function lowerCaseRule(word: string): string {
  return /^(and|or|not|in)$/i.test(word) ? 'KQL writes and, or, not, in in lower case.' : `KQL writes ${word.toLowerCase()} in lower case.`;
}

/** The comparison around the sign at `i` as it should be: names, dots and indexes on its left, one value on its right. */
function sides(lexemes: readonly Lexeme[], i: number): string {
  let first = i;
  let inIndex = false;
  while (first > 0) {
    const { text, kind } = lexemes[first - 1]!;
    if (text === ']') inIndex = true;
    if (!inIndex && kind !== 'word' && text !== '.') break;
    const joins = first === i || inIndex || text === '.' || ['.', '['].includes(lexemes[first]!.text);
    if (!joins) break;
    if (text === '[') inIndex = false;
    first--;
  }
  const left = lexemes.slice(first, i).map(({ text }) => text).join('');
  const right = lexemes[i + 1];
  return `${left === '' ? '…' : left} == ${right === undefined || right.kind === 'sign' ? '…' : right.text}`;
}
