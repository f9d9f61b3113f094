// Comparing bytes with a text at one place, as they are or with the letters of ASCII folded.

/** bytes[start, end) is the text. Yes (1), no (0), or unknown (-1). */
export type ByteMatch = (bytes: Uint8Array, start: number, end: number) => number;

export const lower = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

export function sameAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/** -1 when a byte beyond ASCII is met first. */
export function foldedAt(bytes: Uint8Array, at: number, wanted: Uint8Array): number {
  for (let i = 0; i < wanted.length; i++) {
    const byte = bytes[at + i]!;
    if (byte > 127) return -1;
    if (lower(byte) !== wanted[i]) return 0;
  }
  return 1;
}
