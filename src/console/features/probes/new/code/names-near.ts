// Names that can be read at a line, for completion: those of the blocks around it that come before it, the nearest first. A guess by the
// text alone; the agent checks what is read.
import { literal, tokensOf } from './tokens.ts';

const [mostTokens, mostNames] = [4000, 30];
const words: ReadonlySet<string> = new Set('as async await break case catch class const continue default delete do else enum export extends false finally for from function get if implements import in instanceof interface let new null of private public readonly return set static super switch this throw true try type typeof undefined var void while with yield any boolean number object string unknown never'.split(' '));

/** `line` from 1. No types, no functions that are only called, no properties. */
export function namesNear(code: string, line: number): readonly string[] {
  const tokens = tokensOf(code);
  const names = new Set<string>();
  let closed = 0;
  const last = tokens.findLastIndex(token => token.line < line);
  for (let at = last; at >= 0 && last - at < mostTokens && names.size < mostNames; at--) {
    const text = tokens[at]?.text ?? '';
    if (text === '}') closed++;
    else if (text === '{') closed = Math.max(0, closed - 1);
    else if (closed === 0 && isValue(text, tokens[at - 1]?.text ?? '', tokens[at + 1]?.text ?? '')) names.add(text);
  }
  return [...names];
}

const isValue = (text: string, before: string, after: string): boolean => text !== literal && /^[\p{Ll}$_]/u.test(text) && !words.has(text) && before !== '.' && before !== '?.' && after !== '(' && !['function', 'import', 'from', 'class', 'interface', 'type'].includes(before);

/** Whole texts to offer for `typed`, a list with commas: what stands before its last part, and a name that begins like that part. */
export function completionsOf(typed: string, names: readonly string[]): readonly string[] {
  const [, head = '', part = ''] = /^(.*,\s*)?([^,]*)$/s.exec(typed) ?? [];
  const taken = new Set(head.split(',').map(each => each.trim()));
  return names.filter(name => name.startsWith(part.trim()) && name !== part.trim() && !taken.has(name)).map(name => `${head}${name}`);
}
