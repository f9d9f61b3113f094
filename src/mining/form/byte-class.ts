// What a byte is to the normal form: one table, read once per byte.

export const other = 0;
export const letter = 1;
export const digit = 2;
export const space = 3;
/** Bytes that may hold an identifier together: `- _ . ~`. */
export const joiner = 4;

/** The wildcard in a normal form: a byte that no text has, for control characters become blanks. */
export const wild = 1;

const classOf = (byte: number): number => {
  if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)) return letter;
  if (byte >= 0x30 && byte <= 0x39) return digit;
  if (byte <= 0x20 || byte === 0x7f) return space;
  if (byte === 0x2d || byte === 0x5f || byte === 0x2e || byte === 0x7e) return joiner;
  // Letters of other scripts; E2 begins the punctuation of Unicode, and our own masks.
  return byte >= 0x80 && byte !== 0xe2 ? letter : other;
};

export const classes = Uint8Array.from({ length: 256 }, (_, byte) => classOf(byte));

export const isHex: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => Number((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)));

/** 1 for letters and digits. */
export const alnum: Uint8Array = classes.map((kind) => Number(kind === letter || kind === digit));

export const isAlnum = (byte: number | undefined): boolean => byte !== undefined && alnum[byte] === 1;
export const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Whether bytes[from, to) are all hexadecimal digits. */
export function allHex(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (isHex[bytes[i]!] === 0) return false;
  return true;
}

/** Whether `text` (ASCII) stands at bytes[at…). */
export function standsAt(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (at + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
