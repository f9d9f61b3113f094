// Globs over keys and service names: `*` stands for any run of characters, also none; nothing else is special. Compiled once,
// matched from the left, piece by piece: never back, so in time linear in the text.

export type Glob = (lowerCaseText: string) => boolean;

/** Longer keys are matched by their first and last characters only where a glob has a `*`; no honest key is so long. */
const longestText = 4096;

/** Letters match in either case: hand in the text in lower case (`foldKey`). */
export function compileGlob(glob: string): Glob {
  const pieces = glob.toLowerCase().split(/\*+/);
  if (pieces.length === 1) return (text) => text === pieces[0];
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  const between = pieces.slice(1, -1);
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of between) {
      const found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** As globs want it. What is past any honest key's length is cut out of its middle. */
export function foldKey(text: string): string {
  const lower = text.toLowerCase();
  return lower.length <= longestText ? lower : lower.slice(0, longestText / 2) + lower.slice(-longestText / 2);
}

/** Whether every text that `narrow` matches is matched by `wide` too; false where that is not sure. */
export function globCovers(wide: string, narrow: string): boolean {
  if (wide.toLowerCase() === narrow.toLowerCase()) return true;
  // Each run of `*` of the narrow one stands for a character that no literal of the wide one can be.
  return compileGlob(wide)(narrow.toLowerCase().replaceAll(/\*+/g, '\u{0}'));
}
