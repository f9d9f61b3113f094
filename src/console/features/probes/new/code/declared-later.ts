// Names that have no value yet at a line: `let`, `const` and `class` of the same function that stand at the line or after it. What cannot be
// told for sure (another function runs at its own time) is left out.
import { literal, tokensOf, type Token } from './tokens.ts';

interface Scope { readonly isFunction: boolean; /** Name to line. */ readonly declared: Map<string, number> }
export interface Later { readonly name: string; /** Where it is declared, from 1. */ readonly line: number }

/** `expressions` as somebody would read them at `line` (from 1) of `code`. */
export function declaredLater(code: string, line: number, expressions: readonly string[]): readonly Later[] {
  const names = [...new Set(expressions.flatMap(namesIn))];
  if (names.length === 0) return [];
  const scopes = scopesAt(tokensOf(code), line);
  return names.flatMap((name) => {
    const declared = scopes.find((scope) => scope.declared.has(name))?.declared.get(name);
    return declared !== undefined && declared >= line ? [{ name, line: declared }] : [];
  });
}

/** Names that an expression reads: no properties, no keys. */
export function namesIn(expression: string): readonly string[] {
  const tokens = tokensOf(expression);
  return tokens.filter(({ text }, at) => isName(text) && !['.', '?.'].includes(textAt(tokens, at - 1)) && !(textAt(tokens, at + 1) === ':' && ['{', ','].includes(textAt(tokens, at - 1)))).map(({ text }) => text);
}

const textAt = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? '';
const isName = (text: string): boolean => text !== literal && /^[\p{ID_Start}$_]/u.test(text);
const controls: ReadonlySet<string> = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'await']);
const beforeBlock: ReadonlySet<string> = new Set(['else', 'do', 'try', 'finally', 'catch', ';', '{', ':', '']);

/** Blocks around the line, from the innermost to the body of its function, with all that is declared in them, also after the line. */
function scopesAt(tokens: readonly Token[], line: number): readonly Scope[] {
  const program: Scope = { isFunction: true, declared: new Map() };
  const open: Scope[] = [program];
  const brackets: number[] = [];
  let [around, control, declaring]: [readonly Scope[] | null, boolean, number | null] = [null, false, null];
  for (let at = 0; at < tokens.length; at++) {
    const { text, line: here } = tokens[at]!;
    if (around === null && here >= line) around = chainOf(open);
    const depth = open.length + brackets.length;
    if (text === '(' || text === '[') brackets.push(at);
    else if (text === ')' || text === ']') control = controls.has(textAt(tokens, (brackets.pop() ?? 0) - 1));
    else if (text === '{') open.push({ isFunction: !isBlock(textAt(tokens, at - 1), control), declared: new Map() });
    else if (text === '}') { if (open.length > 1) open.pop(); } else if (text === ';') declaring = null;
    else if (begins(tokens, at) || (text === ',' && declaring === depth)) {
      for (const name of boundAt(tokens, at + 1)) open.at(-1)!.declared.set(name, here);
      declaring = text === 'class' ? null : depth;
    }
  }
  return around ?? chainOf(open);
}

/** Of the innermost function. */
function chainOf(open: readonly Scope[]): readonly Scope[] {
  const from = open.findLastIndex(({ isFunction }) => isFunction);
  return open.slice(Math.max(0, from)).toReversed();
}

const isBlock = (before: string, afterControl: boolean): boolean => (before === ')' ? afterControl : beforeBlock.has(before));

/** What follows is declared in this block; not in the head of a `for`, not as a property. */
function begins(tokens: readonly Token[], at: number): boolean {
  const [before, text, after] = [textAt(tokens, at - 1), textAt(tokens, at), textAt(tokens, at + 1)];
  return (text === 'let' || text === 'const' || text === 'class') && !['(', '.', '?.', '='].includes(before) && after !== 'enum' && (isName(after) || (text !== 'class' && (after === '{' || after === '[')));
}

/** A name, or those of a pattern. */
function boundAt(tokens: readonly Token[], from: number): readonly string[] {
  const first = textAt(tokens, from);
  if (first !== '{' && first !== '[') return isName(first) ? [first] : [];
  const names: string[] = [];
  for (let [at, depth] = [from, 0]; at < tokens.length; at++) {
    const text = textAt(tokens, at);
    if (text === '{' || text === '[' || text === '(') depth++;
    else if (text === '}' || text === ']' || text === ')') { if (--depth === 0) break; } else if (isName(text) && ['{', '[', ',', ':', '...'].includes(textAt(tokens, at - 1)) && [',', '}', ']', '='].includes(textAt(tokens, at + 1))) names.push(text);
  }
  return names;
}
