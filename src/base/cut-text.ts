// Text that is kept for long. V8's slice() of a text keeps the whole text alive: 200 characters of a body of 1 MB hold 1 MB.
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** Up to this length V8 copies by itself. */
const copiedChars = 12;

/** The first `most` characters at most, as a text that keeps no other alive. No surrogate pair is cut in two; a lone surrogate becomes U+FFFD. */
export function cutText(text: string, most: number): string {
  if (text.length <= copiedChars && text.length <= most) return text.toWellFormed();
  const isSplit = text.length > most && (text.charCodeAt(most - 1) & 0xfc00) === 0xd800;
  return decodeUtf8(encodeUtf8(text.slice(0, isSplit ? most - 1 : most)));
}
