// How well an entry of the palette fits what was typed: every word must be in its name or its keywords, in any order. Pure.

/** What people type to do something comes before things that merely have such a name. */
export type PaletteKind = 'view' | 'command' | 'thing';

const kindShare: Readonly<Record<PaletteKind, number>> = { view: 1, command: 1, thing: 0.7 };
const separators = /[^\p{L}\p{N}]+/u;

/** From 0, which hides it, to 1. */
export function paletteScore(typed: string, kind: PaletteKind, name: string, keywords: string): number {
  const words = wordsOf(typed);
  if (words.length === 0) return 1;
  const [names, others] = [name.toLowerCase(), keywords.toLowerCase()];
  const scores = words.map(word => scoreOf(word, names, others));
  return scores.includes(0) ? 0 : kindShare[kind] * scores.reduce((sum, score) => sum + score, 0) / words.length;
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(separators).filter(word => word !== '');

/** A word that begins so, then one that holds it; of the name before the keywords; at last the letters in their order. */
function scoreOf(word: string, name: string, keywords: string): number {
  if (wordsOf(name).some(each => each === word)) return 1;
  if (wordsOf(name).some(each => each.startsWith(word))) return 0.9;
  if (name.includes(word)) return 0.7;
  if (wordsOf(keywords).some(each => each.startsWith(word))) return 0.6;
  if (keywords.includes(word)) return 0.4;
  return word.length > 2 && wordsOf(name).some((_, i, all) => inOrder(word, all.slice(i).join(''))) ? 0.2 : 0;
}

/** Whether the letters of `word` follow each other in `text`, which begins with the first of them: "swlt" in "switch…light". */
function inOrder(word: string, text: string): boolean {
  if (text[0] !== word[0]) return false;
  let at = 0;
  for (const letter of text) if (letter === word[at]) at += 1;
  return at === word.length;
}
