// Bech32 and Bech32m (BIP-173, BIP-350): a BCH code over characters of five bits. Age keys and segregated-witness
// addresses end in such a sum.

export const bech32Alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
/** What the sum of a sound text is. */
export const bech32Sums = { bech32: 1, bech32m: 0x2bc830a3 } as const;
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** The code's remainder over values of five bits. */
export function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    generator.forEach((term, i) => { if ((top >>> i) & 1) sum ^= term; });
  }
  return sum >>> 0;
}

/** The human-readable part as values of five bits. */
export const expanded = (prefix: string): number[] => [...[...prefix].map((char) => char.charCodeAt(0) >> 5), 0, ...[...prefix].map((char) => char.charCodeAt(0) & 31)];

/** The sum over a text in one case, the last `1` parting prefix and data; -1 when it has other characters. */
export function bech32Sum(text: string): number {
  const small = text.toLowerCase();
  if (text !== small && text !== text.toUpperCase()) return -1;
  const at = small.lastIndexOf('1');
  const data = Array.from(small.slice(at + 1), (char) => bech32Alphabet.indexOf(char));
  return at < 1 || data.includes(-1) ? -1 : polymod([...expanded(small.slice(0, at)), ...data]);
}
