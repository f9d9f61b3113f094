// Where things stand in a text: lines, comments beside and above a block. Pure functions over offsets.

/** End of the line that holds `at`: the offset of its line break (a carriage return counts to it), or of the text's end. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline < 0) return text.length;
  return newline > at && text[newline - 1] === '\r' ? newline - 1 : newline;
}

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** End of the comment that stands behind `at` on its line; `at` itself when there is none. */
export function behindComment(text: string, at: number): number {
  const end = lineEnd(text, at);
  return /^[ \t]*\/\//.test(text.slice(at, end)) ? end : at;
}

/** Start of the lines of comment right above the line on which `at` stands first; `at` itself when something stands before it. */
export function aboveComments(text: string, at: number): number {
  let start = lineStart(text, at);
  if (text.slice(start, at).trim() !== '') return at;
  while (start > 0) {
    const before = lineStart(text, start - 1);
    if (!/^[ \t]*\/\//.test(text.slice(before, start))) break;
    start = before;
  }
  return start;
}

/** The white space that a line begins with, when `at` is the first thing on it; null when something stands before. */
export function indentOf(text: string, at: number): string | null {
  const before = text.slice(lineStart(text, at), at);
  return before.trim() === '' ? before : null;
}
