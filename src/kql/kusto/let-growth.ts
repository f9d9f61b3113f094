// How often names of `let` stand in a text once each is written out: a name that stands twice in the next one doubles at every step,
// and the parser binds a table anew at each place. Known from the words alone, before the parser sees the text.
import type { Lexeme } from './lexemes.ts';

interface Statement { readonly name: string; readonly braces: number; places: number }

/** Places in all; 0 for a text without `let`. Statements may stand inside the body of a function. */
export function letPlaces(words: readonly Lexeme[]): number {
  const known = new Map<string, number>();
  const open: Statement[] = [{ name: '', braces: -1, places: 0 }];
  let braces = 0;
  words.forEach(({ text }, i) => {
    const statement = open.at(-1)!;
    if (text === '{') braces++;
    else if (text === '}') braces--;
    else if (text === 'let' && words[i + 1]?.kind === 'word') open.push({ name: words[i + 1]!.text, braces, places: 1 });
    else if (text === ';' && statement.braces === braces) known.set(open.pop()!.name, statement.places);
    else if (words[i - 1]?.text !== 'let') statement.places += known.get(text) ?? 0;
  });
  return open.reduce((sum, { places }) => sum + places, 0);
}
