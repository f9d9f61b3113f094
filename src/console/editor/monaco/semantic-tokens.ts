// Coloured tokens in the form editors exchange them: five numbers a token (line delta, start delta, length, type,
// modifiers), relative to the token before, none crossing a line.
import type { KqlToken } from '../../workers/kql/index.ts';

/** Index in this list is the token type's number; a theme rule of the same name gives the colour. */
export const tokenTypes = ['table', 'keyword', 'operator', 'function', 'sink', 'column', 'string', 'number', 'comment', 'punctuation'] as const;

/** @param tokens sorted by start, not overlapping, UTF-16 offsets into `text` (line breaks are one "\n"). */
export function encodeSemanticTokens(text: string, tokens: readonly KqlToken[]): Uint32Array {
  const data: number[] = [];
  let line = 0, lineStart = 0, lastLine = 0, lastColumn = 0;
  for (const token of tokens) {
    const type = tokenTypes.indexOf(token.kind as (typeof tokenTypes)[number]);
    if (type < 0) continue;
    let at = token.start;
    while (at < token.end) {
      for (let next = text.indexOf('\n', lineStart); next >= 0 && next < at; next = text.indexOf('\n', lineStart)) { line++; lineStart = next + 1; }
      const lineEnd = text.indexOf('\n', at);
      const end = lineEnd < 0 ? token.end : Math.min(token.end, lineEnd);
      const column = at - lineStart;
      if (end > at) {
        data.push(line - lastLine, line === lastLine ? column - lastColumn : column, end - at, type, 0);
        lastLine = line;
        lastColumn = column;
      }
      at = end + 1;
    }
  }
  return Uint32Array.from(data);
}
