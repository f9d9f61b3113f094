// What documentation writes in the place of a token: fillers and counting. A stop word inside a random value is no sign of it.

/** `x`, `X`, `0`, `*`, `#` and what separates groups of them. */
const fillers = Uint8Array.from({ length: 256 }, (_, byte) => ('xX0*#.-_/ +='.includes(String.fromCharCode(byte)) ? 1 : 0));

/** Of random characters a tenth or less are fillers, and a thirtieth count up. */
const mostly = 0.75;

/** Whether bytes[start, end) is for the most part fillers, or counts up as `abcdefgh` and `12345678` do. */
export function isDummy(bytes: Uint8Array, start: number, end: number): boolean {
  let filled = 0;
  let counted = 0;
  for (let i = start; i < end; i++) {
    filled += fillers[bytes[i]!]!;
    if (i > start && follows(bytes[i - 1]!, bytes[i]!)) counted++;
  }
  const length = end - start;
  return length >= 8 && (filled >= length * mostly || counted >= (length - 1) * mostly);
}

const follows = (one: number, other: number): boolean => other === one + 1 || (one === 0x39 && other === 0x30) || (one === 0x7a && (other === 0x30 || other === 0x61));
