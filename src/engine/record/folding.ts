// Which letters beyond ASCII become ASCII when folded, and what of a text stays clear of them: the Kelvin sign becomes
// `k`, and U+0130 becomes `i` and a combining dot, so that its `i` can only match the last letter of an ASCII text.

export const kelvin = '\u212a';
export const dottedI = '\u0130';
const letterI = 105;
const letterK = 107;

/** The longest part of a lower-case ASCII text that a folded text can only hold where its bytes do; may be empty. */
export function unambiguousPart(text: Uint8Array): Uint8Array {
  let best = text.subarray(0, 0);
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && text[at] !== letterK) continue;
    const to = text[at - 1] === letterI && at > from ? at - 1 : at;
    if (to - from > best.length) best = text.subarray(from, to);
    from = at + 1;
  }
  return best;
}

/** Whether bytes[start, end) hold one of the two letters. */
export function hasFoldingLetter(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at + 1 < end; at++) {
    if (bytes[at] === 0xc4 && bytes[at + 1] === 0xb0) return true;
    if (bytes[at] === 0xe2 && bytes[at + 1] === 0x84 && at + 2 < end && bytes[at + 2] === 0xaa) return true;
  }
  return false;
}
