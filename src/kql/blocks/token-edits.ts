// The smallest edits that make one piece of KQL say what another says: words that stay keep their place, their layout and the comments
// between them. So a form can rewrite a body of many lines and leave its comments alone.
import type { TextEdit } from '../../model/index.ts';
import { lexemes, type Lexeme } from '../kusto/lexemes.ts';

/** Beyond this the table of common words costs more than comments are worth; the whole is replaced. */
const maxLexemes = 1500;

/** Edits within `[start, end)` of `text`, in order, without overlap; none when only layout would differ. */
export function tokenEdits(text: string, start: number, end: number, wanted: string): readonly TextEdit[] {
  const written = text.slice(start, end);
  const before = lexemes(written);
  const after = lexemes(wanted);
  if (before.length === 0 || Math.max(before.length, after.length) > maxLexemes) return whole(written, start, end, wanted);
  const edits = hunks(before, after).map((hunk) => hunkEdit(written, before, wanted, after, hunk, start));
  return same(applied(written, edits, start), after) ? edits : whole(written, start, end, wanted);
}

const whole = (written: string, start: number, end: number, wanted: string): readonly TextEdit[] => (written === wanted ? [] : [{ start, end, text: wanted }]);

/** Words `from` to `to` of the one become words `newFrom` to `newTo` of the other. */
interface Hunk { readonly from: number; readonly to: number; readonly newFrom: number; readonly newTo: number }

function hunks(before: readonly Lexeme[], after: readonly Lexeme[]): readonly Hunk[] {
  const found: Hunk[] = [];
  let [from, newFrom] = [0, 0];
  for (const [at, newAt] of [...common(before, after), [before.length, after.length] as const]) {
    if (at > from || newAt > newFrom) found.push({ from, to: at, newFrom, newTo: newAt });
    [from, newFrom] = [at + 1, newAt + 1];
  }
  return found;
}

/** Pairs of places of a longest common subsequence of words. */
function common(before: readonly Lexeme[], after: readonly Lexeme[]): readonly (readonly [number, number])[] {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const [down, right] = [lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!];
      lengths[i * width + j] = before[i]!.text === after[j]!.text ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(down, right);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i]!.text === after[j]!.text) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return pairs;
}

/** New words bring the white space around them, unless what stands there now is more than spaces: a line break or a comment stays. */
function hunkEdit(written: string, before: readonly Lexeme[], wanted: string, after: readonly Lexeme[], { from, to, newFrom, newTo }: Hunk, shift: number): TextEdit {
  const edit = (start: number, end: number, text: string): TextEdit => ({ start: start + shift, end: end + shift, text });
  const [previous, next] = [before[from - 1], before[to]];
  const lastEnd = before[to - 1]?.end ?? 0;
  if (newTo === newFrom) {
    const [left, right] = [after[newFrom - 1], after[newFrom]];
    if (previous !== undefined && next !== undefined && left !== undefined && right !== undefined && isSpace(written, previous.end, before[from]!.start) && isSpace(written, lastEnd, next.start)) return edit(previous.end, next.start, wanted.slice(left.end, right.start));
    const start = previous !== undefined && isSpace(written, previous.end, before[from]!.start) ? previous.end : before[from]!.start;
    return edit(start, lastEnd, '');
  }
  const [firstNew, lastNew] = [after[newFrom]!, after[newTo - 1]!];
  const headEnd = to > from ? before[from]!.start : (next?.start ?? lastEnd);
  const takesHead = previous !== undefined && isSpace(written, previous.end, headEnd);
  const takesTail = next !== undefined && isSpace(written, to > from ? lastEnd : (previous?.end ?? 0), next.start);
  const start = takesHead || (to === from && previous !== undefined) ? previous.end : headEnd;
  const end = takesTail ? next.start : to > from ? lastEnd : start;
  const text = wanted.slice(start === previous?.end ? (after[newFrom - 1]?.end ?? 0) : firstNew.start, takesTail || (to === from && previous === undefined) ? (after[newTo]?.start ?? lastNew.end) : lastNew.end);
  return edit(start, end, text);
}

const isSpace = (text: string, start: number, end: number): boolean => /^[ \t]*$/.test(text.slice(start, end));

function applied(written: string, edits: readonly TextEdit[], shift: number): string {
  return edits.reduceRight((text, { start, end, text: replacement }) => text.slice(0, start - shift) + replacement + text.slice(end - shift), written);
}

/** Removing a word may let two others run together; then their words are no longer the wanted ones. */
function same(result: string, wanted: readonly Lexeme[]): boolean {
  const found = lexemes(result);
  return found.length === wanted.length && found.every(({ text }, i) => text === wanted[i]!.text);
}
